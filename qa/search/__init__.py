"""From a question to the passages that answer it, and from words to all that has them.

`retriever` is the whole search, a LangChain retriever: `parts` and `timeframe` read the question, `fusion`
joins both indexes, `maxsim` looks again word by word, `time_ranking` lets time count. `boolean` finds every
document that has all the words. Imports `core` to `store`.
"""
