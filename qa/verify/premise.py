"""A question's premise, so that it can be checked against the library like any statement.

"Why was the fourth meeting held in Beijing?" has the premise that it was held in Beijing.
"""

from __future__ import annotations

import re

from qa.text.english import AUXILIARIES

_VERB = rf"(?:{AUXILIARIES})(?:n['’]t)?"
_HOW = rf"how(?=\s(?:exactly\s)?{_VERB}\b)"  # Not "how many" and "how similar", which ask for a measure.
_PRESUMES = re.compile(
    rf"^(?:and\s|but\s|so\s)?(?:why|how come|for what reasons?|what made|{_HOW}|in what way|with what result)"
    rf"\s(?:exactly\s)?(?:{_VERB}\s)?(?P<premise>[^?]+?)\s*\?*$",
    re.IGNORECASE,
)


def premise(question: str) -> str | None:
    """The statement that a why- or how-question presumes; None for other questions."""
    match = _PRESUMES.match(" ".join(question.split()))
    if match is None:
        return None
    denied = re.search(r"\bnot\b|n['’]t\b", question[: match.start("premise")], re.IGNORECASE)
    return f"not {match['premise']}" if denied else match["premise"]
