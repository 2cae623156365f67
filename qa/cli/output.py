"""Prints answers on a terminal while they are made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, TypeVar

from rich.console import Console, Group
from rich.live import Live
from rich.markup import escape
from rich.padding import Padding
from rich.progress import track
from rich.spinner import Spinner
from rich.text import Text

from qa.answer import confidence
from qa.answer.provenance import behind_the_newest, in_words
from qa.core.printable import printable
from qa.core.types import Answer, Citation, Digest, Disagreement, Step, Verdict
from qa.verify.explanation import explain_parts

if TYPE_CHECKING:
    from qa.models.registry import ModelState

T = TypeVar("T")

_SUPPORT_MARKS = {"supported": "", "partial": " [yellow](in part)[/]", "unsupported": " [red](not proved)[/]"}
NOTICES = {
    "retraction": "Retracted: its publisher has withdrawn this text.",
    "correction": "Corrected: this text carries a correction by its publisher.",
    "satire": "Satire: its publisher says that this is not meant as fact.",
}
_VERDICTS = {
    "supported": ("Supported", "bold green"),
    "contradicted": ("Contradicted", "bold red"),
    "disputed": ("Disputed", "bold yellow"),
    "not_in_library": ("Not in the library", "bold"),
}


def show_answer(events: Iterator[dict[str, Any]]) -> None:
    """Streams an answer: the current step, the words as they come, then the proved answer."""
    console = Console()
    answer = printable(_follow(console, events) if console.is_terminal else _last(events))
    if answer.standalone != answer.question:
        console.print(f"Understood as: {answer.standalone}\n", style="dim", markup=False)
    if answer.note:
        console.print(answer.note + "\n", style="dim", markup=False)
    if answer.digest is not None:
        _digest(console, answer.digest)
    elif answer.status == "answered":
        _claims(console, answer)
    else:
        _refusal(console, answer)
    sure = "" if answer.confidence is None or answer.status != "answered" else _how_sure(answer.confidence)
    console.print(f"\n{sure}{in_words(answer.basis)}", style="dim", markup=False, highlight=False)


def _follow(console: Console, events: Iterator[dict[str, Any]]) -> Answer:
    words = ""
    with Live(Spinner("dots", "Searching"), console=console, transient=True) as live:
        for event in events:
            if "retrieval" in event:
                found = event["retrieval"]
                documents = len({hit.article.id for hit in found.hits})
                noun = "document" if documents == 1 else "documents"
                live.update(Spinner("dots", f"Reading {documents} {noun}"))
            elif "text" in event:
                words += printable(event["text"])
                live.update(Text(words))
            elif "checking" in event:
                live.update(Group(Text(words), Spinner("dots", "Checking it against what is quoted")))
            elif "answer" in event:
                return _answer(event)
    raise AssertionError("an answer's events end with the answer")


def _last(events: Iterator[dict[str, Any]]) -> Answer:
    *_, last = events
    return _answer(last)


def _answer(event: dict[str, Any]) -> Answer:
    answer: Answer = event["answer"]
    return answer


def _claims(console: Console, answer: Answer) -> None:
    """The answer's claims, and under them the quotes that prove them."""
    for claim in answer.claims:
        numbers = "".join(f" [{n}]" for n in sorted({cited.number for cited in claim.citations}))
        console.print(f"{escape(claim.text + numbers)}{_SUPPORT_MARKS[claim.support]}", highlight=False)
        if claim.working:
            console.print(claim.working, style="dim", markup=False, highlight=False)
    _steps(console, answer.steps)
    _quotes(console, [cited for claim in answer.claims for cited in claim.citations], answer.basis.until)
    _disagreements(console, answer.disagreements)


def _how_sure(probability: float) -> str:
    return f"{confidence.in_words(probability)}. "


def _digest(console: Console, digest: Digest) -> None:
    """What was gathered: each entry with its values and its dated quotes, and what may be missing."""
    console.print(digest.lead, markup=False, highlight=False)
    for entry in digest.entries:
        values = f": {'; '.join(entry.values)}" if entry.values else ""
        console.print(Text.assemble("\n", (entry.label, "bold"), values))
        for cited in entry.citations:
            day = f"{cited.published:%-d %B %Y}" if cited.published else "undated"
            said = f", according to {cited.speaker}" if cited.speaker else ""
            said += f" ({cited.notice})" if cited.notice else ""
            console.print(Text(f"  {day}, {cited.publisher or 'unknown publisher'}{said}", "dim"))
            console.print(Padding(Text(f"“{' '.join(cited.quote.split())}”"), (0, 0, 0, 4)), highlight=False)
    for sentence in digest.missing:
        console.print(f"\n{sentence}", style="dim", markup=False, highlight=False)


def _steps(console: Console, steps: Sequence[Step]) -> None:
    """The parts of a question and what was found for each; a whole sentence is shown among the quotes."""
    for number, step in enumerate(steps, start=1):
        quoted = any(step.text == " ".join(cited.quote.split()) for cited in step.citations)
        marks = " ".join(f"[{cited.number}]" for cited in step.citations)
        found = marks if quoted else f"{step.text} {marks}"
        console.print(Text(f"  {number}. {step.question}: {found}", "dim"), highlight=False)


def _refusal(console: Console, answer: Answer) -> None:
    """A refusal: what speaks against the question, else the nearest quotes; and what to do next."""
    console.print(answer.text)
    if answer.corrections:
        console.print("\nIt says otherwise:")
        _quotes(console, [cited for claim in answer.corrections for cited in claim.citations])
    elif answer.nearest:
        console.print("\nThe nearest that it does say:", style="dim")
        _quotes(console, answer.nearest)
    for sentence in answer.advice:
        console.print(f"\n{sentence}", style="dim", markup=False, highlight=False)


def _disagreements(console: Console, found: Sequence[Disagreement]) -> None:
    """What documents tell differently: each side's own words, the newer first."""
    for matter in found:
        console.print(f"\nSources differ on {escape(matter.about)}:", style="bold yellow")
        for side in matter.sides:
            console.print(Text.assemble(f"  {side.value}  ", (_byline(side.citation), "dim")))
            quote = Text(f"“{' '.join(side.citation.quote.split())}”")
            console.print(Padding(quote, (0, 0, 0, 4)), highlight=False)
            if side.refuted is not None:
                console.print(Padding(Text(f"Refuted: {_byline(side.refuted)}", "red"), (0, 0, 0, 4)))


def _quotes(console: Console, citations: Sequence[Citation], newest: dt.date | None = None) -> None:
    """Each quote once, under its headline, with its age compared with the newest document."""
    for cited in sorted(dict.fromkeys(citations), key=lambda cited: cited.number):
        console.print()
        age = behind_the_newest(cited.published, newest)
        head = f"{_byline(cited)} ({age})" if age else _byline(cited)
        console.print(Text.assemble((f"[{cited.number}] ", "bold cyan"), (head, "dim")))
        if cited.notice:
            console.print(Padding(Text(NOTICES[cited.notice], "bold yellow"), (0, 0, 0, 4)))
        if cited.newer:
            newer = f"A newer version: {cited.newer.publisher or 'unknown publisher'}, "
            newer += f"{cited.newer.published:%-d %B %Y}, {cited.newer.title}"
            console.print(Padding(Text(newer, "yellow"), (0, 0, 0, 4)))
        quote = Text(f"“{' '.join(cited.quote.split())}”")
        console.print(Padding(quote, (0, 0, 0, 4)), highlight=False)


def _byline(cited: Citation) -> str:
    """Publisher, day, headline and page of a citation, as far as known."""
    day = f"{cited.published:%-d %B %Y}" if cited.published else ""
    page = f"p. {cited.page}" if cited.page else ""
    said = f"according to {cited.speaker}" if cited.speaker and cited.speaker != cited.publisher else ""
    return ", ".join(part for part in (cited.publisher, day, cited.title, page, said) if part)


def progress(items: Iterable[T], total: int, doing: str) -> Iterator[T]:
    """Passes items on and draws a progress bar on stderr, if that is a terminal."""
    console = Console(stderr=True)
    yield from track(items, doing, total=total, console=console, disable=not console.is_terminal)


def show_verdicts(verdicts: Iterable[Verdict]) -> None:
    """Each verdict as it comes, with its reason and the quotes for and against; of several, their counts."""
    console = Console()
    shown: list[Verdict] = []
    for verdict in map(printable, verdicts):
        if shown:
            console.print()
        console.print(Text(verdict.statement, style="bold"))
        _ruled(console, verdict)
        _sides(console, verdict)
        shown.append(verdict)
    if len(shown) > 1:
        console.print(f"\n{explain_parts(shown)}", style="bold")


def _ruled(console: Console, verdict: Verdict) -> None:
    word, style = _VERDICTS[verdict.verdict]
    console.print(Text.assemble((word, style), f". {verdict.explanation}"))


def _sides(console: Console, verdict: Verdict) -> None:
    for heading, citations in (("For", verdict.supporting), ("Against", verdict.opposing)):
        if citations:
            console.print(f"\n{heading}:", style="bold")
            _quotes(console, citations)


def show_models(found: Sequence[ModelState]) -> None:
    """The models, a block each."""
    console = Console(highlight=False)
    for each in found:
        here = ("here", "green") if each.present else ("not here", "yellow")
        console.print(Text.assemble((each.name, "bold"), f"  {_size(each.size_bytes)}  ", here))
        console.print(Text(f"  {each.purpose}\n  {each.licence}, from {each.source}\n"))


def models_json(found: Sequence[ModelState]) -> dict[str, Any]:
    """The models as other programs read them."""
    return {"models": [asdict(each) | {"path": str(each.path)} for each in found]}


def _size(size_bytes: int) -> str:
    return f"{size_bytes / 1e9:.2f} GB" if size_bytes >= 1e9 else f"{size_bytes / 1e6:.0f} MB"
