"""The normaliser (words here are mixed-script on purpose)."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest

from kzsearch.text import normalize, normalize_text
from kzsearch.text.data_files import rows


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("и\u0306е\u0308", "йё"),
        ("әи\u0306ел", "әйел"),
        ("қа\u00adзақ", "қазақ"),
        ("қа\u200bзақ\ufeff", "қазақ"),
        ("\u200e12.09.2025\u200f", "12.09.2025"),
        ("10\u00a0000", "10 000"),
        ("10\u202f000", "10 000"),
        ("ел\u2011жұрт, Қазақстан–Италия", "ел-жұрт, Қазақстан-Италия"),
        ("−25", "-25"),
        ("д’Артаньян oʼqıdy o`qıdy", "д'Артаньян o'qıdy o'qıdy"),
    ],
)
def test_forms_of_one_writing_become_one(written: str, normal: str) -> None:
    assert normalize_text(written) == normal


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("прави\u0301тельство", "правительство"),
        ("за\u0301мок", "замок"),
        ("е\u0308\u0301лка", "ёлка"),
        ("а\u0341", "а"),
        ("прáво", "право"),
    ],
)
def test_stress_marks_go_from_cyrillic_vowels(written: str, normal: str) -> None:
    assert normalize_text(written) == normal


@pytest.mark.parametrize(
    "word", ["Qyrǵyzstanda", "ótkiziledi", "ńúýá", "baılanysty", "Şığarmaşılıq"]
)
def test_accents_of_latin_alphabets_stay(word: str) -> None:
    assert normalize_text(word) == word
    assert normalize_text(unicodedata.normalize("NFD", word)) == word


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("Бүгiн мемлекеттiк", "Бүгін мемлекеттік"),
        ("жəне Əрине", "және Әрине"),
        ("xалықаралық", "халықаралық"),
        ("ɵнер", "өнер"),
        ("берëзка", "берёзка"),
        ("жаӊа", "жаңа"),
        ("Yкімет", "Үкімет"),
    ],
)
def test_latin_lookalikes_are_repaired_inside_cyrillic_words(written: str, normal: str) -> None:
    assert normalize_text(written) == normal


@pytest.mark.parametrize(
    ("written", "normal"),
    [("Тengrinews", "Tengrinews"), ("Kristinа", "Kristina"), ("оrtalyǵy", "ortalyǵy")],
)
def test_a_cyrillic_letter_in_a_latin_word_is_repaired_too(written: str, normal: str) -> None:
    assert written != normal
    assert normalize_text(written) == normal


@pytest.mark.parametrize(
    "word", ["UEFA", "DVD", "Əliyev", "Schrödinger", "Facebookте", "Z-ұрпақ", "COVID-тан", "э"]
)
def test_what_is_not_mixed_up_stays(word: str) -> None:
    assert normalize_text(word) == word


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("ХХІ ғасыр", "XXI ғасыр"),
        ("ХІХ-ХХ ғғ.", "XIX-XX ғғ."),
        ("ІІІ тоқсан", "III тоқсан"),
        ("ХV", "XV"),
        ("XІX", "XIX"),
        ("ХҮІІІ", "XVIII"),
        ("YІ", "VI"),
        ("V", "V"),
        ("I Петр, І топ", "I Петр, I топ"),
    ],
)
def test_roman_numerals_become_latin(written: str, normal: str) -> None:
    assert normalize_text(written) == normal


@pytest.mark.parametrize("word", ["ІІМ", "СІМ", "Х. Ерғалиев", "ХАМ", "іс", "ХІЛ", "ІІХ", "ҮХ"])
def test_cyrillic_words_are_not_taken_for_numerals(word: str) -> None:
    assert normalize_text(word) == word


def test_every_character_keeps_its_place() -> None:
    text = "қа\u00adзақ и\u0306од, жəне"
    normal = normalize(text)
    assert normal.text == "қазақ йод, және"
    pieces = [text[s:e] for s, e in zip(normal.starts, normal.ends, strict=True)]
    assert pieces == [*"қазақ ", "и\u0306", *"од, жəне"]


def test_marks_of_any_script_look_alike_to_patterns() -> None:
    assert normalize("क\u094d x\u0302 5\u20dd").shape == "क\u0301 x\u0301 5\u0301"


def test_deleted_and_replaced_characters_are_what_their_row_says() -> None:
    for code, to, what, _ in rows("characters"):
        character = chr(int(code.removeprefix("U+"), 16))
        category = unicodedata.category(character)
        if what == "space":
            assert category == "Zs", code
        elif what in ("direction", "invisible"):
            assert category == "Cf", code
        elif what == "letter":
            assert unicodedata.name(character).startswith("CYRILLIC"), code
        assert normalize_text(f"б{character}") == "б" + (
            "" if to == "delete" else chr(int(to[2:], 16))
        )


def test_a_run_of_marks_costs_no_more_than_its_length(
    grows_no_faster: Callable[[Callable[[str], object], str], bool],
) -> None:
    assert grows_no_faster(lambda marks: normalize("а" + marks), "\u0301\u0316")


def test_signs_of_old_fonts_are_letters_beside_letters_however_many() -> None:
    assert [normalize_text(text) for text in ("¥лт", "¥¥Ҋ", "а¥¥", "5¥ ал")] == [
        "Ұлт",
        "ҰҰҊ",
        "аұұ",
        "5¥ ал",
    ]
