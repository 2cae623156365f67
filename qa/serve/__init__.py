"""A library for other programs: an HTTP API, also in the form that chat clients speak, and tools (MCP).

`api` has the paths, `completions` those of chat clients, `tools` those of agents, `gate` who may ask and
how many at once. Imports `core` to `cli`.
"""
