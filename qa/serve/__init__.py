"""A library for other programs: an HTTP API, the same for chat clients, and tools for agents (MCP)."""
