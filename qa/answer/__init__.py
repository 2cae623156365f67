"""The chain: question, evidence, draft, verification, and the decision what to answer.

Pages and commands call `assistant`. `chain` has the steps, `prompts` what the model reads; `propose` keeps
what is proved of the model's draft, `response` decides whether to answer. `broad` recognises questions for
lists, counts and summaries, which `digest` answers without the model; `comparison` and `yes_or_no` answer
by code too. Imports `core` to `verify`.
"""
