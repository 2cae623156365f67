"""Days and intervals in running text, resolved against the day it was written.

Imports `core` and `text`.
"""
