"""The same story in two outlets is one story; two meetings with the same words are two."""

from __future__ import annotations

import random
from collections import defaultdict
from pathlib import Path

import pytest

from ingest.alike import compare_texts
from ingest.prepare import prepare
from ingest.shingles import BANDS, bands
from ingest.store import Store
from ingest.values import Draft, Facts, Options, Prepared
from qa.store.library import Library
from tests.ingest.corpus import Story, copied, story, template_pair


def stored(stories: list[Story], folder: Path) -> dict[int, str]:
    """Puts articles into a library in batches. Returns the story each one was given."""
    library = Library(folder, create=True)
    store = Store(library)
    ids: dict[int, str] = {}
    for at in range(0, len(stories), 100):
        batch = []
        for each in stories[at : at + 100]:
            record = each.record()
            facts = Facts(record["title"], record["publisher"], record["published"], url=record["url"])
            prepared = prepare(
                Draft(record["url"], "a.jsonl", each.body, facts, copied=True), str(each.number), Options()
            )
            assert isinstance(prepared, Prepared)
            ids[each.number] = prepared.article.id
            batch.append(prepared)
        store.put(batch)
    articles = library.articles_by_id(ids.values())
    return {number: articles[id_].story for number, id_ in ids.items()}


def judged(originals: int, pairs: int, copies: int, folder: Path) -> tuple[int, int]:
    """A corpus with copies and look-alikes: how many copies are found, how many are wrongly joined."""
    chance = random.Random(7)
    stories = [story(number) for number in range(originals)]
    chosen = [
        copied(stories[chance.randrange(originals)], originals + 2 * pairs + at, chance)
        for at in range(copies)
    ]
    for at in range(pairs):
        stories += template_pair(originals + 2 * at, chance)
    everything = stories + chosen
    chance.shuffle(everything)
    given = stored(everything, folder)
    found = sum(given[each.number] == given[each.copy_of] for each in chosen if each.copy_of is not None)
    groups: defaultdict[str, set[int]] = defaultdict(set)
    for each in everything:
        groups[given[each.number]].add(each.number if each.copy_of is None else each.copy_of)
    return found, sum(len(roots) - 1 for roots in groups.values())


def test_copies_are_found_and_look_alikes_are_kept_apart(tmp_path):
    found, wrong = judged(originals=150, pairs=25, copies=40, folder=tmp_path)
    assert found >= 38
    assert wrong == 0


@pytest.mark.slow
def test_three_hundred_copies_among_five_thousand_documents(tmp_path):
    found, wrong = judged(originals=4_300, pairs=200, copies=300, folder=tmp_path)
    assert found >= 285
    assert wrong == 0


def test_a_copy_names_its_original_and_the_later_one_is_the_copy(tmp_path):
    original = story(1)
    copy = copied(original, 2, random.Random(3))
    library = Library(tmp_path, create=True)
    stored([copy, original], tmp_path)
    articles = {article.publisher: article for article in library.articles()}
    first, second = articles[original.publisher], articles[copy.publisher]
    assert first.story == second.story
    if copy.published > original.published:
        assert (second.copy_of, first.copy_of) == (first.id, None)
    assert {each.id for each in library.story(first.story)} == {first.id, second.id}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("The fourth meeting was held on 21 January in Islamabad by both sides.", "The fourth meeting was held on 22 January in Islamabad by both sides.", False),
        ("The fourth meeting was held by Sun Weidong in the old town hall.", "The fourth meeting was held by Omar Khan in the old town hall.", False),
        ("The fourth meeting was held by Sun Weidong in the old town hall.", "The fourth meeting was held by Sun Wei-dong in the old town hall.", True),
        ("The meeting was held in the old town hall of Lahore by both sides.", "The meeting took place in the old town hall of Lahore by both sides.", True),
        ("It cost 1,000 rupees to cross the river by the old ferry.", "It cost 1000 rupees to cross the river by the old ferry.", True),
        ("According to officials the old ferry sank in the night.", "As per officials the old ferry sank in the night.", True),
    ],
)  # fmt: skip
def test_what_makes_two_stories_of_the_same_words(one, other, same):
    assert compare_texts(one, other).same is same


NOTICE = (
    "The harbour board announces that the ferry will not sail for repairs on Thursday. Passengers are asked "
    "to take the bus, which leaves the market every hour from seven in the morning, and to keep their tickets."
)


@pytest.mark.parametrize("publisher", [None, "Harbour Board"])
def test_three_monthly_notices_in_the_same_words_are_three_stories(tmp_path, publisher):
    """Whether they come as bare files or under their publisher's name; a copy of one stays its copy."""
    library = Library(tmp_path, create=True)
    store = Store(library)
    for name, day in (("a", "2024-01-08"), ("b", "2024-02-05"), ("c", "2024-03-04"), ("d", "2024-03-05")):
        draft = Draft(f"/x/{name}", "a.txt", NOTICE, Facts("Ferry repairs", publisher, day))
        prepared = prepare(draft, name, Options())
        assert isinstance(prepared, Prepared)
        store.put([prepared])
    assert len({article.story for article in library.articles()}) == 3


def test_a_weekly_notice_is_another_story_each_week_and_a_late_copy_with_a_date_is_not(tmp_path):
    library = Library(tmp_path, create=True)
    store = Store(library)
    dated = NOTICE.replace("on Thursday", "on 11 January 2024")
    given = (
        ("a", "2024-01-08", NOTICE),
        ("b", "2024-01-15", NOTICE),
        ("c", "2024-01-08", dated),
        ("d", "2024-01-15", dated),
    )
    for name, day, text in given:
        prepared = prepare(
            Draft(f"/x/{name}", "a.txt", text, Facts("Ferry repairs", f"Paper {name}", day)), name, Options()
        )
        assert isinstance(prepared, Prepared)
        store.put([prepared])
    stories = {article.publisher: article.story for article in library.articles()}
    assert stories["Paper a"] != stories["Paper b"]
    assert stories["Paper c"] == stories["Paper d"]


def test_bands_are_the_same_for_ever_since_libraries_keep_them():
    found = bands(" ".join(f"word{number * 7 % 61}" for number in range(90)))
    assert (len(found), found[0], found[-1]) == (BANDS, -350976839786972834, 6682386738527551352)


def test_bands_of_a_text_that_is_too_short_or_has_no_spaces():
    assert bands("Too short to compare.") == ()
    assert (
        len(bands("中巴经济走廊国际合作协调工作组第四次会议星期日在伊斯兰堡举行双方同意加强合作" * 2)) == 32
    )
