"""An article of the tests' own, with what grounding trips over: two meetings, two forums, a denial."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from qa.core.types import Article, Hit, Passage
from qa.store.library import article_id, passage_id

BODY = (
    "ISLAMABAD: The fourth meeting of the CPEC Joint Working Group on International Cooperation and "
    "Coordination was held here on Sunday. The meeting, which was co-chaired by Foreign Secretary Syrus "
    "Qazi and Vice Minister Sun Weidong, praised the work of both countries.\n\n"
    "The fourth meeting came after the 3rd meeting of the group, held virtually on 21 July 2022. They commended the "
    "open nature of the 62 billion dollar project.\n\n"
    "They rejected disinformation about it, and agreed to focus on agriculture, industry, science and "
    "technology. A joint statement was not issued.\n\n"
    "The 2nd and the 3rd Pakistan-China Think Tanks Forum had met in September 2022 and July 2023."
)
OTHER = (
    "BEIJING: The 1,320-MW plant at Sahiwal cost $1.8 billion and took 22 months to build. Officials denied "
    "that the tariff had been raised."
)


def article(name: str, body: str, title: str, day: dt.date, publisher: str) -> Article:
    return Article(article_id(name), title, body, name, publisher=publisher, published=day)


MEETING = article("meeting", BODY, "Working group meets", dt.date(2024, 1, 21), "Corridor Desk")
PLANT = article("plant", OTHER, "Plant opens", dt.date(2017, 5, 25), "Energy Desk")


def paragraphs(article: Article) -> Iterator[Passage]:
    start = 0
    for number, text in enumerate(article.body.split("\n\n")):
        id_ = passage_id(article.id, start, text)
        yield Passage(id_, article.id, number, number, start, start + len(text), text)
        start += len(text) + 2


def hits(*articles: Article) -> tuple[Hit, ...]:
    found = [(each, passage) for each in articles for passage in paragraphs(each)]
    return tuple(Hit(passage, each, 1 / rank, rank) for rank, (each, passage) in enumerate(found, start=1))


HITS = hits(MEETING, PLANT)
