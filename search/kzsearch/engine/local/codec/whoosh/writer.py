"""Writing to a kzsearch index through Whoosh's interface."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from whoosh.fields import UnknownFieldError
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex, LockError
from whoosh.util.times import long_to_datetime
from whoosh.writing import IndexingError, IndexWriter, SegmentWriter

from kzsearch.documents.article import FIELDS, Article
from kzsearch.engine.local.codec.columnar import ColumnarCodec
from kzsearch.engine.local.codec.whoosh.schema import kzsearch_schema
from kzsearch.engine.local.codec.whoosh.segment import KzsearchSegments
from kzsearch.engine.local.codec.whoosh.toc import INDEX_NAME
from kzsearch.engine.local.segments import OpenSegments
from kzsearch.engine.local.store.generations import Generations
from kzsearch.engine.local.store.lock import writer_lock
from kzsearch.engine.local.writer import Writer
from kzsearch.errors import IndexLockedError
from kzsearch.morphology import Analyzer

__all__ = ["KzsearchWriter", "claim_writers", "fields_are_fixed"]


def fields_are_fixed() -> IndexingError:
    """The error of those who want to change the schema."""
    return IndexingError(
        "The fields of a kzsearch index are fixed; make an index of your own with "
        "`kzsearch.analysis.KazakhAnalyzer` in its schema to have others."
    )


class KzsearchWriter(IndexWriter):
    """Adds and deletes articles with kzsearch's own writer, in one commit.

    It holds the writer lock until ``commit`` or ``cancel``; an id is unique here, so an article
    with an id that the index has replaces the old one, whether added or updated.
    Raises LockError while another one writes, IndexMismatchError.
    """

    def __init__(self, directory: Path | str, analyzer: Analyzer | None = None) -> None:
        self.storage = FileStorage(str(directory))
        self.indexname = INDEX_NAME
        self.schema = kzsearch_schema()
        self.is_closed = False
        self._analyzer = analyzer or Analyzer()
        self._generations = Generations(Path(directory))
        self._articles: list[Article] = []
        self._deleted: set[int] = set()
        self._opened_reader: Any = None
        with contextlib.ExitStack() as stack:
            try:
                self._lock = stack.enter_context(writer_lock(self._generations.directory))
            except IndexLockedError as error:
                raise LockError(str(error)) from error
            self._lease = self._generations.lease()
            stack.callback(self._lease.release)
            self._lease.manifest.check_made_by(
                ColumnarCodec.name, self._analyzer.fingerprint, self._generations.directory
            )
            self._held = stack.pop_all()

    @property
    def generation(self) -> int:
        """Number of the generation this writer makes."""
        return self._lease.manifest.generation + 1

    def _check_state(self) -> None:
        if self.is_closed:
            raise IndexingError("This writer is closed; make another one to go on writing.")

    # What is there

    def reader(self, **options: Any) -> Any:
        """A reader of the index as it was when this writer was made."""
        self._check_state()
        segments = KzsearchSegments.of(self._lease.manifest, INDEX_NAME)
        return FileIndex._reader(self.storage, self.schema, segments, self.generation - 1)

    def _own_reader(self) -> Any:
        if self._opened_reader is None:
            self._opened_reader = self.reader()
        return self._opened_reader

    def has_deletions(self) -> bool:
        """Whether articles are deleted whose files are not yet without them."""
        return bool(self._deleted) or self._own_reader().has_deletions()

    def deleted_count(self) -> int:
        """How many articles of the index are deleted, those of this writer included."""
        reader = self._own_reader()
        return int(reader.doc_count_all() - reader.doc_count()) + len(self._deleted)

    def is_deleted(self, docnum: int) -> bool:
        """Whether an article is deleted, perhaps by this writer."""
        return docnum in self._deleted or bool(self._own_reader().is_deleted(docnum))

    # Changing it

    def add_field(self, fieldname: str, fieldtype: Any, **options: Any) -> NoReturn:
        """Raises IndexingError: the fields of a kzsearch index are fixed."""
        raise fields_are_fixed()

    def remove_field(self, fieldname: str, **options: Any) -> NoReturn:
        """Raises IndexingError: the fields of a kzsearch index are fixed."""
        raise fields_are_fixed()

    def add_document(self, **fields: Any) -> None:
        """Add an article, or replace that with the same id.

        fields: those of ``kzsearch.Article``, None for one that is not there. A date is a date or
            datetime (without a zone: of Almaty), or text as Whoosh reads it (``20250929``).
        Raises UnknownFieldError, IndexingError for Whoosh's boosts and for fields that are made
        of others, DocumentError for what cannot be stored.
        """
        self._check_state()
        for name in fields:
            if name.startswith("_"):
                raise IndexingError(
                    f"A kzsearch index knows no {name}: an article is stored as it is indexed, "
                    "and weighed at search time."
                )
            if name not in self.schema:
                raise UnknownFieldError(f"No field named {name!r} in a kzsearch index")
            if name not in FIELDS:
                raise IndexingError(f"The field {name} is made of title and body by kzsearch.")
        given = {name: value for name, value in fields.items() if value is not None}
        date = given.get("date")
        if date is not None and not isinstance(date, dt.date):
            given["date"] = long_to_datetime(self.schema["date"].prepare_datetime(date))
        self._articles.append(Article(**given))

    def update_document(self, **fields: Any) -> None:
        """See ``add_document``: an id is unique."""
        self.add_document(**fields)

    def add_reader(self, reader: Any) -> None:
        """Add the stored articles of another index with the same fields."""
        for _, stored in reader.iter_docs():
            self.add_document(**{name: stored[name] for name in FIELDS if name in stored})

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        """Delete an article of the index by its number in ``reader``; False takes that back.

        Raises IndexingError where there is none.
        """
        self._check_state()
        reader = self._own_reader()
        if not 0 <= docnum < reader.doc_count_all():
            raise IndexingError(f"No document ID {docnum!r} in this index")
        if not delete:
            if docnum not in self._deleted:
                raise IndexingError(
                    f"Document {docnum} was not deleted by this writer, so it cannot take it back."
                )
            self._deleted.remove(docnum)
        elif not reader.is_deleted(docnum):
            self._deleted.add(docnum)

    def commit(self, **options: Any) -> None:
        """Publish all changes as one generation and let go of the lock.

        options: Whoosh's ``optimize``, ``merge`` and ``mergetype`` mean nothing here: kzsearch
            merges segments by a rule of its own. Raises IndexWriteError.
        """
        self._check_state()
        try:
            ids = [self._own_reader().stored_fields(docnum)["id"] for docnum in self._deleted]
            if ids or self._articles:
                codec = ColumnarCodec()
                writer = Writer(
                    self._generations,
                    codec,
                    self._analyzer,
                    OpenSegments(self._generations, codec),
                    self._lease.manifest,
                    lock=self._lock,
                    pointer=self._lease.pointer,
                )
                writer.add(self._articles, deleting=ids)
        finally:
            self._finish()

    def cancel(self, **options: Any) -> None:
        """Forget all changes and let go of the lock."""
        self._check_state()
        self._finish()

    def _finish(self) -> None:
        self.is_closed = True
        self._articles.clear()
        if self._opened_reader is not None:
            self._opened_reader.close()
            self._opened_reader = None
        self._held.close()


def claim_writers() -> None:
    """Let Whoosh make a ``KzsearchWriter`` wherever it would write to a kzsearch index itself.

    ``whoosh.index.open_dir`` gives Whoosh's own index object, whose writer would put segments
    of another format behind the manifest's back; they would be gone with the next commit. So
    ``SegmentWriter(index)`` is a ``KzsearchWriter`` for these folders, and for no others.
    """
    if getattr(SegmentWriter.__new__, "of_kzsearch", False):
        return
    SegmentWriter.__new__ = _new_writer(SegmentWriter.__new__)


def _new_writer(before: Callable[..., Any]) -> Callable[..., Any]:
    def __new__(cls: type, index: Any = None, *arguments: Any, **options: Any) -> Any:
        if isinstance(index, FileIndex) and _is_ours(index):
            return (
                index.writer()
                if type(index) is not FileIndex
                else KzsearchWriter(index.storage.folder)
            )
        return before(cls) if before is object.__new__ else before(cls, index, *arguments)

    __new__.of_kzsearch = True  # type: ignore[attr-defined]
    return __new__


def _is_ours(index: FileIndex) -> bool:
    if index.indexname != INDEX_NAME or not isinstance(index.storage, FileStorage):
        return False
    return isinstance(index._read_toc().segments, KzsearchSegments)
