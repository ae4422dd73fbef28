"""The state file: what is written is read again, in order, or a sentence says why not."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzsearch.errors import SourceError
from kzsearch.sources.state import FeedState, PageState, State


def page(key: str, **more: object) -> PageState:
    return PageState(key, f"http://a.kz/{key}", "feed:a", **more)  # type: ignore[arg-type]


def test_what_is_not_known_is_empty(state: State) -> None:
    assert state.feed("a") == FeedState("a")
    assert state.page("a") is None
    assert state.robots("http://a.kz") is None
    assert state.pause("a.kz") == 0
    assert state.next_page("a") is None
    assert state.page_counts("a") == (0, 0, 0)


def test_what_is_written_is_read_by_the_next_process(tmp_path: Path) -> None:
    feed = FeedState("feed:a", etag='"1"', next=5.0, fails=2, error="жоқ", success=1.5)
    listed = page("p", entry='{"title": "ә"}', published=3.0, next=4.0)
    other = FeedState("feed:b", etag='"2"')
    with State(tmp_path / "s") as state:
        state.save_feed(feed, [listed], [other])
        state.save_robots("http://a.kz", "Disallow:", 9.0)
        state.save_pause("a.kz", 8.0)
    with State(tmp_path / "s", read_only=True) as state:
        assert state.feed("feed:a") == feed
        assert state.feed("feed:b") == other
        assert state.page("p") == listed
        assert state.robots("http://a.kz") == ("Disallow:", 9.0)
        assert state.pause("a.kz") == 8.0


def test_due_pages_never_fetched_first_and_the_newest_of_them(state: State) -> None:
    pages = [
        page("again", fetched=1.0, published=90.0, next=5.0),
        page("old", published=1.0, next=0.0),
        page("new", published=50.0, next=0.0),
        page("undated", seen=20.0, next=0.0),
        page("later", published=99.0, next=11.0),
        page("never", status=200, next=None),
    ]
    state.save_pages(pages)
    assert [due.key for due in state.due_pages("feed:a", 10.0, 9)] == [
        "new", "undated", "old", "again",
    ]  # fmt: skip
    assert [due.key for due in state.due_pages("feed:a", 10.0, 2)] == ["new", "undated"]
    assert state.due_count("feed:a", 10.0) == 4
    assert state.next_page("feed:a") == 0.0
    assert state.due_pages("feed:b", 10.0, 9) == []


def test_counts(state: State) -> None:
    state.save_pages([
        page("a", article="1", next=None),
        page("b", article="2", next=5.0),
        page("c", next=5.0),
        page("d", next=None, error="жоқ"),
        page("e", next=None, status=301),
    ])  # fmt: skip
    assert state.page_counts("feed:a") == (2, 1, 1)


def test_nothing_of_a_transaction_that_fails_is_written(state: State) -> None:
    wrong = page("b", entry=None)
    with pytest.raises(SourceError):
        state.save_feed(FeedState("feed:a", etag="new"), [page("a"), wrong])
    assert state.page("a") is None
    assert state.feed("feed:a") == FeedState("feed:a")


def test_an_index_made_anew_is_noticed(state: State) -> None:
    state.save_feed(FeedState("feed:a"), [page("a")])
    for generation in (3, 4, 4):
        state.follow_index(generation)
        assert state.page("a")
    state.save_robots("http://a.kz", "", 9.0)
    state.follow_index(1)
    assert state.page("a") is None
    assert state.robots("http://a.kz")


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "s").write_bytes(b"no database at all, but long enough to be looked at" * 100)
    with pytest.raises(SourceError, match=r"cannot be read or written .* delete the file"):
        State(tmp_path / "s")


def test_a_file_of_another_version_is_told(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "s") as other:
        other.execute("PRAGMA user_version = 99")
    other.close()
    with pytest.raises(SourceError, match="another version"):
        State(tmp_path / "s")


def test_a_missing_file_is_not_made_when_only_read(tmp_path: Path) -> None:
    with pytest.raises(SourceError):
        State(tmp_path / "s", read_only=True)
    assert not (tmp_path / "s").exists()


@given(st.text(), st.text(), st.floats(0, 1e10), st.one_of(st.none(), st.floats(0, 1e10)))
def test_any_text_and_time_comes_back(key: str, text: str, when: float, then: float | None) -> None:
    if "\ud800" <= max(key + text, default="") <= "\udfff":
        return  # half characters never get here
    with State(Path(":memory:")) as state:
        stored = page(key, entry=text, seen=when, published=then, next=then)
        state.save_pages([stored])
        assert state.page(key) == stored
