"""Words, names, numbers and sentences of any text.

`sentences` cuts a text, `terms` and `stems` say which words are the same, `facts` reads numbers with their
units and names, `ordinals` which of several a text speaks of ("the fourth meeting"). `english.toml` holds
the English word lists: months, number words, stop words. Imports `core`.
"""
