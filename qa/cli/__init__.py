"""The terminal: commands, flags, and how they print.

Imports `core` to `suggest`.
"""
