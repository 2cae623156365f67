"""From a document to the library: read, taken apart, cleaned, cut into passages, stored, indexed.

`pipeline` is the way of a run; `sources`, `web`, `feeds` and `archives` find documents; `readers` read the
formats; `prepare` and `article` find out headline, day, publisher; `speech` who says so (other languages'
patterns are files of `languages/`); `boilerplate` and `sanitiser` keep out what is no article; `duplicates`
knows the same story; `store` writes. `repair`, `rebuild`, `refine` and `copies` look after a library.
Imports `qa`'s rooms up to `store`.
"""
