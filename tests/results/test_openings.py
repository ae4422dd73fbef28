"""Titles that only repeat the beginning of their body."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzsearch.documents import Article
from kzsearch.engine.interface import EngineHit
from kzsearch.engine.nodes import Nothing
from kzsearch.morphology import Analyzer
from kzsearch.query import QueryParser
from kzsearch.results import Marker, make_hit, mark_article, to_html
from kzsearch.results.openings import TITLE_LENGTH, shown_length

LONG = (
    "Парламент Сенатының төрағасы Қазақстанға алғаш рет ресми сапармен келген Италия "
    "Республикасының президентімен кездесіп, екі елдің ынтымақтастығын талқылады."
)


def test_a_long_first_sentence_is_cut_and_the_snippet_goes_on(analyzer: Analyzer) -> None:
    article = Article(id="a", title=LONG, body=f"{LONG} Сенат отырысы ертең.")
    marker = Marker(QueryParser(analyzer).parse("италия сенат ынтымақтастық").query, analyzer)
    hit = make_hit(EngineHit(article, 1.0), marker)
    assert hit.title.text == LONG[: LONG.index(" кездесіп")]
    assert len(hit.title.text) <= TITLE_LENGTH
    assert to_html(hit.title).startswith("Парламент <mark>Сенатының</mark> төрағасы")
    assert to_html(hit.title).endswith("<mark>Италия</mark> Республикасының президентімен…")
    assert hit.snippet.startswith("кездесіп, екі елдің")
    assert "<mark>ынтымақтастығын</mark>" in hit.snippet
    assert "<mark>Сенат</mark> отырысы ертең." in hit.snippet
    assert hit.article.title == LONG


def test_the_page_of_an_article_cuts_its_title_and_not_its_body(analyzer: Analyzer) -> None:
    article = Article(id="a", title=LONG, body=f"{LONG} Соңы.")
    title, body = mark_article(article, Marker(Nothing(), analyzer))
    assert (title.after, body.text) == (True, article.body)


@pytest.mark.parametrize(
    ("title", "body", "shown", "begun"),
    [
        ("Бір сөйлем.", "Бір сөйлем. Екінші.", 11, 11),
        ("Бір сөйлем", "Бір сөйлем\nЕкінші.", 10, 10),
        ("Бір сөйлем", "Бір сөйлем", 10, 10),
        ("Бір екі.", "  Бір\n екі. Үш.", 8, 11),
        ("Бір екі…", "Бір екі үш төрт", 8, 7),
    ],
)
def test_a_short_one_is_shown_whole(title: str, body: str, shown: int, begun: int) -> None:
    assert shown_length(title, body) == (shown, begun)


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Түнгі хабар", "Түнгі хабар таралды."),  # a title, though the sentence begins so
        ("Тақырып", "Басқа мәтін."),
        ("", "Мәтін."),
        ("…", "Мәтін."),
        ("Тақырып.", ""),
    ],
)
def test_other_titles_are_left_alone(title: str, body: str) -> None:
    assert shown_length(title, body) is None


@given(st.lists(st.text("аәбв.", min_size=1, max_size=40), min_size=1, max_size=20))
def test_what_is_shown_is_a_beginning_of_both(words: list[str]) -> None:
    title = " ".join(words)
    shown = shown_length(title, f"{title}\nСоңы")
    assert shown is not None
    assert shown[0] == shown[1] <= TITLE_LENGTH
