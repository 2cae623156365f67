"""News of the tests' own, about anything but the corridor: other places, other verbs."""

from __future__ import annotations

import datetime as dt

from qa.core.types import Article
from qa.store.library import article_id

_STORIES = [
    (
        "Harbour Gazette",
        dt.date(2023, 3, 2),
        "Mayor opens tidal power station in Saint-Malo",
        "SAINT-MALO: Mayor Adèle Kerguelen opened the tidal power station in Saint-Malo on Thursday, 2 March 2023. "
        "It has 24 turbines and cost 610 million euros.\n\nThe station will feed 180,000 homes. Kerguelen said that "
        "the fishing grounds would stay open.",
    ),
    (
        "Harbour Gazette",
        dt.date(2024, 11, 14),
        "Third meeting of the Estuary Council held in Dinard",
        "DINARD: The third meeting of the Estuary Council was held in Dinard on 12 November 2024. Yann Le Goff and "
        "Marta Sousa co-chaired the meeting.\n\nThe council had met for the second time in May 2023.",
    ),
    (
        "Northern Courier",
        dt.date(2024, 6, 9),
        "Seven hikers rescued near Abisko",
        "ABISKO: Seven hikers were rescued near Abisko on 8 June 2024 after a snowstorm. A helicopter flew four "
        "times. The hikers had left Nikkaluokta on 4 June.",
    ),
    (
        "Northern Courier",
        dt.date(2025, 2, 20),
        "Kiruna town hall wins architecture prize",
        "STOCKHOLM: The new town hall of Kiruna won the Saarinen Prize on 19 February 2025. Architect Lena "
        "Halvorsen designed the Kiruna town hall. The jury praised its clock tower.",
    ),
]


def stories() -> list[Article]:
    """The articles, in the order of the list."""
    return [
        Article(article_id(title), title, body, title, publisher=publisher, published=day, language="en")
        for publisher, day, title, body in _STORIES
    ]
