"""How sources are doing, in a sentence each."""

from __future__ import annotations

from pathlib import Path

import pytest

from kzsearch.sources.config import load_sources
from kzsearch.sources.places import Places, places_of
from kzsearch.sources.state import FeedState, PageState, State
from kzsearch.sources.status import source_statuses

NOW = 1_759_147_200.0  # 2025-09-29 17:00 in Almaty


@pytest.fixture
def places(tmp_path: Path) -> Places:
    places = places_of(tmp_path)
    places.sources.write_text('[[source]]\nname = "Газет"\nfeed = "https://gazet.kz/rss"\n')
    return places


def sentence(places: Places, **feed: object) -> str:
    (source,) = load_sources(places.sources).sources
    with State(places.state) as state:
        state.save_feed(FeedState(source.key, **feed))  # type: ignore[arg-type]
    (status,) = source_statuses(places, NOW)
    return str(status)


def test_no_sources(tmp_path: Path) -> None:
    assert source_statuses(places_of(tmp_path), NOW) == []


def test_a_new_source(places: Places) -> None:
    assert [str(status) for status in source_statuses(places, NOW)] == [
        "Газет: 0 articles, not looked at yet."
    ]


@pytest.mark.parametrize(
    ("ago", "words"),
    [(5, "just now"), (60, "1 minute ago"), (7300, "2 hours ago"), (200_000, "2 days ago")],
)
def test_when_it_answered(places: Places, ago: float, words: str) -> None:
    said = sentence(places, success=NOW - ago, tried=NOW - ago)
    assert said == f"Газет: 0 articles, last answered {words}."


def test_failures(places: Places) -> None:
    assert sentence(places, tried=NOW, fails=1, error="no connection", next=NOW + 120) == (
        "Газет: 0 articles, has never answered; failed: no connection; tried again from 17:02 on."
    )
    assert sentence(
        places, tried=NOW, success=NOW - 3600, fails=3, error="status 500", next=NOW + 86400
    ) == (
        "Газет: 0 articles, last answered 1 hour ago; failed 3 times in a row: status 500; "
        "tried again from 2025-09-30 17:00 on."
    )


def test_counts(places: Places) -> None:
    (source,) = load_sources(places.sources).sources
    with State(places.state) as state:
        state.save_pages([
            PageState("a", "", source.key, article="1", next=None),
            PageState("b", "", source.key),
            PageState("c", "http://a.kz/c", source.key, error="robots.txt forbids it", next=None),
        ])  # fmt: skip
    assert sentence(places, success=NOW) == (
        "Газет: 1 article, 1 to be fetched, 1 could not be had, last answered just now "
        "(not in the index, for one: http://a.kz/c: robots.txt forbids it)."
    )


def test_where_things_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert places_of(tmp_path).state == tmp_path / "sources.sqlite"
    assert places_of(str(tmp_path), file=Path("x.toml")).sources == Path("x.toml")
    monkeypatch.setenv("KZSEARCH_INDEX", str(tmp_path / "mine"))
    assert places_of().sources == tmp_path / "mine" / "sources.toml"
    remote = places_of("https://search.kz:9200/news")
    assert remote.state.name == "sources.sqlite"
    assert remote != places_of("https://search.kz:9200/other")
