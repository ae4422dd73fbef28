"""Writing to a kzsearch index through Whoosh."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from whoosh import fields, index
from whoosh import query as q
from whoosh.fields import UnknownFieldError
from whoosh.index import LockError, open_dir
from whoosh.writing import AsyncWriter, BufferedWriter, IndexingError, SegmentWriter

from kzsearch import Article, Index, open_index, open_whoosh
from kzsearch.engine.local.codec.whoosh.codec import KzsearchCodec
from kzsearch.errors import DocumentError, KzsearchError


@pytest.fixture
def kz(tmp_path: Path) -> Iterator[Index]:
    with open_index(tmp_path / "index", create=True) as kz:
        kz.add([Article(id="1", title="Мектеп"), Article(id="2", title="Сенат")])
        yield kz


@pytest.fixture(params=["open_whoosh", "open_dir"])
def ix(request: pytest.FixtureRequest, kz: Index) -> Any:
    return (
        open_whoosh(kz.location) if request.param == "open_whoosh" else open_dir(str(kz.location))
    )


def ids(kz: Index) -> list[str]:
    return sorted(kz.rank("мектеп OR сенат OR қала"))


def test_articles_are_added_and_replaced_in_one_commit(ix: Any, kz: Index) -> None:
    before = ix.latest_generation()
    with ix.writer() as writer:
        writer.add_document(id="3", title="Қала", date=dt.datetime(2025, 9, 29, 12))
        writer.update_document(id="1", title="Қалалар")
        assert writer.delete_by_term("id", "2") == 1
        assert ids(kz) == ["1", "2"]
    assert ix.latest_generation() == before + 1
    assert ids(kz) == ["1", "3"]
    assert kz.get("1") == Article(id="1", title="Қалалар")
    assert kz.get("3") == Article(id="3", title="Қала", date=dt.datetime(2025, 9, 29, 12))
    with ix.searcher() as searcher:
        found = searcher.search(q.Term("title", "қала"))
        assert sorted(hit["id"] for hit in found) == ["1", "3"]


def test_a_cancelled_writer_has_changed_nothing(ix: Any, kz: Index) -> None:
    writer = ix.writer()
    writer.add_document(id="3", title="Қала")
    writer.delete_document(0)
    assert writer.is_deleted(0)
    assert writer.deleted_count() == 1
    writer.cancel()
    with pytest.raises(IndexingError, match="closed"):
        writer.add_document(id="4")
    with contextlib.suppress(RuntimeError), ix.writer() as writer:
        writer.add_document(id="3", title="Қала")
        raise RuntimeError
    assert ids(kz) == ["1", "2"]


def test_a_deletion_can_be_taken_back(ix: Any, kz: Index) -> None:
    with ix.writer() as writer:
        writer.delete_document(0)
        writer.delete_document(1)
        writer.delete_document(0, delete=False)
        with pytest.raises(IndexingError, match="not deleted"):
            writer.delete_document(0, delete=False)
        with pytest.raises(IndexingError, match="No document"):
            writer.delete_document(2)
    assert ids(kz) == ["1"]


def test_deleting_by_query_through_the_index(ix: Any, kz: Index) -> None:
    ix.delete_by_query(q.Term("title", "мектеп"))
    assert ids(kz) == ["2"]


def test_one_writer_at_a_time(ix: Any, kz: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kzsearch.engine.local.store.lock.WAIT_SECONDS", 0.01)
    writer = ix.writer()
    with pytest.raises(LockError, match="being written"):
        ix.writer()
    with pytest.raises(KzsearchError, match="being written"):
        kz.delete(["1"])
    writer.commit()
    kz.delete(["1"])
    assert ids(kz) == ["2"]


def test_what_an_article_cannot_hold_is_refused(ix: Any, kz: Index) -> None:
    with ix.writer() as writer:
        with pytest.raises(UnknownFieldError, match="tags"):
            writer.add_document(id="3", tags="а")
        with pytest.raises(IndexingError, match="made of title and body"):
            writer.add_document(id="3", title_exact="мектеп")
        with pytest.raises(IndexingError, match="_boost"):
            writer.add_document(id="3", title="мектеп", _boost=2.0)
        with pytest.raises(DocumentError):
            writer.add_document(id="3", title="мек\0теп")
        for change in (writer.add_field, ix.add_field):
            with pytest.raises((IndexingError, LockError), match=r"fixed|written"):
                change("tags", fields.KEYWORD)
    assert ids(kz) == ["1", "2"]


def test_whooshs_dates_as_text(ix: Any, kz: Index) -> None:
    with ix.writer() as writer:
        writer.add_document(id="3", title="Қала", date="20250929")
    article = kz.get("3")
    assert article is not None
    assert article.day == dt.date(2025, 9, 29)


def test_whooshs_other_writers(ix: Any, kz: Index) -> None:
    writer = AsyncWriter(ix)
    writer.add_document(id="3", title="Қала")
    writer.commit()
    writer.wait()
    assert ids(kz) == ["1", "2", "3"]
    buffered = BufferedWriter(ix, period=0, limit=2)
    for number in range(4, 7):
        buffered.add_document(id=str(number), title="Қала")
    buffered.close()
    assert ids(kz) == ["1", "2", "3", "4", "5", "6"]
    direct = SegmentWriter(ix)
    direct.add_document(id="7", title="Қала")
    direct.commit(optimize=True)
    assert ids(kz) == ["1", "2", "3", "4", "5", "6", "7"]
    with ix.writer(procs=2) as several:
        several.add_document(id="8", title="Қала")
    assert ids(kz) == ["1", "2", "3", "4", "5", "6", "7", "8"]


def test_other_indexes_keep_whooshs_writer(ix: Any, kz: Index, tmp_path: Path) -> None:
    ix.writer().cancel()
    (tmp_path / "own").mkdir()
    own = index.create_in(str(tmp_path / "own"), fields.Schema(title=fields.TEXT(stored=True)))
    with own.writer() as writer:
        assert type(writer) is SegmentWriter
        writer.add_document(title="two words")
    assert own.doc_count() == 1


def test_the_codec_says_who_writes(tmp_path: Path) -> None:
    own = index.create_in(str(tmp_path), fields.Schema(title=fields.TEXT))
    with pytest.raises(IndexingError, match="open_whoosh"):
        SegmentWriter(own, codec=KzsearchCodec())
