from __future__ import annotations

import datetime as dt

from qa.corroboration import corroborate
from qa.draft import Draft
from qa.evidence import Candidate
from qa.proposal import propose
from qa.types import Article, Filters, Hit, Passage, Retrieval

MINE = "Anna Berg founded the copper mine at Lake Ilo in 1998. It employs 400 people."
PRIZE = "The city gave its gold medal for engineering to Anna Berg on Sunday. She thanked her teachers."
OTHER = "Paul Stone opened a copper mine at Lake Ilo. The city gave him a gold medal for engineering."


def article(id_: str, publisher: str, body: str) -> Article:
    return Article(
        id=id_, source=id_, title="News", body=body, publisher=publisher, published=dt.date(2024, 1, 21)
    )


def candidates(*articles: Article) -> list[Candidate]:
    first = [(each, each.body.index(". ") + 1) for each in articles]
    return [Candidate(each, 0, (0, end), 0.5, 0.5, 0.5) for each, end in first]


NUMBERS = {"a": 1, "b": 2, "c": 3}
QUESTION = "Who founded the copper mine at Lake Ilo, as Dawn reports, and received the city's gold medal for engineering?"


def test_each_part_of_a_question_rests_on_a_document_that_names_the_answer() -> None:
    found = candidates(article("a", "Dawn", MINE), article("b", "The News", PRIZE), article("c", "X", OTHER))
    proved = corroborate(QUESTION, "Berg", found, NUMBERS)
    assert proved is not None
    assert proved.name == "Anna Berg"
    assert [step.citations[0].number for step in proved.steps] == [1, 2]
    assert "copper mine" in proved.steps[0].question
    assert "Dawn" not in proved.steps[0].question
    assert proved.steps[1].text == "The city gave its gold medal for engineering to Anna Berg on Sunday."
    assert (len(proved.steps), proved.unproved) == (2, 0)


def test_one_document_or_one_part_is_no_corroboration() -> None:
    one = candidates(article("a", "Dawn", MINE))
    assert corroborate(QUESTION, "Anna Berg", one, NUMBERS) is None
    both = candidates(article("a", "Dawn", MINE), article("b", "The News", PRIZE))
    assert corroborate("Who founded the copper mine at Lake Ilo?", "Anna Berg", both, NUMBERS) is None
    assert corroborate(QUESTION, "in 1998", both, NUMBERS) is None


def test_a_draft_that_no_passage_bears_is_proved_part_by_part_or_not_given() -> None:
    found = candidates(article("a", "Dawn", MINE), article("b", "The News", PRIZE))
    hits = tuple(
        Hit(Passage(each.id, each.id, 0, 0, 0, len(each.body), each.body), each, 1.0, rank)
        for rank, each in enumerate((candidate.article for candidate in found), start=1)
    )
    retrieval = Retrieval(QUESTION, hits, None, Filters(), None, 0)
    written = "Anna Berg founded the copper mine at Lake Ilo and received the city's gold medal for engineering [1]."
    proposal = propose(QUESTION, Draft(written), retrieval, found)
    assert proposal.claims[0].text == "Anna Berg."
    assert len(proposal.steps) == 2
    assert {each.number for each in proposal.citations} == {1, 2}
    wrong = propose(QUESTION, Draft(written.replace("Anna Berg", "Paul Stone")), retrieval, found)
    assert "Paul Stone" not in " ".join(claim.text for claim in wrong.claims)
