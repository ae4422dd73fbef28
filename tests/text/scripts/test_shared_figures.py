"""The figures of docs/scripts.md hold on the shared evaluation data (a part of it, for speed)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kzsearch.text.scripts import Script, readings, to_cyrillic

pytestmark = pytest.mark.shared

WORD = re.compile(r"[^\W\d_]+")


def pairs(shared: Path, name: str) -> list[tuple[str, str]]:
    lines = (shared / "eval/forgiveness" / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [(typed, meant.lower()) for typed, meant in (line.split("\t") for line in lines[1::4])]


def test_latin_titles_are_read_without_a_vocabulary(shared: Path) -> None:
    right = total = 0
    for title, meant in pairs(shared, "titles_latin_2018"):
        expected = WORD.findall(meant)
        got = WORD.findall(to_cyrillic(title, Script.LATIN_2018).text.lower())
        right += sum(map(str.__eq__, expected, got))
        total += len(expected)
    assert right / total >= 0.95


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("arabic_script", 0.97),
        ("names_arabic_script", 0.95),
        ("names_latin", 0.97),
        (
            "russian_keyboard",
            0.90,
        ),  # one pair in twenty has a typo besides, which is not mended here
    ],
)
def test_the_word_meant_comes_first_when_the_vocabulary_has_it(
    shared: Path, name: str, target: float
) -> None:
    found = [
        pair
        for typed, meant in pairs(shared, name)
        if len(typed.split()) == len(meant.split())
        for pair in zip(typed.split(), meant.split(), strict=True)
        if len(WORD.findall(pair[0])) == 1
    ]
    vocabulary = {meant for _, meant in found}
    right = sum(
        readings(typed, lambda w: float(w in vocabulary))[0].text == m for typed, m in found
    )
    assert right / len(found) >= target
