"""The library: its catalogue in SQLite, and the indexes that are derived from it.

Tantivy has the words, Chroma the vectors; both can be rebuilt. Imports `core` to `models`.
"""
