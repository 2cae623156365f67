"""Who reads: whoever signed in by Streamlit's own OIDC, or nobody in particular.

Signing in is asked for only where `.streamlit/secrets.toml` has an `[auth]` section. Without
one the app listens on loopback alone and asks nobody.
"""

from __future__ import annotations

import hashlib
from typing import Any

import streamlit as st

from qa.web.language import _
from qa.web.wording import plain


def reader() -> str:
    """Whose conversations these are: an opaque id of who signed in, "" where nobody signs in."""
    if not sign_in_wanted():
        return ""
    who: dict[str, Any] = st.user.to_dict()
    # A subject is unique only with its issuer (OpenID Connect Core, section 2); addresses change hands.
    return hashlib.sha256(f"{who.get('iss')} {who.get('sub')}".encode()).hexdigest()


def sign_in_wanted() -> bool:
    """Whether the app is set up for readers to sign in."""
    return "is_logged_in" in st.user


def let_in() -> bool:
    """Whether the reader may go on; where they have to sign in first, draws how."""
    if not sign_in_wanted() or st.user.is_logged_in:
        return True
    st.title(_("Sign in to ask"), anchor=False)
    st.markdown(_("Your conversations are kept for you alone."))
    st.button(_("Sign in"), icon=":material/login:", type="primary", on_click=st.login)
    return False


def draw() -> None:
    """Who is signed in, and the way out; nothing where nobody signs in."""
    if not sign_in_wanted():
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        name = st.user.get("name") or st.user.get("email") or _("Signed in")
        st.caption(plain(str(name)), width="stretch")
        st.button(_("Sign out"), icon=":material/logout:", type="tertiary", on_click=st.logout)
