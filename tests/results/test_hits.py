from __future__ import annotations

from kzsearch.documents import Article
from kzsearch.engine.interface import EngineHit, Match, Place, ScorePart
from kzsearch.morphology import Analyzer
from kzsearch.query import QueryParser
from kzsearch.results import Fragment, Marker, make_hit, mark_article

ARTICLE = Article(
    id="senat",
    title="Сенат <отырысы>",
    body="Бүгін күн ашық. Кеше Сенаттың отырысы өтті.",
)


def marker(query: str, analyzer: Analyzer) -> Marker:
    return Marker(QueryParser(analyzer).parse(query).query, analyzer)


def test_a_hit_shows_title_and_snippet_marked(analyzer: Analyzer) -> None:
    why = (ScorePart("сенат", Place.BODY, Match.STEM, 1.5),)
    hit = make_hit(EngineHit(ARTICLE, 1.5, True, why), marker("сенат", analyzer))
    assert hit.article is ARTICLE
    assert (hit.score, hit.fallback, hit.explanation) == (1.5, True, why)
    assert hit.title == Fragment("Сенат <отырысы>", ((0, 5),))
    assert hit.fragments == (Fragment("Кеше Сенаттың отырысы өтті.", ((5, 13),)),)
    assert hit.snippet == "Кеше <mark>Сенаттың</mark> отырысы өтті."


def test_a_title_query_leaves_the_body_unmarked(analyzer: Analyzer) -> None:
    hit = make_hit(EngineHit(ARTICLE, 1.0), marker("title:сенат", analyzer))
    assert hit.title.marks == ((0, 5),)
    assert hit.snippet == ARTICLE.body


def test_an_article_without_a_body_has_no_snippet(analyzer: Analyzer) -> None:
    hit = make_hit(EngineHit(Article(id="a", title="Сенат"), 1.0), marker("сенат", analyzer))
    assert (hit.fragments, hit.snippet) == ((), "")


def test_an_article_is_marked_whole(analyzer: Analyzer) -> None:
    title, body = mark_article(ARTICLE, marker("отырыс", analyzer))
    assert title == Fragment(ARTICLE.title, ((7, 14),))
    assert body == Fragment(ARTICLE.body, ((30, 37),))
