"""The words that a reader looks for: the field, what matches, and how else the library spells them."""

from __future__ import annotations

import streamlit as st

from qa.search import boolean, spelling
from qa.search.boolean import Match, Query
from qa.search.spelling import Form
from qa.store.library import Library
from qa.web import wording
from qa.web.engine import engine
from qa.web.language import N_, _

_HELP = N_(
    'All words must be there; "quotes" keep words together; a minus leaves out; '
    "of two words with OR between them one is enough."
)


def draw(library: Library, label: str, key: str, placeholder: str) -> Query:
    """Draws the field, and under it the other spellings, each a click away.

    Args:
        library: where the words are looked for.
        label: the field's.
        key: under which the words stand in the session and in the page's address.
        placeholder: the field's.
    """
    # A field bound to the address (`bind`) forbids `st.switch_page`, which clears the address.
    kept = f"kept-{key}"
    if key not in st.session_state:
        st.session_state[key] = st.query_params.get(key, st.session_state.get(kept, ""))
    text = st.text_input(label, key=key, placeholder=placeholder, help=_(_HELP))
    st.session_state[kept] = text
    if text:
        st.query_params[key] = text
    else:
        st.query_params.pop(key, None)
    query = boolean.parse(text)
    forms = _forms(library.generation(), str(query)) if query.wanted else ()
    for slip, said in ((True, _("Did you mean")), (False, _("Also written"))):
        some = [form for form in forms if form.slip is slip]
        if some:
            with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
                st.caption(said, width="content")
                for form in some:
                    _offer(query, form, key)
    return query


@st.cache_resource(show_spinner=False, max_entries=16)
def matches(generation: int, query: str) -> tuple[Match, ...]:
    """All articles that match a query, the best first."""
    library = engine().library()
    assert library is not None
    return boolean.find(library, engine().lexical(library), boolean.parse(query))


@st.cache_data(show_spinner=False, max_entries=64)
def _forms(generation: int, query: str) -> tuple[Form, ...]:
    library = engine().library()
    assert library is not None
    return spelling.other_forms(library, engine().lexical(library), boolean.parse(query))


def _offer(query: Query, form: Form, key: str) -> None:
    taken = (query.instead if form.slip else query.also)(form.word, form.spelling)
    st.button(
        wording.plain(f"{form.spelling} ({form.passages:,})"),
        key=f"{key}-form-{form.spelling}",
        help=_("Search for this instead") if form.slip else _("Search for this too"),
        on_click=_take,
        args=(key, str(taken)),
    )


def look_for(text: str, key: str) -> None:
    """Has a page's field hold these words when the page is drawn next."""
    st.session_state.pop(key, None)
    st.session_state[f"kept-{key}"] = text


def _take(key: str, text: str) -> None:
    st.session_state[key] = text
