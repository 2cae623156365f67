"""The page fetcher and the feed reader against servers that mean harm, on loopback."""

from __future__ import annotations

import gzip
import hashlib
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from ingest import web as web_module
from ingest.fetch import Fetcher, is_public
from ingest.pipeline import ingest
from ingest.values import Options
from qa.core.errors import RefusedError, UnavailableError
from qa.core.settings import Settings
from qa.store.library import Library
from tests.dripping import dripping
from tests.ingest.pages import PARAGRAPHS, TITLE, pages
from tests.serving import serving

ENTRY = "<item><title>{0}</title><link>{1}/page/{0}</link><guid>{0}</guid><pubDate>Tue, 12 Nov 2024 09:30:00 GMT</pubDate></item>"


def sitemap(root: str, addresses: list[str], changed: str) -> bytes:
    """A sitemap of pages ("urlset") or of sitemaps ("sitemapindex")."""
    item = "url" if root == "urlset" else "sitemap"
    blocks = [f"<{item}><loc>{each}</loc></{item}>" for each in addresses]
    if changed:
        blocks[0] = blocks[0].replace(f"</{item}>", f"<lastmod>{changed}</lastmod></{item}>")
    name = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0"?><{root} xmlns="{name}">{"".join(blocks)}</{root}>'.encode()


class Server(BaseHTTPRequestHandler):
    """Answers by path; counts what was asked."""

    asked: list[str]
    not_modified: list[str]
    entries: list[str]
    changed = ""  # When a sitemap says that its first page changed.
    robots = ""

    def do_GET(self) -> None:
        self.asked.append(self.path)
        kind = self.path.split("/")[1].split("?")[0].replace("-", "_").replace(".", "_")
        getattr(self, f"_{kind}", self._missing)()

    def _send(self, data: bytes, kind: str = "text/html; charset=utf-8", **headers: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(data)

    def _missing(self) -> None:
        self.send_error(404)

    def _robots_txt(self) -> None:
        self._send(self.robots.encode(), "text/plain")

    def _page(self) -> None:
        number = self.path.rsplit("/", 1)[-1]
        html = (
            pages()[0]
            .html.replace(TITLE, f"Story {number}")
            .replace("https://harbour.example/ferry", self.path)
        )
        self._send(html.replace("212 people", f"{number}12 people").encode())

    def _feed(self) -> None:
        etag = f'"{len(self.entries)}"'
        if self.headers.get("If-None-Match") == etag:
            self.send_response(304)
            self.end_headers()
            return
        base = f"http://127.0.0.1:{self.server.server_address[1]}"
        items = "".join(ENTRY.format(entry, base) for entry in self.entries)
        xml = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><title>The Wire</title>{items}</channel></rss>'
        self._send(xml.encode(), "application/rss+xml", ETag=etag)

    def _sitemap_xml(self) -> None:
        base = f"http://127.0.0.1:{self.server.server_address[1]}"
        self._send_sitemap(
            "urlset",
            [
                *(f"{base}/page/{each}" if each.isdigit() else f"{base}/{each}" for each in self.entries),
                "http://elsewhere.example/x",
            ],
        )

    def _index_xml(self) -> None:
        base = f"http://127.0.0.1:{self.server.server_address[1]}"
        self._send_sitemap("sitemapindex", [f"{base}/sitemap.xml", f"{base}/index.xml"])

    def _packed_xml_gz(self) -> None:
        base = f"http://127.0.0.1:{self.server.server_address[1]}"
        self._send(gzip.compress(sitemap("urlset", [f"{base}/page/1"], "")), "application/x-gzip")

    def _bomb_xml_gz(self) -> None:
        self._send(gzip.compress(bytes(100_000_000)), "application/x-gzip")

    def _send_sitemap(self, root: str, addresses: list[str]) -> None:
        data = sitemap(root, addresses, self.changed)
        modified = "Tue, 12 Nov 2024 09:30:00 GMT"
        etag = f'"{hashlib.md5(data).hexdigest()}"'
        if self.headers.get("If-None-Match") == etag and self.headers.get("If-Modified-Since") == modified:
            self.not_modified.append(self.path)
            self.send_response(304)
            self.end_headers()
            return
        self._send(data, "application/xml", ETag=etag, Last_Modified=modified)

    def _private(self) -> None:
        self.send_response(302)
        self.send_header("Location", "http://192.168.0.1/secret")
        self.end_headers()

    def _file(self) -> None:
        self.send_response(302)
        self.send_header("Location", "file:///etc/passwd")
        self.end_headers()

    def _loop(self) -> None:
        self.send_response(302)
        self.send_header("Location", "/loop")
        self.end_headers()

    def _endless(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self._pour(b"<p>" + b"x" * 1_000_000)

    def _declared(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(10_000_000_000))
        self.end_headers()
        self._pour(b"x" * 1_000_000)

    def _pour(self, part: bytes) -> None:
        try:
            for _ in range(10_000):
                self.wfile.write(part)
        except OSError:
            pass

    def _drip(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self._trickle()

    def _drip_head(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        self._trickle()

    def _trickle(self) -> None:
        try:
            for _ in range(60):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.2)
        except OSError:
            pass

    def _lie(self) -> None:
        self._send(b"\x7fELF" + bytes(range(256)) * 40, "text/html")

    def _picture(self) -> None:
        self._send(b"\x89PNG\r\n", "image/png")

    def _busy(self) -> None:
        self.send_error(503)

    def log_message(self, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def server(monkeypatch) -> Iterator[tuple[str, type[Server]]]:
    """A server on loopback and its handler, no pause between requests to it."""
    monkeypatch.setattr(web_module, "HOST_SECONDS", 0.0)
    handler = type("Handler", (Server,), {"asked": [], "not_modified": [], "entries": ["1", "2"]})
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    with serving(httpd) as address:
        yield address, handler


@pytest.fixture
def open_settings(tmp_path) -> Settings:
    return Settings(library=tmp_path / "library", fetch_private_addresses=True)


def fetcher(settings: Settings, **limits: float) -> Fetcher:
    return Fetcher(settings, **{"max_bytes": 3_000_000, "seconds": 2.0} | limits)  # type: ignore[arg-type]


def test_loopback_is_refused_without_the_test_only_setting(server, settings):
    with pytest.raises(RefusedError, match="private network"):
        fetcher(settings).fetch(f"{server[0]}/page/1")
    assert server[1].asked == []


def test_a_redirect_into_a_private_network_is_refused(server, open_settings, monkeypatch):
    """The first address is let through as if it were public, the one it redirects to is checked."""
    strict = fetcher(open_settings.model_copy(update={"fetch_private_addresses": False}))
    monkeypatch.setattr(
        "ingest.fetch.is_public", lambda address: address == "127.0.0.1" or is_public(address)
    )
    with pytest.raises(RefusedError, match="private network"):
        strict.fetch(f"{server[0]}/private")
    with pytest.raises(RefusedError, match="http and https"):
        strict.fetch(f"{server[0]}/file")


def test_the_address_that_was_checked_is_the_one_connected_to(server, open_settings, monkeypatch):
    """A name that resolves to a private address the second time gains nothing: it is resolved once."""
    import socket

    port = int(server[0].rsplit(":", 1)[1])
    answers = [[(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]]
    real = socket.getaddrinfo

    def resolve(host, *args, **kwargs):
        return answers.pop() if host == "rebind.example" else real(host, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    fetched = fetcher(open_settings).fetch(f"http://rebind.example:{port}/page/3")
    assert b"Story 3" in fetched.data
    assert answers == []


@pytest.mark.parametrize(
    ("path", "error", "words"),
    [
        ("endless", RefusedError, "larger than 3 MB"),
        ("declared", RefusedError, "larger than 3 MB"),
        ("drip", UnavailableError, "within 2 seconds"),
        ("drip-head", UnavailableError, "within 2 seconds"),
        ("loop", RefusedError, "redirects more than"),
        ("missing", RefusedError, "404"),
        ("busy", UnavailableError, "503"),
    ],
)
def test_what_a_hostile_server_does_ends_in_a_sentence(server, open_settings, path, error, words):
    began = time.monotonic()
    with pytest.raises(error, match=words):
        fetcher(open_settings).fetch(f"{server[0]}/{path}")
    assert time.monotonic() - began < 20


def test_a_head_that_drips_is_let_go_of(open_settings):
    with dripping() as (url, left):
        with pytest.raises(UnavailableError, match="within 0 seconds"):
            fetcher(open_settings, seconds=0.2).fetch(url)
        assert left.get(timeout=30)


def test_a_lie_about_the_type_and_a_picture_are_refused(server, open_settings):
    report = ingest([f"{server[0]}/lie", f"{server[0]}/picture"], open_settings)
    assert [refusal.reason for refusal in report.refused] == [
        "There is 'image/png' at this address, which is no document that is read here.",
        "It is a program.",
    ]


def test_a_page_is_taken_in_with_its_address(server, open_settings):
    assert ingest([f"{server[0]}/page/3"], open_settings).added == 1
    (article,) = Library(open_settings.library).articles()
    assert article.title == "Story 3"
    assert article.url == f"{server[0]}/page/3"
    assert PARAGRAPHS[1] in article.body


def test_a_feed_gives_its_new_entries_only_and_asks_conditionally(server, open_settings):
    base, handler = server
    options = Options(feeds=(f"{base}/feed",))
    assert ingest([], open_settings, options).added == 2
    asked = len(handler.asked)
    assert ingest([], open_settings, options).added == 0
    assert [path for path in handler.asked[asked:] if path.startswith("/page")] == []
    handler.entries.append("3")
    assert ingest([], open_settings, options).added == 1
    titles = {article.title for article in Library(open_settings.library).articles()}
    assert titles == {"Story 1", "Story 2", "Story 3"}


def test_a_sitemap_is_followed_on_its_own_site(server, open_settings):
    report = ingest([f"{server[0]}/sitemap.xml"], open_settings)
    assert (report.added, report.refused) == (2, ())


@pytest.mark.parametrize("path", ["sitemap.xml", "index.xml"])
def test_a_sitemap_gives_its_new_pages_only_and_is_asked_conditionally(server, open_settings, path):
    base, handler = server
    assert ingest([f"{base}/{path}"], open_settings).added == 2
    handler.asked.clear()
    assert ingest([f"{base}/{path}"], open_settings).added == 0
    assert [each for each in handler.asked if each.startswith("/page")] == []
    assert handler.not_modified[-1] == "/sitemap.xml"
    handler.entries.append("3")
    assert ingest([f"{base}/{path}"], open_settings).added == 1
    assert [each for each in handler.asked if each.startswith("/page")] == ["/page/3"]


def test_a_page_that_a_sitemap_says_has_changed_is_read_again(server, open_settings):
    base, handler = server
    ingest([f"{base}/sitemap.xml"], open_settings)
    handler.asked.clear()
    handler.changed = "2024-11-13"
    assert ingest([f"{base}/sitemap.xml"], open_settings).unchanged == 1
    assert [each for each in handler.asked if each.startswith("/page")] == ["/page/1"]


def test_a_page_that_could_not_be_had_is_asked_for_again_and_one_that_is_gone_is_not(server, open_settings):
    base, handler = server
    handler.entries[:] = ["1", "busy", "missing"]
    assert len(ingest([f"{base}/sitemap.xml"], open_settings).refused) == 2
    handler.asked.clear()
    assert len(ingest([f"{base}/sitemap.xml"], open_settings).refused) == 1
    assert handler.asked == ["/robots.txt", "/sitemap.xml", "/busy"]


def test_a_visit_that_was_cut_short_goes_on_where_it_was(server, open_settings):
    base, handler = server
    handler.entries[:] = [str(number) for number in range(1, 41)]
    seen: list[object] = []
    first = ingest([f"{base}/sitemap.xml"], open_settings, progress=seen.append, stop=lambda: len(seen) >= 12)
    assert 10 <= first.added < 40
    handler.asked.clear()
    assert ingest([f"{base}/sitemap.xml"], open_settings).added == 40 - first.added
    pages = [each for each in handler.asked if each.startswith("/page")]
    assert len(pages) == 40 - first.added


def test_a_packed_sitemap_is_read_and_a_bomb_is_not(server, open_settings):
    report = ingest([f"{server[0]}/packed.xml.gz", f"{server[0]}/bomb.xml.gz"], open_settings)
    assert report.added == 1
    assert [refusal.reason for refusal in report.refused] == ["It unpacks to more than 60 MB."]


def test_robots_txt_is_honoured(server, open_settings):
    server[1].robots = "User-agent: *\nDisallow: /page/"
    (refusal,) = ingest([f"{server[0]}/page/3"], open_settings).refused
    assert "robots.txt" in refusal.reason
    assert "/page/3" not in server[1].asked


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",
     "::1", "::", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "fe80::1%eth0",
     "192.0.0.192", "192.0.0.9", "64:ff9b:1::808:808", "64:ff9b:1:ffff::7f00:1", "::ffff:0:127.0.0.1", "::ffff:0:169.254.169.254",
     "::127.0.0.1", "::10.0.0.1", "::169.254.169.254", "fec0::1", "feff::1"],
)  # fmt: skip
def test_addresses_that_are_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_addresses_that_are(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "url", ["ftp://example.org/a", "file:///etc/passwd", "http://", "http://[::1", "gopher://x/"]
)
def test_what_is_no_web_address(settings, url):
    with pytest.raises(RefusedError):
        fetcher(settings).fetch(url)
