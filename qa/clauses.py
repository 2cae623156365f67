"""The clauses of a text, cut roughly: where its punctuation and words make a new subject likely."""

from __future__ import annotations

import re
from functools import lru_cache

from qa.sentences import spans

_CUT = re.compile(
    r";\s|\s[-–—]+\s|:\s(?=[A-Z])|,?\s(?:while|whereas|but|although|though)\s|,\s(?=(?:and\s)?(?:the|a|an|[A-Z])"
    r"[\w’'-]*(?:\s[\w’'-]+){0,4}\s(?:said|says|told|is|are|was|were|has|had|will|did|called|gave|spoke)\b)"
)


@lru_cache(maxsize=8_192)
def clauses(text: str) -> tuple[str, ...]:
    """A text's clauses, in order, without what joins them."""
    found = []
    for start, end in spans(text):
        found += [clause.strip() for clause in _CUT.split(text[start:end]) if clause and clause.strip()]
    return tuple(found)


def subject(left: str) -> str:
    """The subject in the words of a clause before its verb.

    What leads in ("on Sunday, ...") and what is put in after a name (", deputy mayor,") is left out.
    """
    parts = re.split(r",\s", left.strip())
    if left.rstrip().endswith(","):
        parts = parts[:-1] or parts
        return parts[-1].strip(" ,")
    listed = re.match(r"(?:and\s)?.*\sand\s", parts[-1]) is not None and len(parts) > 1
    return left.strip() if listed else parts[-1].strip()
