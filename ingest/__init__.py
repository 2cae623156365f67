"""From a document to the library: read, taken apart, cleaned, cut into passages, stored, indexed.

`pipeline` runs the steps. `sources`, `web`, `feeds` and `archives` find documents; `readers` read the
formats; `prepare` and `article` find headline, day and publisher; `document_type` tells official statements
and opinions; `speech` finds speakers, with patterns of other languages in `languages/`; `boilerplate` and
`sanitiser` remove what is not part of the article; `duplicates` recognises the same story; `store` writes.
`repair`, `rebuild`, `refine` and `copies` maintain a library. Imports `qa`'s rooms up to `store`.
"""
