"""Made-up news in any amount, for measuring speed: natural word frequencies, nothing that means anything.

The frequent words and the sentences' lengths are those of real text that is given; the rest of the
vocabulary is invented, and all is drawn by Zipf's law, so that an index is as hard to search as on news.
"""

from __future__ import annotations

import datetime as dt
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path

from eval.types import Document

_SAMPLE = Path(__file__).parent.parent / "sample"
_VOCABULARY = 40_000
_FIRST_DAY = dt.date(2005, 1, 1)
_DAYS = 7_000
_PUBLISHERS = tuple(
    f"{town} {kind}" for town in ("Arden", "Brill", "Corvo", "Dunmore") for kind in ("Post", "Wire")
)
_SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo yu za bre cli dro fla gri".split()


def made_up(count: int, real: str, seed: int = 0) -> Iterator[Document]:
    """Articles of 6 to 14 sentences, about four passages each.

    Args:
        count: how many.
        real: text whose words and sentence lengths are imitated.
        seed: the same seed makes the same articles.
    """
    draw = random.Random(seed)
    words = _vocabulary(real, draw)
    weights = list(accumulate(1 / rank for rank in range(1, len(words) + 1)))
    lengths = [len(sentence.split()) for sentence in re.split(r"(?<=[.!?])\s+", real)]
    lengths = [length for length in lengths if 5 <= length <= 40]
    for number in range(count):
        sentences = [
            _sentence(draw.choices(words, cum_weights=weights, k=draw.choice(lengths)), draw)
            for _ in range(draw.randint(6, 14))
        ]
        yield Document(
            url=f"https://example.org/made-up/{seed}/{number}",
            title=_sentence(draw.choices(words, cum_weights=weights, k=8), draw).rstrip("."),
            body="\n\n".join(" ".join(sentences[at : at + 3]) for at in range(0, len(sentences), 3)),
            publisher=draw.choice(_PUBLISHERS),
            published=_FIRST_DAY + dt.timedelta(days=draw.randrange(_DAYS)),
            language="en",
        )


def real_text() -> str:
    """The text of the sample library, which made-up articles imitate."""
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(_SAMPLE.glob("*.md")))


def questions(documents: Sequence[Document], count: int, seed: int = 0) -> list[str]:
    """Questions of 8 words from one sentence each, the frequent and the rare as they fall."""
    draw = random.Random(seed)
    found = []
    for document in draw.choices(documents, k=count):
        words = draw.choice(document.body.split(".")[:-1]).split()
        found.append("What of " + " ".join(draw.sample(words, min(8, len(words)))) + "?")
    return found


def _vocabulary(real: str, draw: random.Random) -> list[str]:
    """Words by falling frequency: the real text's, then invented ones."""
    counted = Counter(re.findall(r"[a-z]+", real.lower()))
    words = dict.fromkeys(word for word, _ in counted.most_common())
    while len(words) < _VOCABULARY:
        words["".join(draw.choices(_SYLLABLES, k=draw.randint(2, 4)))] = None
    return list(words)


def _sentence(words: list[str], draw: random.Random) -> str:
    """Some words as a sentence, now and then with a name or a figure."""
    if draw.random() < 0.5:
        words[draw.randrange(len(words))] = draw.choice(words).capitalize()
    if draw.random() < 0.3:
        words[draw.randrange(len(words))] = str(draw.randrange(2, 5_000))
    return " ".join(words).capitalize() + "."
