"""The values, errors and settings that every room uses.

`types` has the values (article, passage, hit, claim, answer), `settings` every setting with its unit,
`disk` the sentences for a full or broken disk. It does no I/O but open SQLite files. Imports no other room.
"""
