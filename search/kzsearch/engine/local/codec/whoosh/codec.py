"""The Whoosh codec that reads kzsearch's segments."""

from __future__ import annotations

from typing import Any, NoReturn

from whoosh.codec.base import Codec
from whoosh.writing import IndexingError

from kzsearch.engine.local.codec.whoosh.documents import SegmentDocuments
from kzsearch.engine.local.codec.whoosh.opened import open_segment
from kzsearch.engine.local.codec.whoosh.segment import USE_WRITER, KzsearchSegment
from kzsearch.engine.local.codec.whoosh.terms import SegmentTerms

__all__ = ["KzsearchCodec"]


class KzsearchCodec(Codec):
    """Reads segments in place. Raises IndexDamagedError for one that is not what was written.

    It cannot write: a segment is made of whole articles (words, their stems, places, title
    phrases, fingerprints), and what Whoosh hands a codec is terms of fields one by one.
    """

    def terms_reader(self, storage: Any, segment: KzsearchSegment) -> SegmentTerms:
        """The terms of a segment."""
        return SegmentTerms(open_segment(storage.folder, segment.entry))

    def per_document_reader(self, storage: Any, segment: KzsearchSegment) -> SegmentDocuments:
        """The articles of a segment."""
        return SegmentDocuments(segment, open_segment(storage.folder, segment.entry))

    def per_document_writer(self, storage: Any, segment: Any) -> NoReturn:
        """Raises IndexingError."""
        raise IndexingError(USE_WRITER)

    def field_writer(self, storage: Any, segment: Any) -> NoReturn:
        """Raises IndexingError."""
        raise IndexingError(USE_WRITER)

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> NoReturn:
        """Raises IndexingError."""
        raise IndexingError(USE_WRITER)

    def postings_reader(
        self, dbfile: Any, terminfo: Any, format_: Any, term: Any = None, scorer: Any = None
    ) -> NoReturn:
        """Raises IndexingError: postings are read through ``terms_reader``."""
        raise IndexingError(USE_WRITER)

    def new_segment(self, storage: Any, indexname: str) -> NoReturn:
        """Raises IndexingError."""
        raise IndexingError(USE_WRITER)
