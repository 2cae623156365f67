"""Answers many questions from a table, one row for each; an interrupted run goes on where it was."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from qa.answer.confidence import in_words
from qa.core.errors import DatelineError, RefusedError
from qa.core.types import Answer, Disagreement

_FIRST_COLUMNS = ("question", "status", "answer", "quotes", "documents", "dates", "addresses")
COLUMNS = (*_FIRST_COLUMNS, "how_sure", "as_of", "disagreements")
_BETWEEN = " | "
_DELIMITERS = ",;\t"  # Spreadsheets choose one by the country.


def questions_in(path: Path) -> list[str]:
    """The questions of a CSV file: its `question` column, else its first.

    Raises:
        RefusedError: the file can't be read as a table of questions.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        rows = _rows(text)
    except UnicodeDecodeError as error:
        raise RefusedError(f"{str(path)!r} is not in UTF-8; save it as 'CSV UTF-8' and try again.") from error
    except OSError as error:
        raise RefusedError(f"{str(path)!r} can't be read: {error.strerror}.") from error
    except csv.Error as error:
        raise RefusedError(f"{str(path)!r} can't be read as a CSV file: {error}.") from error
    head = [cell.strip().lower() for cell in rows[0]] if rows else []
    column = head.index("question") if "question" in head else 0
    questions = rows[1:] if "question" in head else rows
    found = [row[column].strip() for row in questions if len(row) > column and row[column].strip()]
    if not found:
        raise RefusedError(f"{str(path)!r} holds no question; put one in each row, under 'question'.")
    return found


def answer_all(questions: Iterable[str], ask: Callable[[str], Answer], out: Path) -> Iterator[Answer]:
    """Answers each question that `out` lacks, appends the answer there and yields it.

    A table of an earlier Dateline with fewer columns keeps its columns.

    Raises:
        DatelineError: `out` has other content or can't be written, or the model can't be had.
    """
    try:
        columns, done = _begun(out)
        with out.open("a", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, columns, extrasaction="ignore")
            if not out.stat().st_size:
                writer.writeheader()
            for question in dict.fromkeys(questions):
                if cell(question) not in done:
                    answer = ask(question)
                    writer.writerow(row(answer))
                    file.flush()
                    yield answer
    except OSError as error:
        raise DatelineError(f"{str(out)!r} can't be written: {error.strerror}.") from error


def row(answer: Answer) -> dict[str, str]:
    """An answer as a row of the table; quotes, documents, dates and addresses in the same order."""
    cited = list(dict.fromkeys(cited for claim in answer.claims for cited in claim.citations))
    answered = answer.status == "answered" and answer.confidence is not None
    cells = {
        "question": answer.question,
        "status": answer.status,
        "answer": answer.text,
        "quotes": _BETWEEN.join(" ".join(each.quote.split()) for each in cited),
        "documents": _BETWEEN.join(each.title for each in cited),
        "dates": _BETWEEN.join(str(each.published or "") for each in cited),
        "addresses": _BETWEEN.join(each.url or "" for each in cited),
        "how_sure": in_words(answer.confidence or 0.0) if answered else "",
        "as_of": str(answer.basis.as_of or ""),
        "disagreements": _BETWEEN.join(map(_disagreement, answer.disagreements)),
    }
    return {name: cell(text) for name, text in cells.items()}


def cell(text: str) -> str:
    """Text that no spreadsheet takes for a formula: with an apostrophe before it if need be."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _disagreement(each: Disagreement) -> str:
    """The cost: 62 billion dollars (Dawn, 2017-05-25); 46 billion dollars (Xinhua, 2015-04-21)."""
    sides = []
    for side in each.sides:
        origin = (side.citation.publisher, str(side.citation.published or ""))
        sides.append(f"{side.value} ({', '.join(filter(None, origin)) or side.citation.title})")
    return f"{each.about}: {'; '.join(sides)}"


def _rows(text: str) -> list[list[str]]:
    """The rows of a table. The delimiter is the one that gives a `question` column, else the comma."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    wanted = [d for d in _DELIMITERS if "question" in (cell.strip('" ').lower() for cell in first.split(d))]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=wanted[0] if wanted else ",")
    return [row for row in reader if any(cell.strip() for cell in row)]


def _begun(out: Path) -> tuple[tuple[str, ...], set[str]]:
    """The columns of an unfinished table and its answered questions; cuts off an incomplete last row."""
    if not out.exists() or not out.stat().st_size:
        return COLUMNS, set()
    written = out.read_bytes()
    whole = written[: _end_of_last_row(written)]
    try:
        reader = csv.DictReader(io.StringIO(whole.decode(), newline=""))
        columns = tuple(reader.fieldnames or ())
        if columns not in (_FIRST_COLUMNS, COLUMNS):
            raise ValueError(columns)
        done = {each["question"] for each in reader}
    except (ValueError, csv.Error) as error:  # a UnicodeDecodeError is a ValueError
        raise DatelineError(f"{str(out)!r} is another table; name a new file with --out.") from error
    if whole != written:
        out.write_bytes(whole)
    return columns, done


def _end_of_last_row(written: bytes) -> int:
    """Where the last complete row ends: at a line's end outside quotation marks."""
    at = end = quotes = 0
    for line in written.splitlines(keepends=True):
        at += len(line)
        quotes += line.count(b'"')
        if quotes % 2 == 0 and line.endswith((b"\n", b"\r")):
            end = at
    return end
