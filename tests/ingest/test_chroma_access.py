"""A Chroma server's tenant, database, token and certificate: what is right works, what is wrong is a sentence."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from ingest.pipeline import ingest
from ingest.rebuild import rebuild
from qa.cli.doctor import examine
from qa.core.errors import DatelineError, UnavailableError
from qa.core.settings import Settings
from qa.search.retriever import open_retriever
from qa.store.served_chroma import served
from tests.chroma_gate import gate, self_signed
from tests.chroma_server import chroma_server

TOKEN = "s3cret-of-the-archive"
PLACE = {"chroma_tenant": "press", "chroma_database": "archive"}


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with a tenant and a database of their own beside its usual ones."""
    with chroma_server(tmp_path_factory.mktemp("served")) as (address, _):
        tenants = f"{address}/api/v2/tenants"
        httpx.post(tenants, json={"name": "press"}).raise_for_status()
        httpx.post(f"{tenants}/press/databases", json={"name": "archive"}).raise_for_status()
        yield address


@pytest.fixture
def document(tmp_path: Path) -> str:
    file = tmp_path / "port.txt"
    file.write_text("The port\n\nDredging of the navigation channel cost 14.5 million dollars.")
    return str(file)


def collections(url: str, tenant: str, database: str) -> list[str]:
    found = httpx.get(f"{url}/api/v2/tenants/{tenant}/databases/{database}/collections")
    return [each["name"] for each in found.raise_for_status().json()]


def changed(settings: Settings, **how: object) -> Settings:
    return Settings.model_validate(settings.model_dump() | how)


def told(settings: Settings) -> tuple[bool, str]:
    return next((each.well, each.says) for each in examine(settings) if each.about == "Chroma server")


def test_a_library_lives_in_a_tenant_s_database_and_nowhere_else(
    settings: Settings, url: str, document: str
) -> None:
    usual = ("default_tenant", "default_database")
    before = collections(url, *usual)
    archive = changed(settings, chroma_url=url, **PLACE)
    ingest([document], archive)
    (first,) = collections(url, "press", "archive")
    assert "Dredging" in open_retriever(archive).search("What did the channel cost?").hits[0].passage.text
    rebuild(archive)
    (second,) = collections(url, "press", "archive")
    assert first != second  # The old collection was removed there, too.
    assert collections(url, *usual) == before
    assert told(archive) == (
        True, f"{url} answers: tenant 'press', database 'archive', without a token."
    )  # fmt: skip


@pytest.mark.parametrize("place", [{"chroma_tenant": "nobody"}, {"chroma_database": "nothing"}])
def test_a_tenant_or_database_that_is_not_there_is_a_sentence(
    settings: Settings, url: str, place: dict[str, str]
) -> None:
    well, says = told(changed(settings, chroma_url=url, **place))
    assert not well
    assert f"{next(iter(place.values()))!r}" in says
    assert "DATELINE_CHROMA_DATABASE and DATELINE_CHROMA_TENANT" in says


@pytest.mark.parametrize(
    ("header", "value"), [("Authorization", f"Bearer {TOKEN}"), ("X-Chroma-Token", TOKEN)]
)
def test_a_token_opens_a_server_and_is_shown_nowhere(
    settings: Settings, url: str, document: str, header: str, value: str
) -> None:
    with gate(url, header, value) as guarded:
        variables = {
            "DATELINE_CHROMA_URL": guarded,
            "DATELINE_CHROMA_TENANT": "press",
            "DATELINE_CHROMA_DATABASE": "archive",
            "DATELINE_CHROMA_TOKEN": TOKEN,
            "DATELINE_CHROMA_TOKEN_HEADER": header,
        }
        shown = ""
        for command in (["ingest", "add", document], ["qa", "doctor"]):
            done = subprocess.run(
                [sys.executable, "-m", *command, "--library", str(settings.library)],
                env=os.environ | variables,
                capture_output=True,
                text=True,
            )
            shown += done.stdout + done.stderr
    assert "1 added" in shown
    assert "searched just now" in shown
    assert f"{guarded} answers: tenant 'press', database 'archive', with a token." in shown
    assert TOKEN not in shown


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "lets nobody in without the right token"),
        ({"chroma_token": "wrong"}, "lets nobody in without the right token"),
        ({"chroma_token": TOKEN, "chroma_token_header": "X-Chroma-Token"}, "DATELINE_CHROMA_TOKEN_HEADER"),
        ({"chroma_token": f"two words and {TOKEN}"}, "DATELINE_CHROMA_TOKEN can't be sent"),
    ],
)
def test_a_wrong_token_is_a_sentence_that_does_not_show_it(
    settings: Settings, url: str, given: dict[str, str], says: str
) -> None:
    with gate(url, "Authorization", f"Bearer {TOKEN}") as guarded:
        well, said = told(changed(settings, chroma_url=guarded, **given))
    assert not well
    assert says in said
    assert TOKEN not in said
    assert "wrong" not in said


def test_a_certificate_is_trusted_where_the_environment_names_its_issuer(
    settings: Settings, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = self_signed(tmp_path / "certificate.pem")
    with gate(url, "Authorization", f"Bearer {TOKEN}", certificate) as guarded:
        secure = changed(settings, chroma_url=guarded, chroma_token=TOKEN)
        with pytest.raises(UnavailableError, match="CERTIFICATE_VERIFY_FAILED"):
            served(secure)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert served(secure).heartbeat()


@pytest.mark.parametrize(
    "address", ["localhost:8000", "nonsense", "http://", "http://a:b@127.0.0.1:9", "http://[::1"]
)
def test_an_address_that_is_none_or_holds_a_password_is_a_sentence(settings: Settings, address: str) -> None:
    with pytest.raises(DatelineError, match=r"DATELINE_CHROMA_URL (is|holds)") as raised:
        served(changed(settings, chroma_url=address))
    assert "a:b" not in str(raised.value)


def test_another_server_than_chroma_s_is_a_sentence(settings: Settings, url: str) -> None:
    with (
        gate(f"{url}/other", "X-Chroma-Token", TOKEN) as elsewhere,
        pytest.raises(UnavailableError, match="no Chroma server of version 1"),
    ):
        served(
            changed(settings, chroma_url=elsewhere, chroma_token=TOKEN, chroma_token_header="X-Chroma-Token")
        )
