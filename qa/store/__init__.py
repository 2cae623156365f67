"""The library: its catalogue in SQLite, and the indexes that are derived from it.

`library` reads the catalogue, `writing` writes it, `schema` has its tables, `migrations` brings older ones
forward. `lexical` is the index of words (Tantivy), `vectors` that of meanings (Chroma); `index_state` knows
what each still lacks. Both can be rebuilt. Imports `core` to `models`.
"""
