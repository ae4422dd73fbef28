from __future__ import annotations

import datetime as dt
import json

import pytest

from kzsearch.documents import Article
from kzsearch.engine.interface import Match, Place, ScorePart
from kzsearch.query import Change, Note, NoteKind, Suggestion
from kzsearch.results import Fragment, Hit, ResultPage


def page(total: int = 0, limit: int = 10, *hits: Hit) -> ResultPage:
    return ResultPage("сенат", total, 1.23456, 1, limit, hits, {"source": {"BAQ.KZ": 2}})


@pytest.mark.parametrize(
    ("total", "limit", "pages"), [(0, 10, 0), (1, 10, 1), (10, 10, 1), (11, 10, 2), (5, 1, 5)]
)
def test_pages_are_counted_up(total: int, limit: int, pages: int) -> None:
    assert page(total, limit).pages == pages


def test_json_has_what_the_command_line_and_the_web_promise() -> None:
    article = Article(id="a", title="Сенат", body="сөз", date=dt.date(2025, 9, 29), source="BAQ.KZ")
    copy = Article(id="b", title="Senat", body="sóz", url="https://example.kz/b", category="қоғам")
    hit = Hit(
        article,
        1.23456789,
        Fragment("Сенат"),
        (),
        "<mark>сенат</mark>",
        copies=(copy,),
        copy_count=1,
    )
    facets = {"source": {"BAQ.KZ": 2}}
    found = ResultPage("сенат", 1, 1.23456, 1, 10, (hit,), facets, articles=2, complete=1)
    assert json.loads(json.dumps(found.to_json())) == {
        "query": "сенат",
        "total": 1,
        "articles": 2,
        "complete": 1,
        "took_ms": 1.235,
        "notes": [],
        "suggestion": None,
        "hits": [
            {
                "id": "a",
                "title": "Сенат",
                "date": "2025-09-29",
                "source": "BAQ.KZ",
                "category": "",
                "url": "",
                "score": 1.234568,
                "snippet": "<mark>сенат</mark>",
                "copy_count": 1,
                "copies": [
                    {
                        "id": "b",
                        "title": "Senat",
                        "date": None,
                        "source": "",
                        "category": "қоғам",
                        "url": "https://example.kz/b",
                    }
                ],
            }
        ],
        "facets": {"source": {"BAQ.KZ": 2}},
        "generation": "",
    }


def test_json_explains_a_hit_that_was_explained() -> None:
    part = ScorePart("сенат", Place.TITLE, Match.STEM, 2.00000049, "сенатта")
    hit = Hit(Article(id="a"), 2.0, Fragment(""), (), "", explanation=(part,))
    (found,) = json.loads(json.dumps(page(1, 10, hit).to_json()))["hits"]
    assert found["date"] is None
    assert found["explanation"] == [
        {"word": "сенатта", "what": "сенат", "where": "title stem", "score": 2.0}
    ]


def test_json_tells_how_the_query_was_read() -> None:
    note = Note(NoteKind.NUMBER, "он бес", "15", '"он бес"')
    found = ResultPage("он бес", 0, 1.0, 1, 10, (), notes=(note,)).to_json()
    assert json.loads(json.dumps(found))["notes"] == [
        {"kind": "number", "typed": "он бес", "meant": "15", "undo": '"он бес"'}
    ]


def test_json_offers_what_may_have_been_meant() -> None:
    suggestion = Suggestion("сенат төрағасы", (Change("сентат", "сенат"),))
    found = ResultPage("сентат төрағасы", 0, 1.0, 1, 10, (), suggestion=suggestion).to_json()
    assert json.loads(json.dumps(found))["suggestion"] == {
        "query": "сенат төрағасы",
        "changes": [{"typed": "сентат", "meant": "сенат"}],
    }
