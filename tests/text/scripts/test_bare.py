"""Kazakh typed without its letters, told from Russian and read as it was meant."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kzsearch.text.runs import read_run
from kzsearch.text.scripts import Script, is_bare_kazakh, restored

LETTERS = str.maketrans("әғқңөұүһіӘҒҚҢӨҰҮҺІ", "агкноуухиАГКНОУУХИ")


@pytest.mark.parametrize(
    "text",
    [
        "Казакстан укимети жана шешим кабылдады.",
        "Мектеп окушылары облыстык байкауда биринши орын алды, жуздеген бала катысты.",
        "Бугин ауылда жанбыр жауады, озен тасыды.",
    ],
)
def test_bare_kazakh(text: str) -> None:
    assert is_bare_kazakh(text)


@pytest.mark.parametrize(
    "text",
    [
        "Суровая кара постигла преступника, суд огласил решение.",
        "Министр сельского хозяйства посетил ферму и обсудил урожай.",
        "Қазақстан үкіметі жаңа шешім қабылдады.",
        "Правителството прие нов закон за бюджета.",
        "Астана",
        "",
        "12 345",
    ],
)
def test_other_text(text: str) -> None:
    assert not is_bare_kazakh(text)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("казакстан", "қазақстан"),
        ("укимети", "үкіметі"),
        ("жанбыр", "жаңбыр"),
        ("болды", None),
        ("қала", None),
        ("а", None),
        ("москва", None),
    ],
)
def test_restored(word: str, meant: str | None) -> None:
    assert restored(word) == meant


def test_a_word_is_followed_by_what_was_meant() -> None:
    words = read_run("Казакстан,", Script.CYRILLIC_BARE)
    assert [(word.surface, word.start, word.end, word.position) for word in words] == [
        ("казакстан", 0, 9, 0),
        ("қазақстан", 0, 9, 0),
    ]


@pytest.mark.shared
def test_real_articles(shared: Path) -> None:
    def bodies(name: str) -> list[str]:
        lines = (shared / "corpora" / name).read_text(encoding="utf-8").splitlines()
        return [json.loads(line)["body"] for line in lines[::9]]

    kazakh, russian = bodies("articles.jsonl"), bodies("articles_russian.jsonl")
    bare = [text.translate(LETTERS) for text in kazakh]
    assert sum(map(is_bare_kazakh, bare)) >= 0.95 * len(bare)
    assert not any(map(is_bare_kazakh, [*kazakh, *russian]))
