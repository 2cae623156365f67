"""Questions worth asking, made from the library's own sentences.

Imports `core` to `watch`.
"""
