"""Does this text say that? A statement held against a text, and against the library.

A `verifier` says how probable it is that a text entails a statement; `hard_facts` compares numbers, days and
names as values. `grounding` proves an answer's sentences, `check` a statement against the library;
`disagreement` finds who tells it otherwise. Imports `core` to `search`.
"""
