"""The vocabularies: whole, in order, and what a translator can use."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from kzsearch.morphology.russian import russian_lemma
from kzsearch.query.translation import merged, shipped_translations
from kzsearch.query.translation.translations import FILES

RUSSIAN = re.compile(r"[а-я]+(?:-[а-я]+)*(?: [а-я]+(?:-[а-я]+)*)*")
KAZAKH = re.compile(r"[а-яёәғқңөұүһі’]+(?:[- ][а-яёәғқңөұүһі’]+)*", re.IGNORECASE)


def rows(name: str) -> list[list[str]]:
    folder = files("kzsearch.query.translation").joinpath("data")
    lines = folder.joinpath(name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


@pytest.mark.parametrize("name", FILES)
def test_a_file_says_where_its_words_are_from(name: str) -> None:
    folder = files("kzsearch.query.translation").joinpath("data")
    header = folder.joinpath(name).read_text(encoding="utf-8").partition("\n# russian\t")[0]
    assert re.search(r"Source: written by|Learned from|Made .* from", header)
    assert re.search("licence", header, re.IGNORECASE)


@pytest.mark.parametrize("name", FILES)
def test_every_row_is_russian_and_kazakh(name: str) -> None:
    wrong = [
        row
        for row in rows(name)
        if not RUSSIAN.fullmatch(row[0])
        or not all(KAZAKH.fullmatch(word) for word in row[1].split(", "))
    ]
    assert wrong == []


@pytest.mark.parametrize("name", FILES)
def test_no_russian_word_stands_twice_and_they_are_in_order(name: str) -> None:
    russian = [row[0] for row in rows(name)]
    assert russian == sorted(set(russian))


def test_no_row_says_a_word_is_itself() -> None:
    assert [row for name in FILES for row in rows(name) if row[0] == row[1]] == []


def test_the_hand_written_words_are_many() -> None:
    assert len(shipped_translations("vocabulary.tsv")) >= 5_000


def test_most_hand_written_words_stand_in_the_form_that_queries_are_read_in() -> None:
    """A few stand as typed too, where pymorphy3 reads them as another word (дорогой: дорога)."""
    words = [word for word in shipped_translations("vocabulary.tsv") if " " not in word]
    assert sum(russian_lemma(word) == word for word in words) > 0.98 * len(words)


@pytest.mark.parametrize(
    ("russian", "kazakh"),
    [
        ("правительство", "үкімет"),
        ("выборы", "сайлау"),
        ("школа", "мектеп"),
        ("цена", "баға"),
        ("россия", "Ресей"),
        ("саудовский аравия", "Сауд Арабиясы"),
        ("сша", "ақш"),
        ("оон", "бұұ"),
    ],
)
def test_common_words_are_there(russian: str, kazakh: str) -> None:
    assert kazakh in shipped_translations()[russian]


def test_what_comes_first_stays_first() -> None:
    together = merged({"дом": ("үй",)}, {"дом": ("ғимарат", "үй"), "лес": ("орман",)})
    assert together == {"дом": ("үй", "ғимарат"), "лес": ("орман",)}
