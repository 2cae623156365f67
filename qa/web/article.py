"""One article of the library: its text, where it and its date come from, and what can be done with it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import streamlit as st

from qa.core.types import Article, Filters
from qa.store.library import Library
from qa.verify.supersession import superseding
from qa.web import amending, in_short, removal, side_panel, state, wording
from qa.web.language import N_, _, plural

STORY = "story"
"""Where the session keeps the story that the list shows."""
_STRIPPED_CHARS = 400
_CHAT = Path(__file__).parent / "chat.py"
_DATE_FROM = {
    "metadata": N_("{day}, as its metadata says"),
    "page": N_("{day}, as its page says"),
    "text": N_("{day}, as its text says"),
    "file name": N_("{day}, as its file name says"),
    "reader": N_("{day}, as somebody corrected it"),
}


def draw(library: Library, id_: str) -> None:
    """Draws the article with this id."""
    st.button(_("Library"), icon=":material/arrow_back:", type="tertiary", key="back", on_click=_leave)
    article = library.article(id_)
    if article is None:
        st.title(_("Not in the library"), anchor=False)
        st.markdown(_("This document was removed, or its address is wrong."))
        return
    st.caption(wording.plain(_origin(article)))
    st.title(wording.plain(article.title), anchor=False)
    _newer(library, article)
    _actions(library, article)
    _in_short(library, article)
    side_panel.draw_text(article, [])
    st.divider()
    _particulars(article)
    _story(library, article)
    _history(library, article)
    _left_out(article)


def _origin(article: Article) -> str:
    return wording.dotted(
        wording.publisher(article.publisher),
        wording.day(article.published),
        wording.age(article.published, date.today()),
        article.place or "",
        wording.listed(article.authors),
        _(wording.KINDS[article.kind]),
    )


def _newer(library: Library, article: Article) -> None:
    """Says where the story went on, so that nobody takes the old for the latest."""
    newer = superseding(article, library)
    if newer is None:
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        went_on = _("Newer document on this story, {day}:", day=wording.day(newer.published))
        st.markdown(f":material/update: {went_on}", width="content")
        st.button(
            wording.plain(newer.title), type="tertiary", key="newer", on_click=show, args=(newer.article_id,)
        )


def _actions(library: Library, article: Article) -> None:
    with st.container(horizontal=True):
        if st.button(_("Ask about this document"), icon=":material/forum:"):
            _ask(article)
        if article.url and article.url.startswith(("http://", "https://")):
            st.link_button(_("Original"), article.url, icon=":material/open_in_new:")
        if st.button(_("Correct"), icon=":material/edit:", help=_("Its headline, publisher, day or kind")):
            amending.draw(library, article)
        if st.button(_("Remove"), icon=":material/delete:"):
            st.dialog(_("Remove this document?"))(_remove)(library, article)


def _ask(article: Article, question: str = "") -> None:
    """Begins a conversation about the document, with a question if there is one."""
    state.set_filters(Filters(articles=(article.id,)))
    state.open_conversation(None)
    state.ask(question)
    st.switch_page(_CHAT)


def _in_short(library: Library, article: Article) -> None:
    """What the document says in three lines, word for word, and questions that it answers."""
    lines = in_short.lines(article)
    if lines:
        st.caption(_("In three lines"))
        st.markdown("\n".join(f"- {wording.plain(each)}" for each in lines))
    questions = in_short.questions(library, article)
    if questions:
        with st.container(key="followups-document", gap="xsmall"):
            st.caption(_("Questions that it answers"))
            for number, question in enumerate(questions):
                if st.button(
                    wording.plain(question),
                    icon=":material/subdirectory_arrow_right:",
                    type="tertiary",
                    key=f"followup-document-{number}",
                ):
                    _ask(article, question)


def _remove(library: Library, article: Article) -> None:
    st.markdown(wording.plain(article.title))
    st.caption(_("It will no longer be found. Answers that quoted it keep their quotes."))
    if st.button(_("Remove"), type="primary", key="remove-for-good"):
        with st.spinner(_("Removing")):
            removal.remove_for_now(library, article)
        _leave()
        st.rerun()


def _particulars(article: Article) -> None:
    facts = {
        _("Date"): dated(article),
        _("Language"): wording.language(article.language),
        _("Section"): article.section or "",
        _("Collection"): article.collection or "",
        _("Issued by"): article.issuer or "",
        _("Dates mentioned"): str(len({(day.date, day.until) for day in article.days}) or ""),
        _("Came from"): article.source,
    }
    st.header(_("About this document"), anchor=False)
    for name, value in facts.items():
        if value:
            label, content = st.columns([1, 4], gap="xxsmall")
            label.caption(name)
            content.text(value)


def dated(article: Article) -> str:
    """The day of publication and where it was found."""
    if article.published is None:
        return _("Not known")
    return _(_DATE_FROM.get(article.published_from, "{day}"), day=wording.day(article.published))


def _story(library: Library, article: Article) -> None:
    others = [each for each in library.story(article.story or article.id) if each.id != article.id]
    if not others:
        return
    st.header(_("The same story elsewhere"), anchor=False)
    original = article.copy_of or article.id
    for each in others:
        same = original in (each.id, each.copy_of)
        line = N_("{origin}: {title} (the same text)") if same else N_("{origin}: {title}")
        st.button(
            wording.plain(_(line, origin=wording.origin(each.publisher, each.published), title=each.title)),
            icon=":material/article:",
            type="tertiary",
            key=f"story-{each.id}",
            on_click=show,
            args=(each.id,),
        )
    st.button(_("List them all"), icon=":material/list:", on_click=_list_story, args=(article.story,))


def _left_out(article: Article) -> None:
    """What the page carried and the text doesn't: menus, share buttons, words to a language model."""
    if not article.stripped:
        return
    st.header(_("Left out of the text"), anchor=False)
    with st.expander(plural(len(article.stripped), "{n} piece", "{n} pieces")):
        for each in article.stripped:
            st.caption(wording.plain(each.reason))
            st.text(wording.shortened(each.text, _STRIPPED_CHARS))


def _history(library: Library, article: Article) -> None:
    versions = library.versions(article.id)
    if versions:
        st.header(_("Earlier texts"), anchor=False)
    for version in reversed(versions):
        with st.expander(_("Until {day}", day=wording.day(version.replaced_at.date()))):
            st.text(version.title)
            st.text(version.body)


def show(id_: str) -> None:
    """Puts an article on the page."""
    st.query_params["article"] = id_


def _list_story(story: str) -> None:
    st.session_state[STORY] = story
    _leave()


def _leave() -> None:
    st.query_params.pop("article", None)
