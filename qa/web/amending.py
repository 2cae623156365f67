"""Correcting what was found out about a document: headline, publisher, day and kind."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st

from qa.core.errors import DatelineError
from qa.core.types import Article, Kind
from qa.store.library import Library
from qa.web import wording
from qa.web.engine import engine
from qa.web.language import N_, _

_KIND_NAMES: dict[Kind, str] = {
    "report": N_("Report"),
    "official": N_("Official text"),
    "opinion": N_("Opinion"),
}
_EARLIEST = date(1600, 1, 1)


def draw(library: Library, article: Article) -> None:
    """Opens a dialog with the facts to be corrected, and stores them."""
    st.dialog(_("Correct what is known of this document"))(_form)(library, article)


def _form(library: Library, article: Article) -> None:
    with st.form("amend", border=False):
        title = st.text_input(_("Headline"), article.title)
        publisher = st.text_input(_("Publisher"), article.publisher or "")
        published = st.date_input(
            _("Published"),
            article.published,
            min_value=_EARLIEST,
            max_value=date.today(),
            format="YYYY-MM-DD",
        )
        kind = st.selectbox(
            _("Kind"), list(_KIND_NAMES), list(_KIND_NAMES).index(article.kind), format_func=_kind
        )
        kept = st.form_submit_button(_("Save"), type="primary")
    if not kept:
        return
    said = {
        "title": title.strip(),
        "publisher": publisher.strip() or None,
        "published": published,
        "kind": kind,
    }
    changes = {name: value for name, value in said.items() if value != getattr(article, name)}
    if not changes or _stored(library, article, changes):
        st.rerun()


def _stored(library: Library, article: Article, changes: dict[str, Any]) -> bool:
    from ingest.amend import amend

    try:
        with st.spinner(_("Saving")):
            amend(library, engine().settings, article, **changes)
    except DatelineError as error:
        st.warning(wording.plain(str(error)), icon=":material/info:")
        return False
    return True


def _kind(kind: Kind) -> str:
    return _(_KIND_NAMES[kind])
