"""Does this text say that? A statement held against a text, and against the library.

Imports `core` to `search`.
"""
