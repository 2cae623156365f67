"""Words, names, numbers and sentences of any text.

Imports `core`.
"""
