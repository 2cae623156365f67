"""Watched questions: asked again when that may bring something, and what changed said with its documents."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from qa.__main__ import main
from qa.answer.brief import brief
from qa.core.errors import UnavailableError
from qa.core.types import (
    Answer,
    Article,
    Citation,
    Disagreement,
    Filters,
    Hit,
    Passage,
    Retrieval,
    Side,
    Timings,
)
from qa.store.lexical import Lexical
from qa.store.library import Library, article_id, passage_id
from qa.verify.entailment import Entailment, Verifier
from qa.verify.grounding import ground
from qa.watch.store import WatchedQuestions
from qa.watch.watch import Watch, due
from qa.watch.watched import Watched
from tests.qa.judging import OPEN, YES, Judging, nearness

ASKED = "Who co-chaired the fourth meeting of the working group?"
FIRST = "Syrus Qazi and Sun Weidong co-chaired the fourth meeting of the working group in Islamabad."
AGAIN = "Sun Weidong and Syrus Qazi co-chaired the fourth meeting of the working group, the ministry said."
OTHER = "The fourth meeting of the working group was co-chaired by Nong Rong, the spokesman corrected."
NOISE = "The working group on ports will hold its fourth meeting with a group of pilots."


def reads(text: str, statement: str) -> Entailment:
    """The two chairs entail each other, whoever tells of them; everything else only itself."""
    both = all("Weidong" in each for each in (text, statement))
    return YES if both or statement in text else OPEN


class Assistant:
    """Real search, a verifier that reads as told; the model's words are the best passage's, or what `says` gives."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.lexical = Lexical(library)
        self.asked: list[str] = []
        self.says: Callable[[Sequence[Hit]], str] = lambda hits: hits[0].passage.text if hits else ""
        self.disagreements: tuple[Disagreement, ...] = ()

    def search(self, question: str, filters: Filters = Filters()) -> Retrieval:
        found = self.lexical.search(question, 4, filters)
        passages = self.library.passages_by_id(id_ for id_, _ in found)
        articles = self.library.articles_by_id(each.article_id for each in passages.values())
        return Retrieval(
            question,
            tuple(
                Hit(passages[id_], articles[passages[id_].article_id], 1 / rank, rank)
                for rank, (id_, _) in enumerate(found, 1)
            ),
        )

    def sentence_scores(self, query: str, sentences: Sequence[str]) -> Sequence[float]:
        return nearness(query, sentences)

    def verifier(self) -> Verifier:
        return Judging(reads)

    def stream(
        self, question: str, history: Sequence[Any] = (), filters: Filters = Filters()
    ) -> Iterator[dict[str, Any]]:
        self.asked.append(question)
        retrieval = self.search(question, filters)
        text = self.says(retrieval.hits)
        yield {"text": text}
        grounded = ground(question, text, retrieval.hits, nearness, self.verifier())
        claims = [each.claim for each in grounded if each.claim.support == "supported"]
        yield {
            "answer": Answer(
                question=question,
                standalone=question,
                status="answered" if claims else "not_in_library",
                text=" ".join(claim.text for claim in claims) or "The library does not say.",
                claims=tuple(claims),
                hits=retrieval.hits,
                model="test",
                timings=Timings(),
                brief=brief(question, claims[0].text) if claims else "",
                disagreements=self.disagreements,
            )
        }


def put(library: Library, name: str, text: str, publisher: str = "Desk") -> Article:
    id_ = article_id(name)
    article = Article(id_, name.title(), text, name, publisher, dt.date(2024, 1, 21), language="en")
    library.put(article, [Passage(passage_id(id_, 0, text), id_, 0, 0, 0, len(text), text)])
    Lexical(library).sync()
    return article


@pytest.fixture
def assistant(library: Library) -> Assistant:
    put(library, "first", FIRST)
    return Assistant(library)


@pytest.fixture
def kept(assistant: Assistant) -> WatchedQuestions:
    return WatchedQuestions(assistant.library.folder)


@pytest.fixture
def watched(assistant: Assistant, kept: WatchedQuestions) -> Watched:
    watched, new = kept.keep(ASKED)
    assert new
    assert Watch(assistant, kept).look(watched) == "asked"
    return now(kept, watched)


def now(kept: WatchedQuestions, watched: Watched) -> Watched:
    found = kept.get(watched.id)
    assert found is not None
    return found


def test_a_question_is_kept_once_without_a_change_to_the_library(
    assistant: Assistant, kept: WatchedQuestions
) -> None:
    generation = assistant.library.generation()
    first, new = kept.keep(ASKED)
    again, not_new = kept.keep(ASKED)
    other, new_too = kept.keep(ASKED, Filters(since=dt.date(2020, 1, 1), kinds=("official",)))
    assert (first, new, not_new, new_too) == (again, True, False, True)
    assert other.filters == Filters(since=dt.date(2020, 1, 1), kinds=("official",))
    assert assistant.library.generation() == generation
    assert [each.id for each in kept.all()] == [other.id, first.id]


def test_an_unchanged_library_is_not_even_searched(
    assistant: Assistant, kept: WatchedQuestions, watched: Watched
) -> None:
    assert due(kept, assistant.library) == ()
    with sqlite3.connect(kept.path) as connection:  # Yesterday "last month" was another month.
        yesterday = dt.datetime.now(dt.UTC) - dt.timedelta(days=1)
        connection.execute("UPDATE watched SET looked_at = ?", (yesterday.isoformat(),))
    assert due(kept, assistant.library) == (now(kept, watched),)


def test_no_model_is_asked_where_the_same_is_found(
    assistant: Assistant, kept: WatchedQuestions, watched: Watched
) -> None:
    put(assistant.library, "unrelated", "Zebras sang.")
    assert due(kept, assistant.library) == (watched,)
    assert Watch(assistant, kept).look(watched) == "as_before"
    assert assistant.asked == [ASKED]
    assert due(kept, assistant.library) == ()
    assert Watch(assistant, kept).look(now(kept, watched), anyway=True) == "asked"


def test_what_is_found_but_changes_nothing_is_no_news(
    assistant: Assistant, kept: WatchedQuestions, watched: Watched
) -> None:
    put(assistant.library, "noise", NOISE)
    assert Watch(assistant, kept).look(watched) == "asked"
    assert not now(kept, watched).unseen
    assert kept.unseen() == 0


def test_another_answer_names_the_document_that_brought_it(
    assistant: Assistant, kept: WatchedQuestions, watched: Watched
) -> None:
    new = put(assistant.library, "corrected", OTHER, "Ministry")
    assistant.says = lambda hits: OTHER
    assert Watch(assistant, kept).look(watched) == "changed"
    found = now(kept, watched)
    (change,) = found.changes
    assert (change.kind, [each.article_id for each in change.documents]) == ("other_answer", [new.id])
    assert change.citations[0].quote == OTHER
    assert found.before is not None
    assert found.last is not None
    assert FIRST[:-1] in found.before.answer.text
    assert OTHER[:-1] in found.last.answer.text
    assert (found.unseen, kept.unseen()) == (True, 1)
    kept.see(watched.id)
    assert (now(kept, watched).unseen, now(kept, watched).changes, kept.unseen()) == (False, (change,), 0)


def test_a_new_source_of_the_same_answer_is_quoted(
    assistant: Assistant, kept: WatchedQuestions, watched: Watched
) -> None:
    new = put(assistant.library, "again", AGAIN, "Dawn")
    assistant.says = lambda hits: FIRST.replace(" in Islamabad", "")
    assert Watch(assistant, kept).look(watched) == "changed"
    (change,) = now(kept, watched).changes
    assert (change.kind, [each.article_id for each in change.documents]) == ("new_source", [new.id])
    assert change.citations[0].quote == AGAIN


def test_a_first_answer_is_told(assistant: Assistant, kept: WatchedQuestions) -> None:
    asked, _ = kept.keep("How many passengers does the ferry Zephyrine carry?")
    assistant.says = lambda hits: ""
    Watch(assistant, kept).look(asked)
    text = "The ferry Zephyrine carries 312 passengers."
    assistant.says = lambda hits: text
    new = put(assistant.library, "ferry", text)
    assert Watch(assistant, kept).look(now(kept, asked)) == "changed"
    (change,) = now(kept, asked).changes
    assert (change.kind, change.documents[0].article_id) == ("newly_answered", new.id)


def test_an_answer_that_lost_its_document_says_so(
    assistant: Assistant, kept: WatchedQuestions, watched: Watched
) -> None:
    put(assistant.library, "noise", NOISE)
    assistant.library.remove(article_id("first"))
    assistant.lexical.sync()
    assistant.says = lambda hits: ""
    assert Watch(assistant, kept).look(watched) == "changed"
    (change,) = now(kept, watched).changes
    assert (change.kind, change.documents[0].title) == ("no_longer_answered", "First")
    assert "removed" in change.text


def test_the_same_answer_from_another_document_tells_which_is_gone(
    assistant: Assistant, kept: WatchedQuestions, watched: Watched
) -> None:
    put(assistant.library, "again", AGAIN)
    assistant.library.remove(article_id("first"))
    assistant.lexical.sync()
    assert Watch(assistant, kept).look(watched) == "changed"
    assert [change.kind for change in now(kept, watched).changes] == ["new_source", "lost_source"]


def test_a_new_disagreement_is_told_once(
    assistant: Assistant, kept: WatchedQuestions, watched: Watched
) -> None:
    new = put(assistant.library, "noise", NOISE)
    sides = [
        Side(value, Citation(1, id_, "T", "P", None, None, "q", 0, 1))
        for value, id_ in (("62", new.id), ("46", article_id("first")))
    ]
    assistant.disagreements = (Disagreement("the cost", tuple(sides)),)
    assert Watch(assistant, kept).look(watched) == "changed"
    (change,) = now(kept, watched).changes
    assert (change.kind, change.text) == ("disagreement", "Documents disagree on the cost: 62, 46.")
    assert [each.article_id for each in change.documents] == [new.id]
    assert Watch(assistant, kept).look(now(kept, watched), anyway=True) == "asked"


def test_a_change_that_no_new_document_brought_says_that(
    assistant: Assistant, kept: WatchedQuestions, watched: Watched
) -> None:
    assistant.says = lambda hits: ""
    assert Watch(assistant, kept).look(watched, anyway=True) == "changed"
    (change,) = now(kept, watched).changes
    assert (change.kind, change.documents) == ("no_longer_answered", ())
    assert "still stands in the library" in change.text


def test_changes_add_up_until_they_are_seen(
    assistant: Assistant, kept: WatchedQuestions, watched: Watched
) -> None:
    assistant.says = lambda hits: OTHER
    put(assistant.library, "corrected", OTHER)
    Watch(assistant, kept).look(watched)
    assistant.says = lambda hits: ""
    Watch(assistant, kept).look(now(kept, watched), anyway=True)
    found = now(kept, watched)
    assert [change.kind for change in found.changes] == ["other_answer", "no_longer_answered"]
    assert found.before is not None
    assert FIRST[:-1] in found.before.answer.text  # What the reader saw last, not what came in between.
    assert [len(each.changes) for each in kept.history(watched.id)] == [1, 1, 0]


def test_a_failure_is_kept_and_the_question_asked_again(
    assistant: Assistant, kept: WatchedQuestions, watched: Watched
) -> None:
    def broken(hits: Sequence[Hit]) -> str:
        raise UnavailableError("The model is away.")

    put(assistant.library, "noise", NOISE)
    assistant.says = broken
    assert Watch(assistant, kept).look(watched) == "failed"
    assert now(kept, watched).failure == "The model is away."
    assistant.says = lambda hits: FIRST
    assert due(kept, assistant.library) == (now(kept, watched),)
    assert Watch(assistant, kept).look(now(kept, watched)) == "asked"
    assert now(kept, watched).failure == ""


def test_a_question_that_is_put_off_lets_go_and_is_due_again(
    assistant: Assistant, kept: WatchedQuestions, watched: Watched
) -> None:
    put(assistant.library, "corrected", OTHER)
    assert Watch(assistant, kept).look(watched, stop=lambda: True) == "put_off"
    assert due(kept, assistant.library) == (watched,)


def test_an_answer_after_its_question_was_removed_is_dropped(
    assistant: Assistant, kept: WatchedQuestions, watched: Watched
) -> None:
    put(assistant.library, "corrected", OTHER)
    assert kept.remove(watched.id)
    Watch(assistant, kept).look(watched)
    assert kept.all() == ()
    assert not kept.remove(watched.id)


def test_questions_belong_to_their_reader(kept: WatchedQuestions, watched: Watched) -> None:
    other = kept.of("somebody")
    other.keep(ASKED)
    assert (kept.owners(), len(kept.all()), len(other.all())) == (("", "somebody"), 1, 1)
    assert not other.remove(watched.id)
    assert other.get(watched.id) is None


def test_only_the_latest_readings_are_kept(
    assistant: Assistant, kept: WatchedQuestions, watched: Watched
) -> None:
    for number in range(30):
        assistant.says = lambda hits, number=number: "" if number % 2 else FIRST  # type: ignore[misc]
        Watch(assistant, kept).look(now(kept, watched), anyway=True)
    assert len(kept.history(watched.id)) == 20


def test_two_do_not_ask_at_once(kept: WatchedQuestions) -> None:
    with kept.asking(), pytest.raises(UnavailableError, match="Another program"), kept.of("x").asking():
        pass


# The commands.


def run(*arguments: str) -> Any:
    return CliRunner().invoke(main, ["watch", *arguments])


@pytest.fixture
def opened(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The library's folder; the commands open the assistant of this test."""
    monkeypatch.setattr("qa.answer.assistant.Assistant.open", lambda settings: assistant)
    return assistant.library.folder


def test_the_commands_keep_ask_again_list_and_remove(opened: Path, assistant: Assistant) -> None:
    library = ("--library", str(opened))
    assert "No question is watched yet" in run(*library).stdout
    assert "Watched, as number 1 (Desk, since 1 January 2020)." in (
        run(ASKED, "--publisher", "Desk", "--since", "2020", *library).stdout
    )
    assert "1 question watched, 0 searched for again, 0 asked again, none changed." in run(*library).stdout
    put(assistant.library, "corrected", OTHER)
    assistant.says = lambda hits: OTHER
    told = " ".join(run(*library).stdout.split())
    for part in (
        "The answer has changed.",
        "Desk, 21 January 2024, Corrected",
        "Before (",
        "Now (",
        "1 changed.",
    ):
        assert part in told
    assert "none changed" in run(*library).stdout
    assert "Nong Rong" in run("list", *library).stdout
    assert "No longer watched: Who co-chaired" in run("remove", "1", *library).stdout
    again = run("remove", "1", *library)
    assert (again.exit_code, again.stderr.count("\n")) == (2, 1)


def test_the_commands_speak_json(opened: Path, assistant: Assistant) -> None:
    library = ("--library", str(opened), "--json")
    assert json.loads(run(*library).stdout) == {"questions": [], "changed": 0, "failed": 0}
    kept = json.loads(run(ASKED, *library).stdout)
    assert (kept["number"], kept["new"], kept["now"]["status"]) == (1, True, "answered")
    put(assistant.library, "corrected", OTHER)
    assistant.says = lambda hits: OTHER
    found = json.loads(run(*library).stdout)
    assert (found["changed"], found["questions"][0]["outcome"]) == (1, "changed")
    assert found["questions"][0]["changes"][0]["documents"][0]["title"] == "Corrected"
    assert json.loads(run("list", *library).stdout)["questions"][0]["unseen"] is False


def test_what_could_not_be_asked_is_named_and_ends_in_part(opened: Path, assistant: Assistant) -> None:
    def broken(hits: Sequence[Hit]) -> str:
        raise UnavailableError("The model is away.")

    assistant.says = broken
    result = run(ASKED, "--library", str(opened))
    assert (result.exit_code, "Not asked yet: The model is away." in result.stdout) == (1, True)
    result = run("--library", str(opened))
    assert (result.exit_code, "The model is away." in result.stdout) == (1, True)


def test_where_there_is_no_library_nothing_is_kept(tmp_path: Path) -> None:
    result = run(ASKED, "--library", str(tmp_path / "none"))
    assert (result.exit_code, "python -m ingest" in result.stderr) == (2, True)
    assert not (tmp_path / "none").exists()


def test_filters_need_a_question(opened: Path) -> None:
    assert run("--since", "2020", "--library", str(opened)).exit_code == 2
