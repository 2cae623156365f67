"""Values, errors and settings that every room speaks in.

`types` has the values (article, passage, hit, claim, answer), `settings` every setting with its unit,
`disk` what a full or broken disk is told as. Without I/O, but for opening SQLite files. Imports no other
room.
"""
