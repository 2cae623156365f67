"""Models: which there are, how they are fetched and checked, and how they are run.

Embedders, the language model, a cross-encoder. Imports `core`, `text` and `dates`.
"""
