"""Answers, verdicts and hits as other programs read them: JSON."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from typing import Any

from qa.core.types import Answer, Citation, Claim, Hit, Timeframe, Verdict


def answer_json(answer: Answer) -> dict[str, Any]:
    """An answer in the shape that other programs rely on."""
    return {
        "question": answer.question,
        "standalone": answer.standalone,
        "status": answer.status,
        "text": answer.text,
        "claims": [_claim_json(claim) for claim in answer.claims],
        "hits": [hit_json(hit) for hit in answer.hits],
        "basis": _days_as_text(asdict(answer.basis)),
        "timeframe": _timeframe_json(answer.timeframe),
        "note": answer.note,
        "brief": answer.brief,
        "confidence": None if answer.confidence is None else round(answer.confidence, 4),
        "steps": [_days_as_text(asdict(step)) for step in answer.steps],
        "disagreements": [_days_as_text(asdict(each)) for each in answer.disagreements],
        "corrections": [_claim_json(claim) for claim in answer.corrections],
        "nearest": [citation_json(each) for each in answer.nearest],
        "advice": list(answer.advice),
        "withheld": answer.withheld,
        "digest": None if answer.digest is None else _days_as_text(asdict(answer.digest)),
        "prompts": list(answer.prompts),
        "model": answer.model,
        "timings": asdict(answer.timings),
    }


def verdict_json(verdict: Verdict) -> dict[str, Any]:
    """A verdict in the shape that other programs rely on."""
    return {
        "statement": verdict.statement,
        "verdict": verdict.verdict,
        "for": [citation_json(each) for each in verdict.supporting],
        "against": [citation_json(each) for each in verdict.opposing],
        "explanation": verdict.explanation,
        "parts": [verdict_json(part) for part in verdict.parts],
        "timings": asdict(verdict.timings),
    }


def citation_json(citation: Citation) -> dict[str, Any]:
    """A citation, its day as ISO 8601."""
    fields: dict[str, Any] = _days_as_text(asdict(citation))
    return fields


def hit_json(hit: Hit) -> dict[str, Any]:
    """A hit with the header of its article."""
    article = hit.article
    return {
        "article_id": article.id,
        "title": article.title,
        "publisher": article.publisher,
        "published": article.published.isoformat() if article.published else None,
        "passage": hit.passage.text,
        "start": hit.passage.start,
        "end": hit.passage.end,
        "score": round(hit.score, 4),
    }


def _claim_json(claim: Claim) -> dict[str, Any]:
    return {
        "text": claim.text,
        "support": claim.support,
        "missing": list(claim.missing),
        "citations": [citation_json(citation) for citation in claim.citations],
        "working": claim.working,
    }


def _timeframe_json(timeframe: Timeframe | None) -> dict[str, Any] | None:
    if timeframe is None:
        return None
    fields: dict[str, Any] = _days_as_text(asdict(timeframe))
    return fields


def _days_as_text(value: Any) -> Any:
    """Days as ISO 8601, also in nested values."""
    if isinstance(value, dict):
        return {name: _days_as_text(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_days_as_text(each) for each in value]
    return value.isoformat() if isinstance(value, dt.date) else value
