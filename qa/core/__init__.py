"""The values, errors and settings that every room uses.

`types` has the values (article, passage, hit, claim, answer), `settings` every setting with its unit,
`disk` the sentences for a full or broken disk. `sqlite` opens the databases; the room does no other I/O.
Imports no other room.
"""
