"""How well a search ranked a question's evidence.

Evidence with a quote is found by the first hit that bears it. Evidence without one is its article,
found by the first hit from it; several hits of one article then count as one. `recall`, `hits` and
`all` count hits: a passage that bears two pieces of evidence finds both at its rank, as a chunk does
in the MultiHop-RAG paper. The measures that discount by rank (ndcg, mrr, map) are ir_measures' own,
over a ranking in which such a passage takes two places, so that long passages gain nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from eval.evidence import Place, by_article, contains
from qa.core.types import Hit

CUTOFFS = (1, 4, 5, 10)
DEPTH = 30  # hits asked for, so that ten different articles are among them


def scores(hits: Sequence[Hit], places: Sequence[Place]) -> dict[str, float]:
    """One question's scores: recall@k, hits@k, all@k, ndcg@k, mrr@k, map@k at each cut-off.

    `recall@k` is the share of the evidence among the best k, `hits@k` whether any of it is,
    `all@k` whether all of it is. Where evidence has quotes, the same by article follow, each
    name with `article_` before it. A question without evidence has no scores.
    """
    if not places:
        return {}
    measured = _scores(hits, places)
    if _quoted(places):
        by_name = _scores(hits, by_article(places))
        measured |= {f"article_{name}": value for name, value in by_name.items()}
    return measured


def found(hits: Sequence[Hit], places: Sequence[Place]) -> list[list[int]]:
    """The numbers of the evidence that each hit is the first to find, best hit first."""
    seen: set[int] = set()
    articles: set[str] = set()
    ranked = []
    for hit in hits:
        if not _quoted(places) and hit.article.id in articles:
            continue
        articles.add(hit.article.id)
        new = [n for n, place in enumerate(places) if n not in seen and contains(hit, place)]
        seen.update(new)
        ranked.append(new)
    return ranked


def _scores(hits: Sequence[Hit], places: Sequence[Place]) -> dict[str, float]:
    ranked = found(hits, places)
    measured = _discounted(ranked, places)
    for k in CUTOFFS:
        recall = sum(map(len, ranked[:k])) / len(places)
        measured |= {f"recall@{k}": recall, f"hits@{k}": float(recall > 0), f"all@{k}": float(recall == 1)}
    return measured


def _discounted(ranked: Sequence[Sequence[int]], places: Sequence[Place]) -> dict[str, float]:
    from ir_measures import AP, RR, ScoredDoc, calc_aggregate, nDCG

    measures = {
        measure @ k: f"{title}@{k}"
        for k in CUTOFFS
        for title, measure in (("ndcg", nDCG), ("mrr", RR), ("map", AP))
    }
    names = [name for at, new in enumerate(ranked) for name in (map(str, new) if new else [f"hit {at}"])]
    if not names:
        return dict.fromkeys(measures.values(), 0.0)
    qrels = {"q": {str(number): place.grade for number, place in enumerate(places)}}
    run = [ScoredDoc("q", name, -float(rank)) for rank, name in enumerate(names)]
    return {measures[measure]: value for measure, value in calc_aggregate(measures, qrels, run).items()}


def _quoted(places: Sequence[Place]) -> bool:
    return any(place.quote for place in places)
