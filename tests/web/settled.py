"""A page come to rest."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect


def settled(page: Any) -> None:
    """Waits until no script runs: Streamlit may draw a button anew under a click that comes before."""
    expect(page.locator("[data-test-script-state=notRunning]")).to_be_visible()
