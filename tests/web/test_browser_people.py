"""Signing in through a provider, in a real browser: each reader finds their own conversations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("authlib", reason="readers sign in only with the extra 'team'")

import oidc
from conftest import free_port
from playwright.sync_api import expect
from test_browser import ASKED, ask

pytestmark = pytest.mark.browser


@pytest.fixture
def provider() -> Iterator[oidc.Provider]:
    standing_in = oidc.Provider()
    yield standing_in
    standing_in.close()


def test_readers_sign_in_and_find_only_their_own(
    chromium: Any, served: Callable[..., str], folder: Path, tmp_path: Path, provider: oidc.Provider
) -> None:
    port = free_port()
    secrets = tmp_path / "secrets.toml"
    secrets.write_text(
        f'[auth]\nredirect_uri = "http://127.0.0.1:{port}/oauth2callback"\ncookie_secret = "{"x" * 40}"\n'
        f'client_id = "{oidc.CLIENT}"\nclient_secret = "none"\n'
        f'server_metadata_url = "{provider.address}/.well-known/openid-configuration"\n',
        encoding="utf-8",
    )
    address = served(folder, port=port, options=("--secrets.files", str(secrets)))
    hers = signed_in(chromium, address, provider, "she")
    ask(hers, ASKED)
    expect(hers.locator("button.cite").first).to_be_visible()
    link = hers.url
    his = signed_in(chromium, address, provider, "he")
    expect(his.get_by_text("Your questions will be kept here.")).to_be_visible()
    his.goto(link)
    expect(his.get_by_role("heading", name="What do you want to know?")).to_be_visible()
    expect(his.locator("button.cite")).to_have_count(0)
    hers.reload()
    expect(hers.locator("button.cite").first).to_be_visible()
    hers.get_by_role("button", name="Sign out").click()
    expect(hers.get_by_role("heading", name="Sign in to ask")).to_be_visible()


def signed_in(chromium: Any, address: str, provider: oidc.Provider, subject: str) -> Any:
    provider.subject = subject
    page = chromium.new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.set_default_timeout(60_000)
    page.goto(address)
    expect(page.get_by_role("heading", name="Sign in to ask")).to_be_visible()
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text(f"Reader {subject}")).to_be_visible()
    return page
