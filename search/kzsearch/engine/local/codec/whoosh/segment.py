"""A segment in Whoosh's table of contents."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NoReturn

from whoosh.codec.base import Segment
from whoosh.writing import IndexingError

from kzsearch.engine.local.store.manifest import Manifest, SegmentEntry

if TYPE_CHECKING:
    from kzsearch.engine.local.codec.whoosh.codec import KzsearchCodec

__all__ = ["USE_WRITER", "KzsearchSegment", "KzsearchSegments"]

USE_WRITER = (
    "A kzsearch index is written by kzsearch only: take `kzsearch.open_whoosh(path).writer()` or "
    "`kzsearch.open_index(path).add(...)`."
)


class KzsearchSegment(Segment):
    """A segment as the manifest has it. Its id is another with other deletions."""

    def __init__(self, indexname: str, entry: SegmentEntry) -> None:
        self.indexname = indexname
        self.entry = entry
        self.compound = False
        gone = ",".join(map(str, sorted(entry.deleted)))
        deleted = hashlib.blake2b(gone.encode("ascii"), digest_size=8).hexdigest()
        self.segid = f"{entry.identity}{deleted}"

    def codec(self) -> KzsearchCodec:
        """The codec that reads it."""
        from kzsearch.engine.local.codec.whoosh.codec import KzsearchCodec

        return KzsearchCodec()

    def doc_count_all(self) -> int:
        """How many articles it holds, deleted ones included."""
        return self.entry.articles

    def deleted_count(self) -> int:
        """How many are deleted."""
        return len(self.entry.deleted)

    def deleted_docs(self) -> Iterator[int]:
        """Their numbers."""
        return iter(sorted(self.entry.deleted))

    def is_deleted(self, docnum: int) -> bool:
        """Whether an article is deleted."""
        return docnum in self.entry.deleted

    def should_assemble(self) -> bool:
        """It is never put into one of Whoosh's compound files."""
        return False

    def set_doc_count(self, doccount: int) -> NoReturn:
        """Raises IndexingError: it is not for Whoosh to change."""
        raise IndexingError(USE_WRITER)

    def delete_document(self, docnum: int, delete: bool = True) -> NoReturn:
        """Raises IndexingError: it is not for Whoosh to change."""
        raise IndexingError(USE_WRITER)


class KzsearchSegments(list[KzsearchSegment]):
    """The segments of a generation.

    Whoosh, when it refreshes a searcher, adds the segments of the old generation, merged away or
    not, to those of the new one: here they stay out.
    """

    def extend(self, segments: Iterable[Any]) -> None:
        """Add nothing."""

    @classmethod
    def of(cls, manifest: Manifest, indexname: str) -> KzsearchSegments:
        """The segments of a manifest that hold articles."""
        return cls(
            KzsearchSegment(indexname, entry) for entry in manifest.segments if entry.articles
        )
