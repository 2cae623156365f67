"""The reader's language: which one it is, and what the pages say in it.

It is the one that the reader chose in the sidebar, else the one that the address names (`?lang=ur`), else
the browser's; English where that is none of them. The translations stand in
`locale/LANGUAGE/LC_MESSAGES/dateline.po`. They are compiled when a language is first wanted, in some
hundredths of a second, so that nothing has to be built and no compiled copy grows old beside its source.

A message's own words are its English, so that English needs no catalogue.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

_CATALOGUES = Path(__file__).parent / "locale"
_CHOSEN, _BOX, _ADDRESS = "language", "language-box", "lang"


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the pages, and how it writes what is not a message.

    `name` is its own name, `tag` how a page is marked with it (BCP 47). `day`, `short_day` and `month` are
    patterns for dates (Unicode TS 35), `hover`, `hover_month`, `hover_time` and `axis_month` a plot's (d3),
    `slider` a slider's (Moment.js). `comma`, `pause` and `stop` end parts and sentences.
    """

    code: str
    tag: str
    name: str
    right_to_left: bool = False
    day: str = "d MMMM y"
    short_day: str = "d MMM y"
    month: str = "MMMM y"
    hover: str = "%-d %B %Y"
    hover_month: str = "%B %Y"
    axis_month: str = "%b %Y"
    hover_time: str = "%-d %b %H:%M"
    slider: str = "D MMM YYYY"
    comma: str = ", "
    pause: str = "; "
    stop: str = ". "


ENGLISH = Language("en", "en", "English")
LANGUAGES = {
    each.code: each
    for each in (
        ENGLISH,
        Language(
            "ur", "ur", "اردو", right_to_left=True, slider="D/M/YYYY", comma="، ", pause="؛ ", stop="۔ "
        ),
        Language(
            "zh",
            "zh-Hans",
            "简体中文",
            day="y年M月d日",
            short_day="y年M月d日",
            month="y年M月",
            hover="%Y年%-m月%-d日",
            hover_month="%Y年%-m月",
            axis_month="%Y年%-m月",
            hover_time="%-m月%-d日 %H:%M",
            slider="YYYY[年]M[月]D[日]",
            comma="，",
            pause="；",
            stop="。",
        ),
    )
}
_spoken: ContextVar[Language | None] = ContextVar("spoken", default=None)


def current() -> Language:
    """The language of what is written now: the one being spoken, else the reader's."""
    spoken = _spoken.get()
    if spoken is not None:
        return spoken
    if get_script_run_ctx(suppress_warning=True) is None:
        return ENGLISH  # Work in the background, for no page.
    return _chosen() or browsers()


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Has what is in the block written in a language, whoever reads."""
    token = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(token)


def _(message: str, **values: object) -> str:
    """A message in the reader's language, its `{names}` filled; one without a translation as it stands.

    What other rooms say in sentences that never vary goes through here as well.
    """
    if not message:
        return ""
    said = _catalogue(current().code).gettext(message)
    return _filled(said, values) if values else said


def N_(message: str) -> str:
    """Marks a message that is translated later, where it is drawn."""
    return message


def plural(n: int, one: str, many: str, **values: object) -> str:
    """A message in the form for a number, which it has as `{n}`."""
    from babel.numbers import format_decimal

    language = current()
    said = _catalogue(language.code).ngettext(one, many, n)
    return _filled(said, {"n": format_decimal(n, locale=language.code), **values})


def _filled(message: str, values: dict[str, object]) -> str:
    if not current().right_to_left:
        return message.format(**values)
    return message.format(**{name: isolated(value) for name, value in values.items()})


def isolated(text: object) -> str:
    """A text by itself, so that its direction leaves what stands round it alone."""
    return f"\N{FIRST STRONG ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}" if str(text) else ""


def settle() -> None:
    """Takes the language that the address names; has the address name the one that is not the browser's."""
    named = st.query_params.get(_ADDRESS, "")
    if _CHOSEN not in st.session_state and named in LANGUAGES:
        st.session_state[_CHOSEN] = named
    language = current()
    if language == browsers():
        st.query_params.pop(_ADDRESS, None)
    elif named != language.code:
        st.query_params[_ADDRESS] = language.code


def draw() -> None:
    """Draws the choice."""
    st.session_state[_BOX] = current().code
    st.selectbox(
        _("Language"),
        list(LANGUAGES),
        key=_BOX,
        format_func=lambda code: LANGUAGES[code].name,
        on_change=_choose,
    )


def _choose() -> None:
    st.session_state[_CHOSEN] = st.session_state[_BOX]


def _chosen() -> Language | None:
    return LANGUAGES.get(st.session_state.get(_CHOSEN) or st.query_params.get(_ADDRESS, ""))


def browsers() -> Language:
    """The language of the reader's browser; English where the pages don't speak it."""
    return LANGUAGES.get((st.context.locale or "").split("-")[0].lower(), ENGLISH)


@cache
def _catalogue(code: str) -> NullTranslations:
    if code == ENGLISH.code:
        return NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    with (_CATALOGUES / code / "LC_MESSAGES" / "dateline.po").open("rb") as source:
        write_mo(compiled, read_po(source, locale=code, domain="dateline"))
    compiled.seek(0)
    return GNUTranslations(compiled)
