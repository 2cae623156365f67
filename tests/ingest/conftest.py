"""What the tests of ingestion share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.prepare import prepare
from ingest.values import Blob, Facts, Options, Prepared, Refusal
from qa.core.settings import Settings

SEED = (
    "Meeting of CPEC Joint Working Group on International Cooperation Held\n\nSun Jan 21 2024\n"
    "icon-facebook icon-twitter icon-whatsapp\n\n"
    "ISLAMABAD: The fourth meeting of the group was held on Sunday in Islamabad. It was co-chaired by Foreign "
    "Secretary Muhammad Syrus Sajjad Qazi and Vice Minister Sun Weidong.\n\n"
    "The two sides reviewed the progress made since the 3rd meeting, held virtually on 21 July 2022.\n\n"
    "The foreign secretary reaffirmed the significance of the corridor.\n\nHe also stressed on welcoming third "
    "parties.\n\nRecalling the 2nd and the 3rd forum in September 2022 and July 2023, the two sides expressed "
    "joint support for the media.\n\nicon-facebook icon-twitter icon-whatsapp"
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings with a library of the test's own."""
    return Settings(library=tmp_path / "library")


@pytest.fixture
def take() -> Callable[..., Prepared]:
    """Reads one document as the pipeline does: `take("name.txt", text_or_bytes)`."""

    def read(name: str, data: str | bytes, *, facts: Facts = Facts(), **options: object) -> Prepared:
        raw = data.encode() if isinstance(data, str) else data
        taken = prepare(Blob(f"/somewhere/{name}", name, raw, facts=facts), "", Options(**options))  # type: ignore[arg-type]
        assert isinstance(taken, Prepared), taken
        return taken

    return read


@pytest.fixture
def refuse() -> Callable[[str, bytes], str]:
    """The reason for which a document is refused."""

    def read(name: str, data: bytes) -> str:
        taken = prepare(Blob(f"/somewhere/{name}", name, data), "", Options())
        assert isinstance(taken, Refusal), taken
        return taken.reason

    return read
