"""Articles analysed together and one by one: the same comes out."""

from __future__ import annotations

import datetime as dt
import gc
import pickle
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from kzsearch.documents import Article
from kzsearch.engine.document import (
    AnalysedArticle,
    Tokens,
    analyse_article,
    analyse_articles,
    aside_of,
    text_numberer,
)
from kzsearch.engine.local import analysing
from kzsearch.morphology import Analyzer, numbering

ANALYZER = Analyzer()
NUMBERER = text_numberer(ANALYZER)

WRITINGS = """
Мектеп-интернат ашылды , «Дала» и сказал президент мая 2024 жылы Google #тег мектебі
"""

MENU = [
    "Басты бет",
    "Спорт\n",
    "Саясат",
    "Әлем\n",
    "15 000",
    "мек-\nтеп",
    "«Тағы",
    "оқыңыз\n",
    "дейді.",
]
"""What page furniture is made of, and words that white space breaks."""

ARTICLES = st.lists(
    st.builds(
        lambda title, body, date: Article(title=" ".join(title), body=" ".join(body), date=date),
        st.lists(st.sampled_from(WRITINGS.split()), max_size=6),
        st.one_of(
            st.lists(st.sampled_from(WRITINGS.split()), max_size=30),
            st.text("аәк -\n1", max_size=30),
            st.lists(st.sampled_from(MENU), max_size=40),
        ),
        st.one_of(st.none(), st.just(dt.date(2024, 5, 1))),
    ),
    max_size=6,
)


def rows(text: Tokens, article: AnalysedArticle) -> list[tuple[object, ...]]:
    words = [article.words[word] for word in text.words]
    return list(
        zip(words, *(c.tolist() for c in (text.positions, text.starts, text.ends)), strict=True)
    )


def facts(article: AnalysedArticle) -> tuple[object, ...]:
    """All of an article, whatever its table of words."""
    return (
        *(getattr(article, name) for name in ("id", "source", "category", "language")),
        *(article.digest, article.time, article.day, article.title_words, article.fingerprint),
        rows(article.title, article),
        rows(article.body, article),
        aside_of(article).tolist(),
    )


@settings(max_examples=150, deadline=None)
@given(ARTICLES)
def test_articles_analysed_together_are_those_analysed_one_by_one(articles: list[Article]) -> None:
    together = analyse_articles(articles, NUMBERER)
    assert list(map(facts, together)) == [facts(analyse_article(a, ANALYZER)) for a in articles]


@settings(max_examples=60, deadline=None)
@given(st.lists(ARTICLES, max_size=4), st.sampled_from([0, 800, 1 << 20]))
def test_what_workers_give_back_is_what_they_made(chunks: list[list[Article]], most: int) -> None:
    sender, receiver, numberer = analysing.Sender(), analysing.Receiver(), text_numberer(ANALYZER)
    with patch.object(numbering, "MEMORY", most):
        for articles in chunks:
            wanted = [None, *articles, None]
            made = analysing._prepared(wanted, lambda given: analyse_articles(given, numberer))
            back = receiver.unpack(pickle.loads(pickle.dumps(sender.pack(made))))
            assert [each and (facts(each[0]), each[1]) for each in back] == [
                each and (facts(each[0]), each[1]) for each in made
            ]


def test_a_word_is_sent_once() -> None:
    sender, numberer = analysing.Sender(), text_numberer(ANALYZER)
    articles = [Article(title="Дала", body="мектеп " * 9)]
    made = analysing._prepared(articles, lambda given: analyse_articles(given, numberer))
    assert [len(sender.pack(made).fresh) for _ in range(2)] == [2, 0]


def test_garbage_is_collected_as_usual_again() -> None:
    usual = gc.get_threshold()
    one, other = analysing.less_garbage(), analysing.less_garbage()
    one.__enter__()
    other.__enter__()
    one.__exit__(None, None, None)
    assert gc.get_threshold() == analysing.SELDOM
    other.__exit__(None, None, None)
    assert gc.get_threshold() == usual


def test_furniture_is_found_beside_words_that_white_space_breaks() -> None:
    menu = "Басты бет Спорт Саясат Әлем Қоғам Экономика Мәдениет Білім Денсаулық\n" * 3
    bodies = [menu + "мек-\nтеп ашылды, 15 000 оқушы келді.", "жай мәтін, ұзақ емес.", menu]
    articles = [Article(id=str(number), body=body) for number, body in enumerate(bodies)]
    together = analyse_articles(articles, NUMBERER)
    assert [facts(each) for each in together] == [
        facts(analyse_article(article, ANALYZER)) for article in articles
    ]
    assert [bool(aside_of(each).any()) for each in together] == [True, False, True]
