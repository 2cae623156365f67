"""The chain: a question, its evidence, a draft, its verification, and what is answered in the end.

Imports `core` to `verify`.
"""
