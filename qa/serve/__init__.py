"""A library for other programs: an HTTP API, the same for chat clients, and tools for agents (MCP).

`api` has the paths, `completions` those of chat clients, `tools` those of agents, `gate` who may ask and how
many at once. Imports `core` to `cli`.
"""
