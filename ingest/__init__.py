"""From a document to the library: read, taken apart, cleaned, cut into passages, stored, indexed.

`pipeline` runs the steps. `sources`, `web`, `feeds` and `archives` find documents; `readers/` has a file
for each kind of format, which `readers/formats` chooses; `prepare` and `article` find headline, day and
publisher; `document_type` tells official statements and opinions; `speech` finds speakers, with patterns of
other languages in `languages/`; `boilerplate` and `sanitiser` remove what is not part of the article;
`duplicates` recognises the same story; `store` writes. `repair`, `rebuild` (through a `shadow_index`, so
that readers notice nothing) and `refine` maintain a library, `copies` makes backups and exports. Imports
`qa`'s rooms up to `store`.
"""
