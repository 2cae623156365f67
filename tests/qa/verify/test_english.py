"""The verifier that knows English alone judges nothing else, and a reader is told."""

from __future__ import annotations

from qa.verify.english import EnglishOnly, unproved
from qa.verify.entailment import Entailment, Pair
from tests.qa.judging import YES, Judging

ENGLISH = "The fourth meeting of the joint working group was held in Islamabad on Sunday."
CHINESE = "联合工作组第四次会议星期日在伊斯兰堡举行。"
GERMAN = "Die vierte Sitzung der gemeinsamen Arbeitsgruppe fand am Sonntag in Islamabad statt."


def test_what_is_not_in_english_is_neither_proved_nor_contradicted() -> None:
    judging = Judging()
    pairs = [Pair(text, claim) for text in (ENGLISH, CHINESE, GERMAN) for claim in (ENGLISH, CHINESE)]
    judged = EnglishOnly(judging).judge(pairs)
    assert judged == [YES, *[Entailment(0, 0)] * 5]
    assert judging.asked == [Pair(ENGLISH, ENGLISH)]


def test_a_reader_is_told_which_language_is_not_proved() -> None:
    assert unproved("Where was it held?", [ENGLISH, CHINESE]) is None
    assert "told in Chinese" in (unproved("Where was it held?", [CHINESE]) or "")
    assert "told in Urdu" in (unproved("چوتھا اجلاس کہاں منعقد ہوا تھا؟", [ENGLISH]) or "")
