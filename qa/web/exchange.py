"""Draws a question and what came of it; the same for a stored one and the one just written."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from qa.core.types import Claim, Digest, Step
from qa.web import digest as digests
from qa.web import disagreements, prose, refusal, state, withdrawn, wording
from qa.web.actions import actions
from qa.web.cards import draw_cards
from qa.web.conversations import Exchange
from qa.web.error_boundary import calmly
from qa.web.language import _, current, plural

_TITLE_CHARS = 90


def draw(exchange: Exchange, position: int, *, last: bool) -> None:
    """Draws a finished exchange. Only the last one can be asked again, edited or followed up."""
    with place(position):
        draw_question(exchange.question, exchange.standalone)
        _draw_answer(exchange, position, last)


def place(position: int) -> DeltaGenerator:
    """Where an exchange is drawn, set apart from the one before it."""
    return st.container(key=f"exchange-{position}")


def draw_question(text: str, standalone: str = "") -> None:
    """Draws a question as the headline of its answer, and how it was understood where that differs."""
    with st.chat_message("user"):
        st.markdown(wording.plain(text))
        if standalone and standalone.casefold() != text.strip().casefold():
            st.caption(wording.plain(_("Understood as: {question}", question=standalone)))


def _draw_answer(exchange: Exchange, position: int, last: bool) -> None:
    with st.chat_message("assistant"):
        if exchange.basis.as_of:
            as_of = _("As of {day}", day=wording.day(exchange.basis.as_of))
            st.badge(as_of, icon=":material/history:", color="gray")
        match exchange.outcome:
            case "failed":
                st.warning(wording.plain(_(exchange.message)), icon=":material/info:")
            case "not_in_library":
                refusal.draw(exchange, position)
                withdrawn.draw(exchange)
            case _:
                _answered(exchange, position)
        if exchange.message and exchange.outcome != "failed":
            st.warning(wording.plain(_(exchange.message)), icon=":material/info:")
        actions(exchange, position, last=last)
        if last and exchange.followups:
            _next_questions(exchange.followups, position)


def _answered(exchange: Exchange, position: int) -> None:
    if exchange.digest is not None:
        _gathered(exchange, exchange.digest, position)
        return
    draw_cards(exchange, position)
    if exchange.note:
        st.caption(wording.plain(exchange.note))
    if exchange.outcome == "stopped":
        if exchange.text:
            st.caption(_("Draft, not checked: it was stopped before it was finished."))
            with st.container(key=state.key("stopped", position)):
                st.markdown(wording.plain(exchange.text))
        else:
            st.caption(_("Stopped before anything was written."))
        return
    prose.draw(state.key("prose", position), position, wording.paragraphs(exchange))
    _standing(exchange, position)
    withdrawn.draw(exchange)
    _superseded(exchange, position)
    disagreements.draw(exchange, position)
    if exchange.steps:
        _steps(exchange.steps, position)


def _standing(exchange: Exchange, position: int) -> None:
    """The line under an answer; how it was checked stands behind a button."""
    unsure = wording.unsure(exchange)
    said = f"**{wording.plain(unsure)}{current().stop.rstrip()}** " if unsure else ""
    said += wording.plain(wording.summary(exchange))
    with st.container(
        horizontal=True, vertical_alignment="center", gap="small", key=state.key("checked", position)
    ):
        if said:
            st.caption(said, width="content")
        label, key = _("How was this checked?"), state.key("checks", position)
        with st.popover(label, icon=":material/fact_check:", type="tertiary", key=key):
            st.markdown("\n".join(f"- {wording.plain(each)}" for each in wording.checks(exchange)))


def _gathered(exchange: Exchange, digest: Digest, position: int) -> None:
    if exchange.note:
        st.caption(wording.plain(exchange.note))
    digests.draw(digest, position)


def _superseded(exchange: Exchange, position: int) -> None:
    """Newer documents of the stories that the answer cites, each a way to open it."""
    newer = {each.newer.article_id: each.newer for each in wording.cited(exchange.claims) if each.newer}
    for number, each in enumerate(newer.values()):
        st.button(
            wording.plain(
                _(
                    "Newer document on this story: {title} ({origin})",
                    title=wording.shortened(each.title, _TITLE_CHARS),
                    origin=wording.origin(each.publisher, each.published),
                )
            ),
            icon=":material/update:",
            type="tertiary",
            key=state.key(f"newer-{number}", position),
            on_click=state.open_whole,
            args=(each, position),
        )


def _steps(steps: tuple[Step, ...], position: int) -> None:
    said = plural(len(steps), "Answered in {n} step", "Answered in {n} steps")
    with st.expander(said, icon=":material/account_tree:"):
        for number, step in enumerate(steps, start=1):
            st.caption(f"{number}\\. {wording.plain(step.question)}")
            found = Claim(step.text, "supported", citations=step.citations)
            prose.draw(state.key(f"step-{number}", position), position, [[found]])


def _next_questions(questions: tuple[str, ...], position: int) -> None:
    with st.container(key=state.key("followups", position), gap="xsmall"):
        st.caption(_("Ask next"))
        for number, question in enumerate(questions):
            st.button(
                wording.plain(question),
                icon=":material/subdirectory_arrow_right:",
                type="tertiary",
                key=state.key(f"followup-{number}", position),
                on_click=_ask,
                args=(question,),
            )


@calmly
def _ask(question: str) -> None:
    state.ask(question)
