"""From a question to the passages that answer it, and from words to all documents that have them.

`retriever` is the whole search, a LangChain retriever: `parts` finds the reports that a question asks of,
`timeframe` its time, `fusion` joins the scores of both indexes, `maxsim` compares word by word,
`time_ranking` uses the question's time. `boolean` finds every document that has all the words. Imports
`core` to `store`.
"""
