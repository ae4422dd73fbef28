"""Readings of typed words: the vocabulary decides, and the word as typed is never lost."""

from __future__ import annotations

import pytest

from kzsearch.text.scripts import Reason, readings

NEWS = {
    "қазақстан": 900, "үкіметі": 80, "үкімет": 120, "президенті": 200, "жаңа": 400, "жана": 2,
    "ағаш": 20, "өңір": 40, "тоқаев": 300, "қызылорда": 50, "назарбаев": 70, "шымкент": 60,
    "алматы": 500, "ара": 30, "әра": 1, "microsoft": 5, "covid-19": 30, "president": 2,
}  # fmt: skip


def known(word: str) -> float:
    return NEWS.get(word, 0)


@pytest.mark.parametrize(
    ("typed", "meant", "reason"),
    [
        ("қазақстан", "қазақстан", Reason.AS_TYPED),
        ("казакстан", "қазақстан", Reason.LETTERS),
        ("укимети", "үкіметі", Reason.LETTERS),
        ("жана", "жаңа", Reason.LETTERS),
        ("агаш", "ағаш", Reason.LETTERS),
        ("онир", "өңір", Reason.LETTERS),
        ("ара", "ара", Reason.AS_TYPED),
        ("Qazaqstan", "қазақстан", Reason.LATIN),
        ("prezıdenti", "президенті", Reason.LATIN),
        ("prezidenti", "президенті", Reason.LATIN),
        ("Úkimet", "үкімет", Reason.LATIN),
        ("Ükımet", "үкімет", Reason.LATIN),
        ("jan'a", "жаңа", Reason.LATIN),
        ("Tokayev", "тоқаев", Reason.LATIN),
        ("Nazarbayev", "назарбаев", Reason.LATIN),
        ("Kyzylorda", "қызылорда", Reason.LATIN),
        ("قازاقستان", "қазақстан", Reason.ARABIC),
        ("0fpf0cnfy", "қазақстан", Reason.LAYOUT),
        ("0аза0стан", "қазақстан", Reason.LAYOUT),
        ("rfpfrcnfy", "қазақстан", Reason.LAYOUT),
        ("йфяфйыефт", "қазақстан", Reason.LAYOUT),
        ("Ьшскщыщае", "microsoft", Reason.LAYOUT),
        ("president", "president", Reason.AS_TYPED),
        ("COVID-19", "covid-19", Reason.AS_TYPED),
        ("Wyndham", "wyndham", Reason.AS_TYPED),
        ("5G", "5g", Reason.AS_TYPED),
    ],
)
def test_the_first_reading_is_the_one_meant(typed: str, meant: str, reason: Reason) -> None:
    first = readings(typed, known)[0]
    assert (first.text, first.reason) == (meant, reason)
    assert first.frequency == known(meant)


def test_an_unknown_name_in_cyrillic_stays_as_typed() -> None:
    assert readings("Абердин", known)[0].text == "абердин"


def test_an_unknown_name_in_another_script_is_read_all_the_same() -> None:
    assert readings("Baqytjan", known)[0].text == "бақытжан"
    assert readings("باقىتجان", known)[0].text == "бақытжан"


def test_words_known_by_their_stems_are_asked_for_last() -> None:
    asked = []

    def by_stem(word: str) -> float:
        asked.append(word)
        return 0.3 if word.startswith("мектеп") else 0.0

    assert readings("казакстан", known, inflected=by_stem)[0].text == "қазақстан"
    assert "қазақстан" not in asked
    assert readings("mektepterden", known, inflected=by_stem)[0].text == "мектептерден"
    # The stem alone is no reason to repair what looks right.
    assert readings("мектептерды", known, inflected=by_stem)[0].reason is Reason.AS_TYPED


def test_the_vocabulary_is_asked_of_a_bounded_number_of_spellings() -> None:
    asked = []

    def nothing(word: str) -> float:
        asked.append(word)
        return 0.0

    readings("iyuiyuiyuiyu", nothing)
    assert len(set(asked)) < 100


def test_as_many_readings_as_asked_for_the_word_as_typed_among_them() -> None:
    for typed in ("казакстан", "qazaqstan", "قازاقستان"):
        found = readings(typed, known, limit=3)
        assert len(found) == 3
        assert any(reading.reason is Reason.AS_TYPED for reading in found)
        assert [reading.cost for reading in found] == sorted(reading.cost for reading in found)
    assert [reading.reason for reading in readings("казакстан", known, 1)] == [Reason.AS_TYPED]
