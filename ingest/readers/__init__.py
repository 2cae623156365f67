"""Readers of formats: HTML, PDF, Word, plain text and scans. Each gives the draft of an article.

`formats` chooses the reader for a file; a new format needs a reader and a line there.
"""
