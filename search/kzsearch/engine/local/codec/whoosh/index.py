"""A kzsearch index as a Whoosh index, read from its manifest."""

from __future__ import annotations

import weakref
from pathlib import Path
from typing import Any, NoReturn

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex

from kzsearch.engine.local.codec.columnar import ColumnarCodec
from kzsearch.engine.local.codec.whoosh.schema import kzsearch_schema
from kzsearch.engine.local.codec.whoosh.segment import KzsearchSegments
from kzsearch.engine.local.codec.whoosh.toc import INDEX_NAME
from kzsearch.engine.local.codec.whoosh.writer import KzsearchWriter, fields_are_fixed
from kzsearch.engine.local.store.generations import Generations, Lease
from kzsearch.errors import IndexMismatchError
from kzsearch.morphology import Analyzer

__all__ = ["KzsearchIndex"]


class KzsearchIndex(FileIndex):
    """The index in a folder, as Whoosh sees it.

    Each reader and searcher shows the generation that was the newest when it was made, and holds
    it: a writer removes none of its files. Nothing is unpickled.
    Raises IndexMissingError, IndexDamagedError, IndexMismatchError.
    """

    def __init__(self, path: Path | str, analyzer: Analyzer) -> None:
        self.storage = FileStorage(str(path))
        self.indexname = INDEX_NAME
        self._schema = kzsearch_schema()
        self._generations = Generations(Path(path))
        self._analyzer = analyzer
        self._read_toc()

    def _leased(self) -> Lease:
        lease = self._generations.lease()
        try:
            lease.manifest.check_made_by(
                ColumnarCodec.name, self._analyzer.fingerprint, self._generations.directory
            )
        except IndexMismatchError:
            lease.release()
            raise
        return lease

    def _table(self, lease: Lease) -> TOC:
        segments = KzsearchSegments.of(lease.manifest, INDEX_NAME)
        return TOC(self._schema, segments, lease.manifest.generation)

    def _read_toc(self) -> TOC:
        lease = self._leased()
        lease.release()
        return self._table(lease)

    @property
    def schema(self) -> Any:
        """The fields; those of every kzsearch index."""
        return self._schema

    def latest_generation(self) -> int:
        """Number of the newest generation."""
        return self._generations.current().generation

    def last_modified(self) -> float:
        """When the newest generation was committed, in seconds since 1970."""
        return self._generations.pointer.stat().st_mtime

    def reader(self, reuse: Any = None) -> Any:
        """A reader of the newest generation; what it shares with older ones is opened once."""
        lease = self._leased()
        try:
            table = self._table(lease)
            reader = self._reader(self.storage, table.schema, table.segments, table.generation)
        except BaseException:
            lease.release()
            raise
        weakref.finalize(reader, lease.release)
        return reader

    def writer(self, procs: int = 1, **options: Any) -> KzsearchWriter:
        """A writer. Whoosh's options (memory, codec, processes) mean nothing here.

        Raises LockError while another one writes.
        """
        return KzsearchWriter(self._generations.directory, self._analyzer)

    def add_field(self, fieldname: str, fieldspec: Any) -> NoReturn:
        """Raises IndexingError: the fields of a kzsearch index are fixed."""
        raise fields_are_fixed()

    def remove_field(self, fieldname: str) -> NoReturn:
        """Raises IndexingError: the fields of a kzsearch index are fixed."""
        raise fields_are_fixed()
