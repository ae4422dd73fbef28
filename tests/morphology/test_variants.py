"""The other ways to write a token, as further stems of it.

Numerals and designations are mixed-script on purpose.
"""

import pytest

from kzsearch.morphology import Analyzer
from kzsearch.text.data_files import rows

ANALYZER = Analyzer()


def stems(text: str) -> tuple[str, ...]:
    return ANALYZER.analyze(text)[0].stems


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("15.000", ("15000",)),
        ("15,000", ("15000",)),
        ("1.234.567-ге", ("1234567",)),
        ("1.234", ("1,234", "1234")),
        ("0.125", ("0,125",)),
        ("25.5", ("25,5",)),
        ("15.30-да", ("15,30", "15:30")),
        ("15,30", ("15,30",)),
        ("25.70", ("25,70",)),
        ("09:05", ("9:05",)),
        ("12.09.2025", ("12.09.2025",)),
        ("007", ("007",)),
    ],
)
def test_a_number_has_one_spelling(text: str, expected: tuple[str, ...]) -> None:
    assert stems(text) == expected


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        *(("ХХІ", "21"), ("ХІХ", "19"), ("XX", "20"), ("ІV", "4"), ("XIV-ші", "14")),
        *(("ХҮІІІ", "18"), ("XLIX", "49"), ("І", "1"), ("V", "5"), ("Х", "10"), ("XXXVIII", "38")),
    ],
)
def test_a_roman_numeral_is_a_number(numeral: str, value: str) -> None:
    assert value in stems(f"{numeral} ғасыр")


@pytest.mark.parametrize("text", ["Х. Досмұхамедов", "V. Putin", "mix", "XIIX", "С ғасыр"])
def test_initials_and_words_are_no_numerals(text: str) -> None:
    assert not any(stem.isdigit() for stem in stems(text))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        *(("40 км-ге", "километр"), ("100₸", "теңге"), ("100$", "доллар"), ("5 м", "метр")),
        *(("10 т.", "тонна"), ("2025 ж.", "жыл"), ("30°C-қа", "градус"), ("83%-ы", "пайыз")),
        *(("XIX ғ.", "ғасыр"), ("15млрд", "миллиард"), ("5 млн рублей", "миллион")),
    ],
)
def test_a_unit_has_its_word_with_it(text: str, word: str) -> None:
    assert any(word in term.stems for term in ANALYZER.analyze(text))
    assert any(word in term.stems for term in ANALYZER.analyze(text, query=True))


@pytest.mark.parametrize("text", ["М. Әуезов", "т. б.", "Ғ. Мүсірепов, 5-сынып", "бес м"])
def test_letters_are_units_behind_a_number_only(text: str) -> None:
    words = {"метр", "тонна", "ғасыр"}
    assert all(words.isdisjoint(term.stems) for term in ANALYZER.analyze(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *(("С-400", "C-400"), ("С-400-дің", "S-400"), ("А320", "A-320"), ("Н5N1", "H5N1")),
        *(("Ту-154", "Tu-154"), ("Т-72", "T72"), ("М-11", "M-11"), ("4К", "4K")),
    ],
)
def test_a_designation_is_the_same_in_either_alphabet(one: str, other: str) -> None:
    assert set(stems(one)) & set(stems(other))


@pytest.mark.parametrize("text", ["5млн", "2025-жыл", "алматы-2030", "ә-1"])
def test_other_words_with_digits_are_no_designations(text: str) -> None:
    assert not any(stem.isascii() and not stem.isdigit() for stem in stems(text))


@pytest.mark.parametrize(
    ("hyphened", "joined"),
    [("іс-шаралар", "ісшаралар"), ("Нұр-Сұлтанға", "Нұрсұлтанға"), ("темір-жол", "теміржол")],
)
def test_a_compound_with_a_hyphen_is_found_joined(hyphened: str, joined: str) -> None:
    assert set(stems(hyphened)) & set(stems(joined))


def test_designation_letters_have_examples() -> None:
    for letter, twin, sound, example in rows("designations"):
        assert letter in example.lower()
        assert twin == "-" or twin.isascii()
        assert sound.isascii()


def test_a_kazakh_root_is_no_form_of_another_russian_word() -> None:
    assert ANALYZER.analyze("сот", query=True)[0].stems == ("сот",)
    assert "человек" in ANALYZER.analyze("людей", query=True)[0].stems
