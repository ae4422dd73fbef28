"""What the relevance benchmark compares with, and how sure it calls a difference."""

from __future__ import annotations

import pytest

from benchmarks.judged.bm25 import BASELINES, PlainBM25
from benchmarks.judged.bootstrap import difference
from kzsearch.documents import Article
from kzsearch.morphology import Analyzer

ARTICLES = [
    Article(id="one", title="", body="мектеп мектеп қала далада"),
    Article(id="two", title="Мектептер", body="қала қала қала қала қала қала"),
    Article(id="none", title="", body="теңіз бен тау"),
]


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer()


def test_plain_bm25_prefers_what_holds_the_word_oftener_in_fewer_words(analyzer: Analyzer) -> None:
    plain = PlainBM25(ARTICLES, analyzer, BASELINES["BM25 on stems"])
    assert plain.rank("мектеп", 10) == ["one", "two"]
    assert plain.rank("мектептің", 1) == ["one"]
    assert plain.rank("теңіз", 10) == ["none"]
    assert plain.rank("аспан", 10) == []


def test_five_letters_do_not_know_stems(analyzer: Analyzer) -> None:
    articles = [Article(id="a", title="", body="аты"), Article(id="b", title="", body="мектепте")]
    plain = PlainBM25(articles, analyzer, BASELINES["BM25 on five letters"])
    assert plain.rank("мектептің", 10) == ["b"]
    assert plain.rank("атқа", 10) == []


def test_a_difference_counts_wins_and_losses_and_holds_its_mean() -> None:
    ours = {"a": 1.0, "b": 0.5, "c": 0.5, "d": 0.0}
    theirs = {"a": 0.0, "b": 0.5, "c": 0.0, "d": 0.5}
    found = difference(ours, theirs)
    assert (found.mean, found.wins, found.losses) == (0.25, 2, 1)
    assert -0.5 <= found.low < found.mean < found.high <= 1.0
    assert difference(ours, ours).high == 0.0
    assert str(difference(ours, ours)) == "+0.000 [+0.000, +0.000] 0/0"
