"""The chain: a question, its evidence, a draft, its verification, and what is answered in the end.

`assistant` is what pages and commands call; `chain` has the steps, `prompts` what the model reads,
`propose` what of its words is kept, `response` whether the answer is given. `broad` and its neighbours
answer without the model: lists, counts, digests. `comparison` and `yes_or_no` answer by code. Imports
`core` to `verify`.
"""
