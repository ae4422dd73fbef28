from __future__ import annotations

import unicodedata

from kzsearch.text import alphabet


def test_there_are_42_cyrillic_letters_each_once() -> None:
    assert len(alphabet.LETTERS) == len(set(alphabet.LETTERS)) == 42
    for letter in alphabet.LETTERS + alphabet.LETTERS.upper():
        assert unicodedata.name(letter).startswith("CYRILLIC ")


def test_the_letters_that_russian_lacks_are_the_ones_unicode_names() -> None:
    assert {unicodedata.name(letter).removeprefix("CYRILLIC SMALL LETTER ") for letter in
            alphabet.KAZAKH_ONLY} == {
        "SCHWA",
        "GHE WITH STROKE",
        "KA WITH DESCENDER",
        "EN WITH DESCENDER",
        "BARRED O",
        "STRAIGHT U WITH STROKE",
        "STRAIGHT U",
        "SHHA",
        "BYELORUSSIAN-UKRAINIAN I",
    }  # fmt: skip


def test_every_letter_is_in_one_class() -> None:
    classes = [
        alphabet.BACK_VOWELS,
        alphabet.FRONT_VOWELS,
        alphabet.NEUTRAL_VOWELS,
        alphabet.VOICELESS,
        alphabet.VOICED,
        alphabet.SONORANTS,
        alphabet.SIGNS,
    ]
    assert sorted("".join("".join(letters) for letters in classes)) == sorted(alphabet.LETTERS)
    assert set(alphabet.LETTERS) == alphabet.VOWELS | alphabet.CONSONANTS | alphabet.SIGNS


def test_sorting_follows_the_alphabet_and_not_code_points() -> None:
    words = ["яғни", "ұн", "үн", "әке", "қала", "ана", "іс", "кел", "ңа", "Бала", "бала", "ёлка"]
    assert sorted(words, key=alphabet.sort_key) == [
        *("ана", "әке", "бала", "Бала", "ёлка", "кел", "қала", "ңа", "ұн", "үн", "іс", "яғни"),
    ]


def test_digits_sort_before_letters_other_alphabets_after_and_prefixes_first() -> None:
    words = ["zoom", "я", "2025", "а", "аб", "а-б", "audi"]
    assert sorted(words, key=alphabet.sort_key) == ["2025", "а", "а-б", "аб", "я", "audi", "zoom"]
