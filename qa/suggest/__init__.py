"""Suggests questions, made from the library's own sentences.

`askable` turns a sentence into questions, `followups` chooses those to offer. Imports `core` to `watch`.
"""
