"""A question's premise, so that it can be checked against the library.

"Why was the fourth meeting held in Beijing?" takes for granted that it was held in Beijing.
"""

from __future__ import annotations

import re

from qa.text.english import AUXILIARIES

_VERB = rf"(?:{AUXILIARIES})(?:n['’]t)?"
_HOW = rf"how(?=\s(?:exactly\s)?{_VERB}\b)"  # Not "how many" and "how similar", which ask for a measure.
_PRESUMES = re.compile(
    rf"^(?:and\s|but\s|so\s)?(?:why|how come|for what reasons?|what made|{_HOW}|in what way|with what result)"
    r"\s(?:exactly\s)?(?P<premise>[^?]+?)\s*\?*$",
    re.IGNORECASE,
)


def premise(question: str) -> str | None:
    """What a why- or how-question takes for granted, still asked: "was the meeting held in Beijing".

    None for other questions.
    """
    match = _PRESUMES.match(" ".join(question.split()))
    return match["premise"] if match else None
