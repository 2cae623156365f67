"""No page says anything past the catalogues: each is drawn in a language of brackets, over a library in Greek.

What the pages say stands in brackets then, and what documents say has no Latin letter. So a Latin letter
outside brackets is a text that no catalogue can translate.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from gettext import NullTranslations
from pathlib import Path
from typing import Any

import pytest
from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest

from qa.core.settings import Settings
from qa.core.types import (
    Answer,
    Article,
    Citation,
    Claim,
    Day,
    Digest,
    Disagreement,
    Entry,
    Newer,
    Passage,
    Provenance,
    Side,
    Step,
    Timings,
    Verdict,
)
from qa.models import registry
from qa.store.lexical import Lexical
from qa.store.library import Library, article_id, passage_id
from qa.watch.store import WatchedQuestions
from qa.watch.watched import Change, DocumentRef, Reading
from qa.web import checked, engine, language, wording
from qa.web.conversations import Conversations, Exchange, Source
from qa.web.runs import HEADLINES

Start = Callable[[], AppTest]
SAYING = "αβγδε ζηθικ λμνξο πρστυ φχψωα"
OPEN, CLOSE = "⟦", "⟧"
SHOWN = {
    "label", "body", "help", "placeholder", "options", "text", "value", "default", "content", "content_label",
    "alt", "display_name", "message", "title", "delta", "caption", "section_header",
}  # fmt: skip
"""The fields of Streamlit's messages that a reader sees or hears."""
CODES = {"direction", "kind", "language", "support", "id", "name", "order", "reverse", "shown"}
"""What components are handed that nobody sees."""
KEPT = re.compile(
    r":material/\w+:|:[a-z]+-badge\[|:small\[|https?://|Markdown|BibTeX|RIS|JSON|HTML|PDF|CSV|python -m eval.*"
    rf"|`DATELINE_.*?`|{re.escape(wording.plain(registry.LANGUAGE_MODEL))}"
)
"""What stays as it is in every language: icons, names of formats and of the model, a command, settings."""


class Brackets(NullTranslations):
    """Each message in brackets, apart from what is filled in."""

    def gettext(self, message: str) -> str:
        filled = re.sub(r"(\{\w+\})", rf"{CLOSE}\1{OPEN}", message)
        return f"{OPEN}{filled}{CLOSE}"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


@pytest.fixture(autouse=True)
def brackets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chinese, which writes days and names of languages without Latin letters, speaks in brackets."""
    monkeypatch.setattr(language, "_catalogue", lambda code: Brackets())
    monkeypatch.setitem(language.LANGUAGES, "en", replace(language.ENGLISH, name=""))


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """Thirty documents in Greek letters, the first without a publisher."""
    library = Library(tmp_path / "library", create=True)
    for n in range(30):
        body, id_ = f"{SAYING} {n}. {SAYING} {n + 1}.", article_id(f"{n}")
        article = Article(
            id_,
            f"{SAYING} {n}",
            body,
            f"{n}",
            f"Ω{n % 3}" if n else None,
            date(2021 + n % 4, 1 + n % 12, 3),
            language=("el", "ur", "zh")[n % 3],
            story="1" if n < 3 else f"story {n}",
            published_from="text",
            kind=("report", "official", "opinion")[n % 3],
            days=(Day(f"{n}", 0, 5, date(2020, 1 + n % 12, 1), date(2020, 1 + n % 12, 1)),),
        )
        library.put(article, [Passage(passage_id(id_, 0, body), id_, 0, 0, 0, len(body), body)])
    Lexical(library).sync()
    return library


def quoted(library: Library, n: int = 3, number: int = 1) -> Citation:
    article = library.article(article_id(f"{n}"))
    assert article is not None
    return Citation(
        number, article.id, article.title, article.publisher, article.published, None, SAYING, 0, len(SAYING)
    )


def whole(library: Library) -> Exchange:
    """An answer with all that an answer can have."""
    first, second = quoted(library), quoted(library, 4, 2)
    newer = Newer(second.article_id, second.title, second.publisher, date(2024, 5, 3))
    told = replace(first, speaker="Ω", page=3, newer=newer, notice="correction")
    sources = tuple(
        Source(q.article_id, q.title, q.publisher, q.published, "report", q.quote, 0, 9, q.article_id)
        for q in (first, second)
    )
    return Exchange(
        SAYING,
        datetime.now(UTC),
        "answered",
        text=SAYING,
        standalone=f"{SAYING} 2",
        claims=(
            Claim(SAYING, "supported", (), (told,), working="1 + 1"),
            Claim(SAYING, "partial", ("Ω",), (second,)),
            Claim(SAYING, "unsupported"),
        ),
        sources=sources,
        confidence=0.9,
        basis=Provenance(2, 7, as_of=date(2024, 1, 1), until=date(2026, 1, 1)),
        steps=(Step(SAYING, SAYING, (first,)),),
        disagreements=(
            Disagreement("Ω", (Side("5%", first, refuted=second), Side("7%", replace(second, publisher=None)))),
        ),
        followups=(SAYING,),
        draft=f"ΨΨΨΨ ΩΩΩΩ ΣΣΣΣ. {SAYING}",
        vote=0,
    )  # fmt: skip


def other_outcomes(library: Library) -> Iterator[Exchange]:
    whole_one, now = whole(library), datetime.now(UTC)
    refused = Exchange(SAYING, now, "not_in_library", text="The library does not say.")
    yield replace(refused, corrections=whole_one.claims[:1], nearest=(quoted(library),), basis=Provenance(2))
    yield replace(refused, sources=whole_one.sources, advice=("Others may be missing.",), vote=1)
    yield refused
    yield Exchange(SAYING, now, "stopped", text=SAYING)
    yield Exchange(SAYING, now, "stopped")
    yield Exchange(SAYING, now, "failed", message="The answer has changed.")
    entries = (Entry("Ω", ("5",), whole_one.claims[0].citations), Entry("Ω", (), (quoted(library, 4),)))
    digest = Digest("list", "Ω", entries, column="Ω", missing=("Others may be missing.",))
    yield Exchange(SAYING, now, "answered", text=SAYING, digest=digest)


def opened(app: Start, page: str = "chat") -> AppTest:
    at = app()
    at.context["locale"] = "zh-CN"
    return at.switch_page(f"{page}.py").run()


def texts(message: Message) -> Iterator[str]:
    """The texts of a message that a reader sees, wherever in it."""
    for field, value in message.ListFields():
        if field.name == "spec":
            yield from titles(json.loads(value))
        for each in value if field.is_repeated else [value]:
            if isinstance(each, str) and field.name in SHOWN:
                yield each
            elif isinstance(each, Message):
                yield from texts(each)


def titles(spec: Any) -> Iterator[str]:
    """The titles in a plot's description."""
    if isinstance(spec, dict):
        yield from (each for each in [spec.get("title")] if isinstance(each, str))
        spec = list(spec.values())
    if isinstance(spec, list):
        for each in spec:
            yield from titles(each)


def handed(data: Any) -> Iterator[str]:
    """The texts that a component is handed."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for name, value in data.items():
            if name not in CODES:
                yield from handed(value)
    elif isinstance(data, list):
        for each in data:
            yield from handed(each)


def drawn(block: Any) -> Iterator[str]:
    """All texts on a page."""
    proto = getattr(block, "proto", None)
    if block.type == "bidi_component":
        yield from handed(json.loads(proto.json or proto.mixed.json or "null"))
    elif proto is not None and block.type != "html":
        yield from texts(proto)
    for child in getattr(block, "children", {}).values():
        yield from drawn(child)


def untranslated(at: AppTest) -> list[str]:
    """The texts with Latin letters that do not come from a catalogue."""
    assert not at.exception
    found = list(drawn(at._tree))
    assert any(OPEN in text for text in found)
    bare = (KEPT.sub("", re.sub(rf"{OPEN}[^{CLOSE}]*{CLOSE}", "", text)) for text in found)
    return [text for text, rest in zip(found, bare, strict=True) if re.search("[A-Za-z]{2}", rest)]


@pytest.mark.parametrize("page", ["chat", "watched", "library", "search", "timeline", "check", "evaluation"])
@pytest.mark.parametrize("filled", [True, False])
def test_each_page(
    app: Start, page: str, filled: bool, request: pytest.FixtureRequest, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    if filled:
        request.getfixturevalue("library")
    assert untranslated(opened(app, page)) == []


def test_an_answer_with_all_that_it_can_have_and_its_open_quote(app: Start, library: Library) -> None:
    kept = Conversations(library.folder)
    id_ = kept.start(SAYING)
    for position, exchange in enumerate([whole(library), *other_outcomes(library), whole(library)]):
        kept.save(id_, position, exchange)
    at = opened(app)
    at.query_params["c"] = id_
    del at.session_state["conversation"]
    assert untranslated(at.run()) == []
    assert len(at.chat_message) == 18
    newer = next(each for each in at.button if (each.key or "").startswith("newer-"))
    assert untranslated(newer.click().run()) == []
    from qa.web.state import Opened

    for citation in (whole(library).claims[0].citations[0], replace(quoted(library), article_id="gone")):
        at.session_state["opened"] = Opened(id_, 0, citation)
        assert untranslated(at.run()) == []


def test_searches_and_what_they_find(app: Start, library: Library) -> None:
    for page, field in (("search", "search-words"), ("timeline", "timeline-words")):
        for words in ("αβγδε", "ωωωωω"):
            at = opened(app, page)
            at.text_input(field).set_value(words).run()
            assert untranslated(at) == []
            if page == "timeline":
                at.segmented_control[0].set_value("Coverage").run()
                assert untranslated(at) == []


def test_the_language_model_that_answers(app: Start, library: Library) -> None:
    at = opened(app)
    at.session_state["which-model"] = True
    assert untranslated(at.run()) == []
    assert "`DATELINE_LLM=builtin:FILE.gguf`" in " ".join(drawn(at._tree))
    name = "openai:Ω"
    shared = engine.engine()
    shared.settings = Settings(library=library.folder, llm=name, llm_url="http://127.0.0.1:9/v1")
    at = opened(app)
    at.session_state["which-model"] = True
    told = untranslated(at.run())
    assert [text for text in told if text != wording.plain(name)] == []
    assert at.warning


def test_an_article_and_what_is_done_with_it(app: Start, library: Library) -> None:
    at = opened(app, "library")
    at.query_params["article"] = article_id("1")
    assert untranslated(at.run()) == []
    for icon in ("edit", "delete"):
        next(each for each in at.button if each.icon == f":material/{icon}:").click().run()
        assert untranslated(at) == []
    at.query_params["article"] = "nowhere"
    assert untranslated(at.run()) == []


def test_the_state_of_the_library_and_what_was_removed(app: Start, library: Library) -> None:
    at = opened(app, "library")
    at.session_state["health"] = True
    at.session_state["removed"] = library.take_out(article_id("29"))
    at.run()
    assert len(at.metric) == 5
    names = [wording.plain(name) for name in registry.MODELS]
    assert [text for text in untranslated(at) if not any(name in text for name in names)] == []


def test_verdicts_and_their_copies(app: Start, library: Library) -> None:
    told = replace(quoted(library), speaker="Ω")
    verdicts = [
        Verdict(SAYING, ruling, (told,), (told,), "A document says so.", Timings())
        for ruling in checked.LABELS
    ]
    at = opened(app, "check")
    at.session_state["verdicts"] = verdicts
    assert untranslated(at.run()) == []
    next(each for each in at.button if each.key == "for-0-0").click().run()
    assert untranslated(at) == []
    at.button[0].click().run()  # an empty statement
    assert untranslated(at) == []


def test_a_watched_question_with_all_changes(app: Start, library: Library) -> None:
    quote = quoted(library)
    before = Answer(
        SAYING, SAYING, "not_in_library", "The library does not say.", (), (), "Ω", Timings(), Provenance()
    )
    claims = (Claim(SAYING, "supported", (), (quote,)),)
    now = replace(before, status="answered", text=SAYING, claims=claims)
    document = DocumentRef(quote.article_id, quote.title, quote.publisher, quote.published)
    changes = (
        Change("newly_answered", "The library now answers this.", (document,), (quote,)),
        Change("lost_source", "The answer has changed.", (document,)),
    )
    kept = WatchedQuestions(library.folder)
    watched, _ = kept.keep(SAYING)
    at_once = datetime.now(UTC)
    kept.answered(watched.id, 1, Reading(at_once, before, ()))
    kept.see(watched.id)
    kept.answered(watched.id, 2, Reading(at_once, now, (), changed_at=at_once, changes=changes))
    at = opened(app, "watched")
    at.session_state[f"earlier-{watched.id}"] = True
    at.run()
    assert untranslated(at) == []
    assert "The library now answers this" in " ".join(drawn(at._tree))


def test_the_evaluation_with_its_figures(
    app: Start, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "runs").mkdir()
    for number in range(3):
        result = {
            "set": "ΑΒ"[number % 2],
            "n": 40,
            "metrics": dict.fromkeys(HEADLINES, 0.1 * number) | {"total_ms_p50": 9, "first_token_ms_p50": 2},
            "intervals": {name: {"low": 0.1, "high": 0.2, "n": 40} for name in HEADLINES},
            "kinds": {"Ω": {"n": 3, "metrics": {"f1": 0.5}}},
            "rows": [{"id": f"{n}", "question": "Ω", "answerable": False, "answer": {"text": "Ω", "brief": "Ω"},
                      "confidence": 0.5, "kind": "Ω", "problems": ["Ω"]} for n in range(40)],
            "environment": {"finished": f"2026-01-0{number + 1}T10:00:00+00:00", "commit": "1",
                            "settings": {"llm": "Ω"}},
        }  # fmt: skip
        (tmp_path / "runs" / f"{number}.json").write_text(json.dumps(result), encoding="utf-8")
    assert untranslated(opened(app, "evaluation")) == []
