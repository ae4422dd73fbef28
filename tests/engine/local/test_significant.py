"""Significant terms: what some documents have far more often than all."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzsearch import Article, Index, open_index
from kzsearch.engine.local.search.significant import log_likelihood

FURNITURE = "Саясат Экономика Қоғам Мәдениет Спорт Әлем Жаңалық Видео Сұхбат Архив Хабарлама"


def articles(furniture: str = "") -> Iterator[Article]:
    for number in range(40):
        body = (
            f"Кеше {number} кеме келді. Айлақтағы жұмысты Серік Ахметов тексерді. "
            "Бұл туралы айлаққа келген Серік Ахметовтің өзі айтты."
            if number % 4 == 0
            else f"Кеше {number} жиын өтті. Оны Болат Омаров ашты. Бұл туралы айтылды."
        )
        yield Article(
            id=f"a{number}",
            title=f"{'Порт' if number % 4 == 0 else 'Қала'} жаңалығы {number}",
            body=f"{body}\n{furniture if number % 4 == 0 else ''}",
            date=dt.date(2025, 1, 1 + number % 28),
        )


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with open_index(tmp_path_factory.mktemp("terms") / "index", create=True) as opened:
        opened.add(articles())
        yield opened


def words_of(index: Index, query: str = "порт") -> set[str]:
    return {term.text for term in index.terms(query, fold=False).words}


def test_words_of_the_hits_are_counted_in_all_forms(index: Index) -> None:
    found = index.terms("порт", fold=False)
    assert (found.total, found.looked_at, found.articles) == (10, 10, 40)
    words = {term.text: (term.hits, term.articles) for term in found.words}
    assert words["кеме"] == (10, 10)
    assert words["айлаққа"] == (10, 10)  # of forms that are as frequent, the shortest
    assert "айлақтағы" not in words


def test_what_all_articles_have_marks_none(index: Index) -> None:
    assert words_of(index).isdisjoint({"кеше", "туралы", "бұл", "жаңалығы"})


def test_words_of_the_query_and_parts_of_names_are_left_out(index: Index) -> None:
    assert words_of(index).isdisjoint({"порт", "серік", "ахметов", "ахметовтің"})


def test_a_name_is_kept_whole_and_counted_in_all_its_cases(index: Index) -> None:
    (name,) = index.terms("порт", fold=False).names
    assert (name.text, name.hits, name.articles) == ("Серік Ахметов", 10, 10)


def test_page_furniture_marks_nothing(tmp_path: Path) -> None:
    with open_index(tmp_path / "index", create=True) as index:
        index.add(articles(FURNITURE))
        words = words_of(index)
        names = [name.text for name in index.terms("порт", fold=False).names]
    assert "кеме" in words
    assert words.isdisjoint(FURNITURE.casefold().split())
    assert names == ["Серік Ахметов"]


def test_the_order_articles_came_in_and_segments_play_no_part(index: Index, tmp_path: Path) -> None:
    shuffled = list(articles())
    random.Random(7).shuffle(shuffled)
    with open_index(tmp_path / "index", create=True) as other:
        for begin in range(0, len(shuffled), 7):
            other.add(shuffled[begin : begin + 7])
        other.add([Article(id="gone", title="Порт", body="Кеме кеме кеме. Кеме келді.")])
        other.delete(["gone"])
        found, again = index.terms("порт", fold=False), other.terms("порт", fold=False)
    assert (found.words, found.names) == (again.words, again.names)


def test_neither_nothing_nor_everything_is_marked(index: Index) -> None:
    for query in ("жоқсөзмүлдем", ""):
        found = index.terms(query)
        assert (found.names, found.words, found.looked_at) == ((), (), 0)
    everything = index.terms("", date_from="2025", fold=False)
    assert everything.looked_at == 40
    assert (everything.words, everything.names) == ((), ())


@given(
    looked_at=st.integers(1, 100),
    rest=st.integers(0, 10_000),
    part=st.floats(0, 1),
    elsewhere=st.floats(0, 1),
)
def test_the_score_is_never_negative(
    looked_at: int, rest: int, part: float, elsewhere: float
) -> None:
    hits = round(part * looked_at)
    score = log_likelihood(hits, looked_at, hits + round(elsewhere * rest), looked_at + rest)
    assert score >= -1e-9


def test_more_hits_with_a_term_score_more() -> None:
    scores = [log_likelihood(hits, 100, 120, 10_000) for hits in (10, 50, 100)]
    assert scores == sorted(scores)
    assert scores[0] > 0
    assert log_likelihood(1, 100, 100, 10_000) == 0
