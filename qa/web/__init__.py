"""The pages: the chat, the library, the search, the timeline, watched questions, the evaluation.

`app.py` names them; a page's file is named after it (`chat`, `library`, `search`, ...). `engine` opens what
all readers share, `conversations` keeps theirs, `wording` has the words that pages share, `language`
translates them by the catalogues in `locale/`, `components` the parts with JavaScript of their own,
`style.css` the looks. Imports all other rooms.
"""
