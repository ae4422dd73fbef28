"""Titles taken apart for completions."""

from __future__ import annotations

import pytest

from kzsearch.engine.title_words import Edge, edge_words, title_words
from kzsearch.morphology import Analyzer
from kzsearch.text.scripts import Script

BOTH = Edge.BEGIN | Edge.END


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer()


def test_words_are_kept_as_written_and_folded(analyzer: Analyzer) -> None:
    title = "Қазақстанның АҚШ-тағы елшісі"
    words = title_words(title, analyzer.analyze(title))
    assert [word.written for word in words] == ["Қазақстанның", "АҚШ-тағы", "елшісі"]
    assert [word.surface for word in words] == ["қазақстанның", "ақш-тағы", "елшісі"]
    assert words[0].stem == "қазақстан"


def test_words_in_another_script_are_offered_in_cyrillic(analyzer: Analyzer) -> None:
    title = "Qazaqstan jańa zań"
    words = title_words(title, analyzer.analyze(title, script=Script.LATIN_2018))
    assert [word.written for word in words] == ["Қазақстан", "жаңа", "заң"]


def test_a_compound_is_one_word(analyzer: Analyzer) -> None:
    title = "Қасым-Жомарт Тоқаев"
    words = title_words(title, analyzer.analyze(title))
    assert [word.written for word in words] == ["Қасым-Жомарт", "Тоқаев"]


@pytest.mark.parametrize(
    ("title", "follows"),
    [
        ("су кодексі", [False, True]),
        ("су  \t кодексі", [False, True]),
        ("су, кодексі", [False, False]),
        ("«су» кодексі", [False, False]),
        ("су – кодексі", [False, False]),
        ("су https://baq.kz кодексі", [False, False]),
    ],
)
def test_a_phrase_goes_on_over_blanks_only(
    analyzer: Analyzer, title: str, follows: list[bool]
) -> None:
    assert [word.follows for word in title_words(title, analyzer.analyze(title))] == follows


@pytest.mark.parametrize(
    ("title", "edges"),
    [
        ("Қазақстан мен Қытай", [BOTH, Edge(0), BOTH]),
        ("тіл туралы заң", [BOTH, Edge.END, BOTH]),
        ("ең ұзын", [Edge.BEGIN, BOTH]),
        ("15 мың", [Edge.BEGIN, BOTH]),
    ],
)
def test_a_phrase_does_not_dangle(analyzer: Analyzer, title: str, edges: list[Edge]) -> None:
    assert [word.edges for word in title_words(title, analyzer.analyze(title))] == edges


def test_every_row_of_the_table_has_its_example() -> None:
    rows = list(edge_words())
    assert len({word for word, *_ in rows}) == len(rows)
    for word, edge, kind, example in rows:
        assert edge in {"begin", "end", "both"}
        assert kind
        assert word in example.lower().replace(",", "").split()
