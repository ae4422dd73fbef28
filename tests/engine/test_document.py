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
)
from kzsearch.engine.local import analysing
from kzsearch.morphology import Analyzer, numbering
from kzsearch.morphology.numbering import TextNumberer

ANALYZER = Analyzer()
NUMBERER = TextNumberer(ANALYZER)

WRITINGS = """
Мектеп-интернат ашылды , «Дала» и сказал президент мая 2024 жылы Google #тег мектебі
"""

ARTICLES = st.lists(
    st.builds(
        lambda title, body, date: Article(title=" ".join(title), body=" ".join(body), date=date),
        st.lists(st.sampled_from(WRITINGS.split()), max_size=6),
        st.one_of(
            st.lists(st.sampled_from(WRITINGS.split()), max_size=30),
            st.text("аәк -\n1", max_size=30),
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
    )


@settings(max_examples=150, deadline=None)
@given(ARTICLES)
def test_articles_analysed_together_are_those_analysed_one_by_one(articles: list[Article]) -> None:
    together = analyse_articles(articles, NUMBERER)
    assert list(map(facts, together)) == [facts(analyse_article(a, ANALYZER)) for a in articles]


@settings(max_examples=60, deadline=None)
@given(st.lists(ARTICLES, max_size=4), st.sampled_from([0, 800, 1 << 20]))
def test_what_workers_give_back_is_what_they_made(chunks: list[list[Article]], most: int) -> None:
    sender, receiver, numberer = analysing.Sender(), analysing.Receiver(), TextNumberer(ANALYZER)
    with patch.object(numbering, "MEMORY", most):
        for articles in chunks:
            wanted = [None, *articles, None]
            made = analysing._prepared(wanted, lambda given: analyse_articles(given, numberer))
            back = receiver.unpack(pickle.loads(pickle.dumps(sender.pack(made))))
            assert [each and (facts(each[0]), each[1]) for each in back] == [
                each and (facts(each[0]), each[1]) for each in made
            ]


def test_a_word_is_sent_once() -> None:
    sender, numberer = analysing.Sender(), TextNumberer(ANALYZER)
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
