"""The reader's language: which one is taken, how it writes days and counts, and whether its catalogue is whole."""

from __future__ import annotations

import ast
import string
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po
from streamlit.testing.v1 import AppTest

from qa.web import elsewhere, export, language, wording
from qa.web.conversations import Exchange

ROOT = Path(__file__).parents[2]
WEB = ROOT / "qa" / "web"
TRANSLATED = [code for code in language.LANGUAGES if code != "en"]
Start = Callable[[], AppTest]


def titled(app: Start, **context: str) -> AppTest:
    at = app()
    at.context.update(context)
    return at.run()


def test_the_browsers_language_is_taken(app: Start) -> None:
    assert titled(app, locale="ur-PK").title[0].value == "دستاویزات سے آغاز کریں"
    assert titled(app, locale="zh-CN").title[0].value == "先添加文档"


def test_a_language_that_the_pages_do_not_speak_is_answered_in_english(app: Start) -> None:
    assert titled(app, locale="fr-FR").title[0].value == "Begin with documents"


def test_the_address_goes_before_the_browser_and_a_choice_before_both(app: Start) -> None:
    at = app()
    at.context["locale"] = "ur-PK"
    at.query_params["lang"] = "zh"
    at.run()
    assert at.title[0].value == "先添加文档"
    chosen = at.sidebar.selectbox[0]
    assert (chosen.label, chosen.value, chosen.options) == ("语言", "zh", ["English", "اردو", "简体中文"])
    chosen.select("en").run()
    assert at.title[0].value == "Begin with documents"
    assert at.query_params["lang"] == "en"
    at.switch_page("library.py").run()
    assert at.title[0].value == "Library"
    at.switch_page("chat.py").run()
    at.sidebar.selectbox[0].select("ur").run()
    assert "lang" not in at.query_params  # It is the browser's own.


def test_days_and_counts_are_written_as_the_language_writes_them() -> None:
    day = date(2024, 9, 21)
    said = {}
    for code, each in language.LANGUAGES.items():
        with language.speaking(each):
            said[code] = (wording.day(day), wording.language("ar"), wording.age(day, date(2026, 9, 22)))
    assert said == {
        "en": ("21 September 2024", "Arabic", "2 years ago"),
        "ur": ("21 ستمبر 2024", "عربی", "\u20682\u2069 سال پہلے"),
        "zh": ("2024年9月21日", "阿拉伯语", "2 年前"),
    }


def test_an_export_is_in_the_language_that_is_spoken() -> None:
    refused = Exchange("Who?", datetime.now(UTC), "not_in_library", text="The library does not say.")
    with language.speaking(language.LANGUAGES["ur"]):
        page = export.CONVERSATION_FORMS["HTML"][1]("Who?", [refused])
    assert '<html lang="ur" dir="rtl">' in str(page)
    assert "لائبریری میں اس کا جواب نہیں۔" in str(page)


def extracted() -> Catalog:
    """All messages of the pages, as `pybabel extract -k plural:2,3 qa/web` finds them."""
    found = Catalog()
    keywords = {**DEFAULT_KEYWORDS, "plural": (2, 3)}
    for _file, _line, message, _comments, _context in extract_from_dir(WEB, keywords=keywords):
        found.add(message)
    return found


def catalogue(code: str) -> Catalog:
    with (WEB / "locale" / code / "LC_MESSAGES" / "dateline.po").open("rb") as source:
        return read_po(source, locale=code)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_message_is_translated_with_its_placeholders(code: str) -> None:
    wanted, there = extracted(), catalogue(code)
    assert len(wanted) > 300
    assert {message.id for message in wanted} == {message.id for message in there}
    for message in there:
        if not message.id:
            continue
        forms = message.string if message.pluralizable else (message.string,)
        assert len(forms) == (there.num_plurals if message.pluralizable else 1), message.id
        for form in forms:
            assert form.strip(), message.id
            assert not message.fuzzy, message.id
            ids = message.id if message.pluralizable else (message.id,)
            assert placeholders(form) == placeholders(ids[-1]), message.id


def test_what_other_rooms_say_is_still_said_there() -> None:
    said = {
        node.value
        for path in (ROOT / "qa").rglob("*.py")
        if "web" not in path.parts
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
    }
    assert [each for each in elsewhere.SAID if each not in said] == []
