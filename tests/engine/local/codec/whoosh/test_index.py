"""A kzsearch index opened by Whoosh: fields, searching, highlights, open readers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from whoosh import query as q
from whoosh.highlight import UppercaseFormatter
from whoosh.index import open_dir
from whoosh.qparser import MultifieldParser, QueryParser
from whoosh.sorting import DateRangeFacet, FieldFacet

from kzsearch import Article, open_index, open_whoosh, rebuild_index
from kzsearch.engine.local.store.generations import Generations
from kzsearch.errors import IndexDamagedError, IndexMissingError

ARTICLES = [
    Article(
        id="mektep",
        title="Мектеп ашылды",
        body="Ауылда жаңа мектеп ашылды. Мектепте оқушылар көп.",
        date=dt.date(2025, 9, 29),
        source="BAQ.KZ",
        category="Білім",
        url="https://example.kz/mektep",
        author="А. Серік",
        language="kk",
    ),
    Article(
        id="senat",
        title="Сенат төрағасы кездесті",
        body="Сенат төрағасы мектептерге барды, ел-жұрт қуанды.",
        date=dt.datetime(2024, 2, 1, 23, 30, tzinfo=dt.UTC),
        source="Baq.kz",
    ),
    Article(id="zhyl", title="Жаңа жыл", body="Жаңа жылда шырша жанды."),
]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("whoosh") / "index"
    with open_index(path, create=True) as index:
        index.add(ARTICLES[:2])
        index.add(ARTICLES[2:])
    return path


@pytest.fixture(params=["open_whoosh", "open_dir"])
def index(request: pytest.FixtureRequest, path: Path) -> Any:
    return open_whoosh(path) if request.param == "open_whoosh" else open_dir(str(path))


@pytest.fixture
def searcher(index: Any) -> Iterator[Any]:
    with index.searcher() as searcher:
        yield searcher


def ids(results: Any) -> list[str]:
    return [hit["id"] for hit in results]


def test_the_parser_analyses_like_kzsearch(index: Any, searcher: Any) -> None:
    parse = QueryParser("body", index.schema).parse
    assert parse("мектептің") == q.Term("body", "мектеп")
    assert set(ids(searcher.search(parse("мектептің")))) == {"mektep", "senat"}
    assert ids(searcher.search(parse('"жаңа мектептер"'))) == ["mektep"]
    assert ids(searcher.search(parse("мектеп NOT сенат"))) == ["mektep"]
    assert ids(searcher.search(parse("body_exact:мектеп"))) == ["mektep"]
    assert ids(searcher.search(parse("title_start:төрағасының"))) == ["senat"]
    assert ids(searcher.search(parse("title_long_start:төрағаларға"))) == ["senat"]
    assert parse("title_long_start:жыл") == q.NullQuery
    assert ids(searcher.search(parse("шырш*"))) == ["zhyl"]
    both = MultifieldParser(["title", "body"], index.schema).parse("жаңа")
    assert set(ids(searcher.search(both))) == {"mektep", "zhyl"}


def test_matchers_that_run_past_their_end(searcher: Any) -> None:
    """Whoosh's AndNot asks for the article of one that has none left."""
    inner = q.AndNot(q.Or([q.Term("id", "mektep"), q.Term("id", "senat")]), q.Every())
    query = q.Not(q.DisjunctionMax([inner, q.Not(q.Not(q.Term("title", "жыл")))]))
    assert set(ids(searcher.search(query))) == {"mektep", "senat"}


def test_values_are_compared_as_a_whole(searcher: Any) -> None:
    assert set(ids(searcher.search(q.Term("source", "BAQ.kz")))) == {"mektep", "senat"}
    assert ids(searcher.search(q.Term("url", "https://example.kz/mektep"))) == ["mektep"]
    assert ids(searcher.search(q.Prefix("category", "Бі"))) == ["mektep"]
    assert searcher.document(id="zhyl")["title"] == "Жаңа жыл"
    assert searcher.document(id="жоқ") is None


def test_stored_fields(searcher: Any) -> None:
    assert searcher.document(id="mektep") == {
        "id": "mektep",
        "title": "Мектеп ашылды",
        "body": "Ауылда жаңа мектеп ашылды. Мектепте оқушылар көп.",
        "date": dt.datetime(2025, 9, 29),
        "source": "BAQ.KZ",
        "category": "Білім",
        "url": "https://example.kz/mektep",
        "author": "А. Серік",
        "language": "kk",
    }
    assert set(searcher.document(id="zhyl")) == {"id", "title", "body"}


def test_dates_are_local(index: Any, searcher: Any) -> None:
    def on(start: dt.datetime, end: dt.datetime) -> list[str]:
        return ids(searcher.search(q.DateRange("date", start, end)))

    assert on(dt.datetime(2024, 2, 2), dt.datetime(2024, 2, 3)) == ["senat"]  # UTC+6 then
    assert searcher.document(id="senat")["date"] == dt.datetime(2024, 2, 2, 5, 30)
    assert on(dt.datetime(2025, 9, 29), dt.datetime(2025, 9, 29)) == ["mektep"]
    parse = QueryParser("date", index.schema).parse
    assert ids(searcher.search(parse("2025"))) == ["mektep"]
    assert ids(searcher.search(parse("[20240201 TO 20240229]"))) == ["senat"]
    moment = dt.datetime(2024, 2, 1, 23, 30, tzinfo=dt.UTC)
    assert ids(searcher.search(q.Term("date", moment))) == ["senat"]


def test_sorting_and_facets(searcher: Any) -> None:
    assert ids(searcher.search(q.Every(), sortedby="date")) == ["senat", "mektep", "zhyl"]
    newest = FieldFacet("date", reverse=True)
    assert ids(searcher.search(q.Every(), sortedby=newest))[1:] == ["mektep", "senat"]
    groups = searcher.search(q.Every(), groupedby=["source", "date"])
    assert {name: len(docs) for name, docs in groups.groups("source").items()} == {
        "BAQ.KZ": 1,
        "Baq.kz": 1,
        "": 1,
    }
    assert set(groups.groups("date")) == {
        dt.datetime(2025, 9, 29),
        dt.datetime(2024, 2, 2, 5, 30),
        None,
    }
    years = DateRangeFacet(
        "date", dt.datetime(2024, 1, 1), dt.datetime(2026, 1, 1), dt.timedelta(days=366)
    )
    found = searcher.search(q.Every(), groupedby={"year": years}).groups("year")
    assert sorted(map(len, found.values())) == [1, 1, 1]


def test_highlights(index: Any, searcher: Any) -> None:
    found = searcher.search(QueryParser("body", index.schema).parse("мектептің"), terms=True)
    found.formatter = UppercaseFormatter()
    marked = {hit["id"]: hit.highlights("body") for hit in found}
    assert marked["mektep"].startswith("Ауылда жаңа МЕКТЕП ашылды. МЕКТЕПТЕ")
    assert "МЕКТЕПТЕРГЕ" in marked["senat"]


def test_characters_of_words_as_written(searcher: Any) -> None:
    reader, base = searcher.reader().leaf_readers()[0]
    assert base == 0
    matcher = reader.postings("body_exact", "мектепте".encode())
    assert matcher.value_as("characters") == [(4, 27, 35)]
    assert matcher.spans()[0].startchar == 27


def test_spelling(searcher: Any) -> None:
    assert "мектеп" in searcher.suggest("title_exact", "мектпе")


def test_more_like_this(tmp_path: Path) -> None:
    texts = {"a": "алма бақта пісті", "b": "алма бақта гүлдеді", "c": "теңіз толқыды", "d": "тау"}
    with open_index(tmp_path, create=True) as index:
        index.add(Article(id=id, body=text) for id, text in texts.items())
    with open_whoosh(tmp_path).searcher() as searcher:
        hit = searcher.search(q.Term("id", "a"))[0]
        assert ids(hit.more_like_this("body")) == ["b"]


def test_two_generations_at_once_and_merges(tmp_path: Path) -> None:
    with open_index(tmp_path, create=True) as kz:
        kz.add(ARTICLES)
        index = open_whoosh(tmp_path)
        old = index.searcher()
        for number in range(20):  # so many segments are merged
            kz.add([Article(id=str(number), title="Мектеп")])
        kz.delete(["mektep"])
        new = index.searcher()
        everything = q.Term("title", "мектеп")
        assert len(new.search(everything, limit=None)) == 20
        assert ids(old.search(everything, limit=None)) == ["mektep"]
        assert old.document(id="senat")["title"] == ARTICLES[1].title
        assert not old.up_to_date()
        assert len(old.refresh().search(everything, limit=None)) == 20
        held = len(list((tmp_path / "generations").iterdir()))
        del old, new
        kz.delete(["0"])
        assert len(list((tmp_path / "generations").iterdir())) < held
        assert len(Generations(tmp_path).current().segments) < 10


def test_refreshing_whooshs_own_index(tmp_path: Path) -> None:
    with open_index(tmp_path, create=True) as kz:
        kz.add(ARTICLES)
        old = open_dir(str(tmp_path)).searcher()
        kz.delete(["senat"])
        kz.add([Article(id=str(number), body="мектеп") for number in range(10)])
        new = old.refresh()
        assert len(new.search(q.Term("body", "мектеп"), limit=None)) == 11
        assert new.document(id="senat") is None


def test_there_is_none(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError, match="kzsearch index"):
        open_whoosh(tmp_path)


def test_damage_is_said(tmp_path: Path) -> None:
    with open_index(tmp_path, create=True) as kz:
        kz.add(ARTICLES)
    (file,) = tmp_path.glob("segments/*/index.kz")
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    data[-30] ^= 1
    file.write_bytes(data)
    for index in (open_whoosh(tmp_path), open_dir(str(tmp_path))):
        with pytest.raises(IndexDamagedError, match="kzsearch rebuild"):
            index.searcher()
    rebuild_index(tmp_path)
    assert open_whoosh(tmp_path).doc_count() == 3
