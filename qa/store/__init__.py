"""The library: its catalogue in SQLite, and the indexes that are derived from it.

`library` reads the catalogue, `writing` writes it, `schema` has its tables, `migrations` brings older ones
up to date. `lexical` is the index of words (Tantivy), `vectors` the index of meanings (Chroma); both can
be rebuilt. `index_state` knows what each still lacks. Imports `core` to `models`.
"""
