"""Days and intervals in running text, resolved against the day it was written.

The other rooms call `find.find_days`. The rules: `explicit_dates` ("21 July 2022"),
`relative_dates` ("last July"), `periods` (quarters, seasons); other languages' months are `months.txt`.
Imports `core` and `text`.
"""
