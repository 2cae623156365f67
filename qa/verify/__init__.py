"""Does this text say that? A statement is compared with a text, and with the library.

A `verifier` says how probable it is that a text entails a statement, the built-in model's is
`state_verifier`; `hard_facts` compares numbers, days and names as values. `grounding` proves an answer's
sentences, `check` a statement against the library; `disagreement` finds documents that tell it differently.
Imports `core` to `search`.
"""
