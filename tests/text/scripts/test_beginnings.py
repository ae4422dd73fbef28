"""The beginning of a word, as typed in any script and on any keyboard."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzsearch.text.scripts import Reason, beginnings

WORDS = {
    "қазақстан": 900,
    "қазан": 90,
    "қаза": 9,
    "казахстан": 5,
    "жаңа": 300,
    "жаңалық": 200,
    "шара": 80,
    "өнер": 70,
    "үкімет": 100,
    "президент": 500,
    "qazaq": 3,
    "microsoft": 4,
}


def known(start: str) -> float:
    return sum(count for word, count in WORDS.items() if word.startswith(start))


@pytest.mark.parametrize(
    ("typed", "text", "reason"),
    [
        ("қаза", "қаза", Reason.AS_TYPED),
        ("ҚАЗА", "қаза", Reason.AS_TYPED),
        ("казак", "қазақ", Reason.LETTERS),
        ("уки", "үкі", Reason.LETTERS),
        ("qazaqs", "қазақс", Reason.LATIN),
        ("shar", "шар", Reason.LATIN),
        ("Óne", "өне", Reason.LATIN),
        ("قازا", "қаза", Reason.ARABIC),
        ("0fp", "қаз", Reason.LAYOUT),
        ("0аз", "қаз", Reason.LAYOUT),
        ("rfpfrc", "қазақс", Reason.LAYOUT),
        (";f4", "жаң", Reason.LAYOUT),
        ("ьшскщ", "micro", Reason.LAYOUT),
    ],
)
def test_what_it_stands_for(typed: str, text: str, reason: Reason) -> None:
    first = beginnings(typed, known)[0]
    assert (first.text, first.reason) == (text, reason)
    assert first.frequency == known(text)


def test_as_typed_comes_first_and_does_not_hide_the_others() -> None:
    assert [found.text for found in beginnings("каза", known)] == ["каза", "қаза"]
    assert [found.text for found in beginnings("qaza", known)] == ["qaza", "қаза"]


def test_the_likelier_comes_first_of_the_others() -> None:
    assert [found.text for found in beginnings("j", known)] == ["ж"]
    found = beginnings("k", known)
    assert [reading.text for reading in found] == ["к", "қ"][-len(found) :] or found[0].cost <= (
        found[1].cost
    )


def test_what_nothing_begins_with() -> None:
    assert beginnings("хх", known) == []
    assert beginnings("қазақстанғаа", known) == []
    assert beginnings("қ" * 5000, known) == []


def test_no_letter_yet() -> None:
    assert [found.text for found in beginnings("", known)] == [""]


@given(st.text(max_size=70), st.integers(1, 8))
def test_any_text(typed: str, limit: int) -> None:
    found = beginnings(typed, known, limit)
    assert len(found) <= limit
    assert len({reading.text for reading in found}) == len(found)
    assert all(reading.frequency == known(reading.text) > 0 for reading in found)
