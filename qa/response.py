"""The answer that remains of what the model wrote, once each sentence has been held to proof."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qa import confidence, polar, prompts
from qa.advice import advice
from qa.basis import basis_of
from qa.brief import brief
from qa.comparison import Compared
from qa.draft import Draft
from qa.evidence import Candidate, Coverage, numbered
from qa.expectation import counts_the_same, delivered, is_polar
from qa.extract import extract, in_context
from qa.grounding import ground, sentences_cited
from qa.proof import cite, weigh
from qa.settings import Settings
from qa.support import read
from qa.types import Answer, Citation, Claim, Retrieval, Step, Timings

_NEAREST = 3
_MOST_MISSING = 3


def respond(
    question: str,
    standalone: str,
    draft: Draft,
    retrieval: Retrieval,
    settings: Settings,
    *,
    candidates: Sequence[Candidate] = (),
    compared: Compared | None = None,
    corrections: Sequence[Claim] = (),
) -> Answer:
    """The answer to a question, or the refusal.

    Args:
        question: as asked.
        standalone: as it was understood.
        draft: what the model wrote.
        retrieval: what was found.
        settings: `caution` is the confidence from which an answer is given, `strict` withholds what
            nothing bears.
        candidates: the sentences found, the best first.
        compared: the values of a comparison; they are the answer then, and nothing was written.
        corrections: what the library has against what the question takes for granted; none to be had
            leaves it at that, any makes the answer a refusal.
    """
    numbers = numbered(retrieval.hits)
    extracted = False
    if compared is not None:
        claims: tuple[Claim, ...] = (_comparison(compared, numbers),)
    else:
        claims = _written_and_proven(standalone, draft, retrieval, settings)
        if not claims:
            quoted = extract(standalone, candidates, numbers, retrieval.timeframe)
            claims, extracted = ((quoted,) if quoted else ()), True
    signals = _signals(standalone, claims, candidates, draft, extracted=extracted)
    sure = confidence.estimate(signals)
    answered = bool(claims) and not corrections and sure >= settings.caution
    return Answer(
        question=question,
        standalone=standalone,
        status="answered" if answered else "not_in_library",
        text=" ".join(map(written, claims)) if answered else prompts.REFUSAL,
        claims=claims if answered else (),
        hits=retrieval.hits,
        model=settings.llm,
        timings=Timings(retrieve_ms=retrieval.ms),
        basis=basis_of(retrieval.hits),
        timeframe=retrieval.timeframe,
        note=retrieval.note,
        brief=brief(standalone, claims[0].text) if answered else "",
        confidence=sure,
        signals=signals,
        steps=_steps(compared, numbers) if answered and compared else (),
        corrections=() if answered else tuple(corrections),
        nearest=() if answered else _nearest(candidates, numbers),
        advice=() if answered else advice(standalone, retrieval),
        withheld="" if answered else " ".join(map(written, claims)),
        prompts=draft.prompts,
    )


def written(claim: Claim) -> str:
    """A claim as it is shown: its words, then the numbers of its citations."""
    marks = "".join(f" [{number}]" for number in sorted({cited.number for cited in claim.citations}))
    stem, stop = (claim.text[:-1], claim.text[-1]) if claim.text[-1] in ".!?" else (claim.text, ".")
    return f"{stem}{marks}{stop}"


def _written_and_proven(
    standalone: str, draft: Draft, retrieval: Retrieval, settings: Settings
) -> tuple[Claim, ...]:
    """The sentences to show, if they answer the question at all."""
    if draft.refuses:
        return ()
    sentences = " ".join(sentence for sentence, _ in sentences_cited(draft.text))
    word = polar.said(sentences) if is_polar(standalone) else None
    if word is not None:
        claims: tuple[Claim, ...] = (polar.prove(standalone, word, retrieval.hits, numbered(retrieval.hits)),)
    else:
        claims = ground(standalone, draft.text, retrieval.hits)
    shown = tuple(claim for claim in claims if claim.support != "unsupported" or not settings.strict)
    proven = [claim.text for claim in shown if claim.support != "unsupported"]
    answers = bool(proven) and delivered(standalone, proven) and counts_the_same(standalone, _quoted(shown))
    return shown if answers else ()


def _quoted(claims: Sequence[Claim]) -> str:
    return "\n".join(f"{each.title}\n{each.quote}" for claim in claims for each in claim.citations)


def _signals(
    question: str,
    claims: Sequence[Claim],
    candidates: Sequence[Candidate],
    draft: Draft,
    *,
    extracted: bool,
) -> dict[str, float]:
    """What the confidence is estimated from, each 0..1; empty when there is nothing to be sure of."""
    cited = [citation for claim in claims for citation in claim.citations]
    if not cited:
        return {}
    articles = {candidate.article.id: candidate.article for candidate in candidates}
    asked = read(question)
    coverage = Coverage(question, (f"{each.article.title}. {each.text}" for each in candidates))
    runs = [
        in_context(articles[each.article_id], (each.start, each.end))
        for each in cited
        if each.article_id in articles
    ]
    lacking = [set(weigh(asked, asked, run).missing) for run in runs]
    missing = len(set.intersection(*lacking)) if lacking else 0
    quoted = {(each.article_id, each.start) for each in cited}
    near = [each.closeness for each in candidates if (each.article.id, each.span[0]) in quoted]
    return {
        "coverage": coverage.of(_quoted(claims)),
        "context_coverage": coverage.of("\n".join(run.facts.text for run in runs)),
        "missing": min(missing, _MOST_MISSING) / _MOST_MISSING,
        "closeness": max(near, default=0.0),
        "refusal": 0.0 if draft.refusal is None else draft.refusal,
        "certainty": 0.0 if draft.certainty is None or extracted else draft.certainty,
        "extracted": float(extracted),
        "partial": float(any(claim.support != "supported" for claim in claims)),
    }


def _comparison(compared: Compared, numbers: Mapping[str, int]) -> Claim:
    return Claim(compared.text, "supported", (), _values_cited(compared, numbers), compared.working)


def _values_cited(compared: Compared, numbers: Mapping[str, int]) -> tuple[Citation, ...]:
    return tuple(
        cite(value.found.article, *value.found.span, numbers[value.found.article.id])
        for value in compared.values
    )


def _steps(compared: Compared, numbers: Mapping[str, int]) -> tuple[Step, ...]:
    sides = zip(compared.comparison.sides, compared.values, _values_cited(compared, numbers), strict=True)
    return tuple(Step(side, value.text, (citation,)) for side, value, citation in sides)


def _nearest(candidates: Sequence[Candidate], numbers: Mapping[str, int]) -> tuple[Citation, ...]:
    """The best sentence of each of the documents that come nearest."""
    best: dict[str, Candidate] = {}
    for candidate in candidates:
        best.setdefault(candidate.article.id, candidate)
    return tuple(
        cite(each.article, *each.span, numbers[each.article.id]) for each in list(best.values())[:_NEAREST]
    )
