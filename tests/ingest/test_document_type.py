"""Official statement, report or opinion."""

from __future__ import annotations

import pytest

from ingest.document_type import document_type, issuer_of
from ingest.values import Facts


@pytest.mark.parametrize(
    ("publisher", "title", "section", "url", "body", "kind"),
    [
        ("Ministry of Foreign Affairs", "Talks held", None, None, "The talks were held.", "official"),
        ("Dawn", "Talks held", None, None, "The talks were held.", "report"),
        ("Dawn", "Why talks fail", "Opinion", None, "Talks fail.", "opinion"),
        ("Dawn", "Editorial: Talks", None, None, "Talks fail.", "opinion"),
        (None, "Joint Statement of the two countries", None, None, "The two sides met.", "official"),
        (None, "Talks held", None, "https://mofa.gov.pk/talks", "The talks were held.", "official"),
        ("Dawn", "Talks", None, "https://dawn.example/opinion/talks", "Talks fail.", "opinion"),
        (None, "Talks", None, None, "PRESS RELEASE\n\nThe talks were held.", "official"),
        ("The Government Times", "Talks", None, None, "The talks were held.", "report"),
        (
            "Dawn",
            "Talks",
            None,
            None,
            "I think so. I believe it. I was there, and I would go again.",
            "opinion",
        ),
        ("Dawn", "Talks", None, None, "“I think so. I believe it. I was there,” he said.", "report"),
    ],
)
def test_kinds(publisher, title, section, url, body, kind):
    assert document_type(Facts(section=section, url=url), title, publisher, body) == kind


def test_an_official_statement_names_its_issuing_body_and_a_wire_story_its_agency():
    assert issuer_of("official", "Ministry of Planning", None, "") == "Ministry of Planning"
    issued = "The statement was issued by the Ministry of Finance of Pakistan today."
    assert issuer_of("official", None, None, issued) == "Ministry of Finance of Pakistan"
    assert issuer_of("report", "Dawn", "Reuters", "") == "Reuters"
