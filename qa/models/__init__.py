"""Models: which there are, how they are fetched and checked, and how they are run.

`registry` lists each with its files and checksums; `install` and `fetch` bring them; `embedder` and
`transformer` make vectors; `llm` opens the language model, `builtin` starts the one that comes along.
Imports `core`, `text` and `dates`.
"""
