"""From a question to the passages that answer it, and from words to all that has them.

Imports `core` to `store`.
"""
