"""Kept questions, asked again when the library has changed.

Imports `core` to `answer`.
"""
