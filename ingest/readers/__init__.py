"""Readers of formats: HTML, PDF, Word, plain text and scans, each to a draft of an article.

`formats` says which reader takes which file; a new format is a reader and a line there.
"""
