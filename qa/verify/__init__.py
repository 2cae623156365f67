"""Does this text say that? A statement held against a text, an answer against its documents.

May import `qa.core`, `qa.text`, `qa.dates.find`, `qa.models.registry`, `qa.store` and `qa.search`.
"""
