"""Kept questions, asked again when the library has changed.

`store` keeps them, `watch` asks them again, `change` says what is new. Imports `core` to `answer`.
"""
