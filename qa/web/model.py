"""Which language model answers: its name, and behind it the others that a server offers, to choose from."""

from __future__ import annotations

import streamlit as st

from qa.core.errors import DatelineError
from qa.models import llm, offered
from qa.web import state, wording
from qa.web.engine import engine
from qa.web.language import _

_BOX = "model-box"
_KEPT_S = 60.0


def draw() -> None:
    """Draws the name of the model; a server is asked for its models once the reader looks."""
    settings = engine().settings
    chosen = state.model() or settings.llm
    said = wording.plain(llm.name(settings.model_copy(update={"llm": chosen})))
    popover = st.popover(
        said,
        icon=":material/neurology:",
        type="tertiary",
        help=_("The language model that answers"),
        key="which-model",
        on_change="rerun",
    )
    if popover.open:
        with popover:
            _choose(chosen)


def _choose(chosen: str) -> None:
    if not offered.lists(engine().settings):
        st.markdown(_("This language model writes the answers. Set another before you start the app:"))
        st.markdown(
            "\n".join(
                f"- {line}"
                for line in (
                    _("a model file: {setting}", setting="`DATELINE_LLM=builtin:FILE.gguf`"),
                    _("Ollama: {setting}", setting="`DATELINE_LLM=ollama:NAME`"),
                    _(
                        "any other server: {setting} and {address}",
                        setting="`DATELINE_LLM=openai:NAME`",
                        address="`DATELINE_LLM_URL=http://HOST/v1`",
                    ),
                )
            )
        )
        return
    try:
        names = _offered()
    except DatelineError as error:
        st.warning(wording.plain(_(str(error))), icon=":material/info:")
        return
    st.session_state[_BOX] = chosen
    st.selectbox(
        _("The language model that answers"),
        list(dict.fromkeys([chosen, *names])),
        key=_BOX,
        on_change=lambda: state.set_model(st.session_state[_BOX]),
    )
    st.caption(_("It answers from your next question on, until you close the page."))


@st.cache_data(show_spinner=False, ttl=_KEPT_S, max_entries=1)
def _offered() -> tuple[str, ...]:
    return offered.offered(engine().settings)
