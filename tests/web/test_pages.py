"""The pages beside the chat, drawn in this process."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from streamlit.proto.Metric_pb2 import Metric as MetricProto
from streamlit.testing.v1 import AppTest

from qa.core.settings import load_settings
from qa.store.library import Library, Stats
from qa.web import wording
from qa.web.adding import Adding

Start = Callable[[], AppTest]
PAGES = ["watched", "library", "search", "timeline", "check", "evaluation"]


def opened(app: Start, name: str) -> AppTest:
    at = app()
    at.switch_page(f"{name}.py").run()
    assert not at.exception
    return at


def written(at: AppTest) -> str:
    kinds = ("title", "header", "markdown", "caption", "info", "warning")
    return "\n".join(str(element.value) for kind in kinds for element in at.get(kind))


@pytest.mark.parametrize("name", PAGES)
def test_each_page_says_what_to_do_where_there_is_nothing(
    app: Start, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    at = opened(app, name)
    assert len(at.title) == 1
    assert "add" in written(at).lower() or "run" in written(at)


@pytest.mark.parametrize("name", PAGES)
def test_each_page_is_drawn_over_a_library(app: Start, folder: Path, name: str) -> None:
    assert len(opened(app, name).title) == 1


def test_a_paragraph_is_checked_sentence_by_sentence(app: Start, folder: Path) -> None:
    at = opened(app, "check")
    at.text_area[0].set_value(
        "The fourth meeting of the CPEC Joint Working Group was held in Islamabad. Zebras sang."
    )
    next(button for button in at.button if button.label == "Check").click().run()
    assert not at.exception
    assert "1 supported, 1 not in the library" in written(at)
    assert "Supported: The fourth meeting" in at.code[0].value


def test_an_article_that_is_gone_is_said_to_be(app: Start, folder: Path) -> None:
    at = app()
    at.switch_page("library.py")
    at.query_params["article"] = "nowhere"
    at.run()
    assert not at.exception
    assert at.title[0].value == "Not in the library"


def test_an_article_shows_where_it_and_its_date_come_from(app: Start, folder: Path) -> None:
    article = Library(folder).articles(limit=1)[0]
    at = app()
    at.switch_page("library.py")
    at.query_params["article"] = article.id
    at.run()
    assert not at.exception
    assert any("as its metadata says" in text.value for text in at.text)
    assert any(text.value == article.source for text in at.text)


def test_markup_in_a_title_is_shown_not_read(app: Start, folder: Path) -> None:
    from dataclasses import replace

    from qa.web.wording import plain

    library = Library(folder)
    article = replace(library.articles(limit=1)[0], title="<b>Bold</b> $x$ :red[no] **really**")
    library.put(article, library.passages_of(article.id))
    at = app()
    at.switch_page("library.py")
    at.query_params["article"] = article.id
    at.run()
    assert at.title[0].value == plain(article.title)


def test_the_evaluation_page_shows_figures_and_failures(
    app: Start, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "runs").mkdir()
    for number, accuracy in enumerate((0.5, 0.75)):
        result = {
            "set": "cpec",
            "n": 4,
            "metrics": {"accuracy": accuracy, "f1": 0.5, "total_ms_p50": 9000},
            "rows": [{"id": "q1", "question": "Who?", "answers": ["A"], "problems": ["Wrong."]}],
            "environment": {"finished": f"2026-01-0{number + 1}T10:00:00+00:00"},
        }
        (tmp_path / "runs" / f"{number}.json").write_text(json.dumps(result), encoding="utf-8")
    (tmp_path / "runs" / "other.json").write_text("[1, 2]", encoding="utf-8")
    at = opened(app, "evaluation")
    assert at.metric[0].value == "75.0%"
    assert at.metric[0].delta == "+25.0 points"
    assert [each.proto.color for each in at.metric] == [MetricProto.GREEN, MetricProto.GRAY]
    assert [expander.label for expander in at.expander] == [r"Who\?"]


def test_dots_between_particulars_begin_no_line() -> None:
    assert wording.dotted("Corridor Desk", "", "today") == "Corridor Desk\N{NO-BREAK SPACE}· today"


def test_only_an_address_is_fetched_never_a_path_of_the_server(app: Start, folder: Path) -> None:
    at = opened(app, "library")
    field = next(field for field in at.text_input if field.label.startswith("Or the address"))
    field.set_value("/etc/hostname")
    next(button for button in at.button if button.label == "Fetch").click().run()
    assert not at.exception
    assert "begins with https://" in written(at)
    assert "adding" not in at.session_state


def test_a_broken_library_is_a_sentence_and_a_way_on(app: Start, tmp_path: Path) -> None:
    (tmp_path / "library").mkdir()
    (tmp_path / "library" / "catalogue.sqlite3").write_bytes(b"no database, only words" * 100)
    at = app()
    assert not at.exception
    assert len(at.warning) == 1
    assert any(button.label == "Try again" for button in at.button)


def test_what_a_library_holds_is_said_without_noughts_and_without_a_day_twice() -> None:
    day = date(2024, 1, 21)
    one = Stats(1, 1, 0, day, day, ("en",), 0, 0, 0)
    assert wording.holds(one) == "1 document, 21 January 2024."
    assert (
        wording.holds(replace(one, publishers=1, until=None)) == "1 document by 1 publisher, 21 January 2024."
    )
    assert wording.holds(replace(one, since=None, until=None)) == "1 document."


def test_what_was_added_says_what_was_found_and_can_be_corrected(app: Start, tmp_path: Path) -> None:
    note = tmp_path / "quay.txt"
    note.write_text("Quay rebuilt\n\nThe quay of Gwadar has been rebuilt, the port said in a statement.\n")
    adding = Adding(load_settings(library=tmp_path / "library"), [str(note)])
    list(adding.follow())
    at = app()
    at.session_state["adding"] = adding
    at.switch_page("library.py").run()
    assert not at.exception
    assert "No date\\: Quay rebuilt" in written(at)
    assert "No publisher\\: Quay rebuilt" in written(at)
    next(button for button in at.button if button.label == "Correct").click().run()
    assert not at.exception
    fields = {field.label: field.value for field in at.text_input}
    assert (fields["Headline"], fields["Publisher"]) == ("Quay rebuilt", "")
    assert [field.value for field in at.date_input] == [None]
