"""Whoosh's stock codec (W3) made safe and quick, by subclassing it at four points.

* W3 reads pickles. Ours hold only numbers, strings and tuples, so every pickle
  is read by an unpickler that refuses to import anything: opening an index
  from an unknown place can fail, but never run code.
* W3 pickles each posting's value by itself; here one block's values are joined.
* W3 adds and reads postings one by one; here whole lists at a time.
* W3's reader has one file position: callers lock (see ``reader.py``).
"""

from __future__ import annotations

import contextlib
import io
import pickle
import struct
import zlib
from array import array
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any, NoReturn

from whoosh import formats
from whoosh.codec.whoosh3 import (
    W3Codec,
    W3FieldWriter,
    W3LeafMatcher,
    W3PostingsWriter,
    W3Segment,
    W3TermInfo,
    W3TermsReader,
)
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile
from whoosh.reading import CorruptIndexError, TermNotFound
from whoosh.system import pack_ushort

__all__ = ["SafeCodec", "SafeStorage", "decode_positions", "encode_positions"]

KEY_HEAD = 2
ARTICLE_COUNT = struct.Struct("!I")
ARTICLE_COUNT_AT = 5
"""Where W3 keeps them: keys begin with the field's number, values with flags and a weight."""

BLOCK_POSTINGS = 512
"""Postings per block: everything is read in full for facets, so larger than W3's 128."""


class PlainUnpickler(pickle.Unpickler):
    """Reads numbers, strings, bytes-free containers; refuses anything that needs an import."""

    def find_class(self, module: str, name: str) -> NoReturn:
        """Refuse."""
        raise CorruptIndexError(f"the index names the code object {module}.{name}")


class SafeFile(StructFile):
    """A file of an index whose pickles cannot run code."""

    def read_pickle(self) -> Any:
        """A plain value."""
        return PlainUnpickler(self.file).load()


class SafeStorage(FileStorage):
    """A segment directory that opens files as ``SafeFile`` and leaves none open behind."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self._opened: list[StructFile] = []

    def create_file(self, name: str, **kwargs: Any) -> StructFile:
        """Create a file for writing."""
        file = super().create_file(name, **kwargs)
        self._opened.append(file)
        return file

    def open_file(self, name: str, **kwargs: Any) -> SafeFile:
        """Open a file for reading."""
        file = SafeFile(super().open_file(name).raw_file(), name=name, **kwargs)
        self._opened.append(file)
        return file

    def close(self) -> None:
        """Close what is still open, as after a failure; what it still buffers is lost."""
        for file in self._opened:
            with contextlib.suppress(OSError):
                file.raw_file().close()
        self._opened.clear()


def encode_positions(positions: Sequence[int]) -> bytes:
    """Rising positions as gaps, seven bits a byte, the high bit set on all but the last."""
    encoded = bytearray()
    previous = 0
    for position in positions:
        gap = position - previous
        previous = position
        while gap > 127:
            encoded.append(gap & 127 | 128)
            gap >>= 7
        encoded.append(gap)
    return bytes(encoded)


def decode_positions(encoded: bytes) -> list[int]:
    """The positions again."""
    if encoded.isascii():  # no gap above 127, as nearly always
        return list(accumulate(encoded))
    positions = []
    position = gap = shift = 0
    for byte in encoded:
        gap |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            position += gap
            positions.append(position)
            gap = shift = 0
    return positions


class BlockWriter(W3PostingsWriter):
    """Writes a term's postings as whole blocks."""

    def write(
        self,
        format_: formats.Format,
        ids: Sequence[int],
        weights: Sequence[float],
        values: Sequence[bytes],
    ) -> W3TermInfo:
        """Write all postings of a term; ``values`` may be empty."""
        self.start_postings(format_, W3TermInfo())
        for begin in range(0, len(ids), self._blocklimit):
            end = begin + self._blocklimit
            self._ids = array("I", ids[begin:end])
            self._weights = array("f", weights[begin:end])
            self._values = values[begin:end]
            self._maxweight = max(self._weights)
            if end < len(ids):
                self._write_block()
        return self.finish_postings()

    def _mini_values(self) -> tuple[tuple[int, ...], str] | None:
        # str, not bytes: protocol 2, which W3 writes, can only pickle bytes as a call.
        if not self._values:
            return None
        return tuple(map(len, self._values)), b"".join(self._values).decode("latin-1")


class BlockReader(W3LeafMatcher):
    """Reads a term's postings block by block."""

    def blocks(self) -> Iterator[BlockReader]:
        """This reader, once for each block, standing on it."""
        while self.is_active():
            self._read_ids()
            self._read_weights()
            yield self
            self._next_block()

    @property
    def numbers(self) -> Sequence[int]:
        """Article numbers of the block."""
        return self._ids

    @property
    def frequencies(self) -> Sequence[float]:
        """How often each of the block's articles holds the term."""
        frequencies: Sequence[float] = self._weights
        return frequencies

    @property
    def positions(self) -> list[bytes]:
        """Encoded positions in each of the block's articles; empty in a field without."""
        if self._data[2] is None:
            return []
        lengths, joined = self._data[2]
        encoded = joined.encode("latin-1")
        ends = list(accumulate(lengths))
        return [encoded[end - length : end] for length, end in zip(lengths, ends, strict=True)]

    def _read_data(self) -> None:
        length = self._nextoffset - self._dataoffset
        data = self._postfile.get(self._dataoffset, length)
        if self._compression:
            data = zlib.decompress(data)
        self._data = PlainUnpickler(io.BytesIO(data)).load()

    def _read_ids(self) -> None:
        if self._data is None:
            self._read_data()
        self._ids = tuple(accumulate(self._data[0]))


class SafeTermsReader(W3TermsReader):
    """Looks up terms without unpickling."""

    def term_info(self, fieldname: str, tbytes: bytes) -> W3TermInfo:
        """Where a term's postings are. Postings inlined as a pickle are never written here."""
        try:
            data = self._tindex[self._keycoder(fieldname, tbytes)]
        except KeyError:
            raise TermNotFound(f"{fieldname}:{tbytes!r}") from None
        if data[0]:
            raise CorruptIndexError("the index holds inlined postings")
        return W3TermInfo.from_bytes(data)

    def counted_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[bytes, int]]:
        """Terms of a field that begin with ``prefix``, and how many articles hold each."""
        begin = self._keycoder(fieldname, prefix)
        for key, data in self._tindex.items_from(begin):
            if not key.startswith(begin):
                return
            (count,) = ARTICLE_COUNT.unpack_from(data, ARTICLE_COUNT_AT)
            yield key[KEY_HEAD:], count


class BulkFieldWriter(W3FieldWriter):
    """Writes a term with all its postings at once."""

    def write_term(
        self, term: bytes, ids: Sequence[int], weights: Sequence[float], values: Sequence[bytes]
    ) -> None:
        """Write a term; terms must come in rising order within a field."""
        info = self._postwriter.write(self._format, ids, weights, values)
        self._tindex.add(pack_ushort(self._fieldid) + term, info.to_bytes())


class SafeCodec(W3Codec):
    """W3 with the classes above in place of its own."""

    def __init__(self) -> None:
        super().__init__(blocklimit=BLOCK_POSTINGS)

    def field_writer(self, storage: FileStorage, segment: W3Segment) -> BulkFieldWriter:
        """Writer of terms and postings."""
        return BulkFieldWriter(self, storage, segment)

    def postings_writer(self, dbfile: StructFile, byteids: bool = False) -> BlockWriter:
        """Writer of one field's postings."""
        return BlockWriter(dbfile, self._blocklimit, byteids, self._compression, self._inlinelimit)

    def postings_reader(
        self,
        dbfile: StructFile,
        terminfo: W3TermInfo,
        format_: formats.Format,
        term: object = None,
        scorer: object = None,
    ) -> BlockReader:
        """Reader of one term's postings."""
        return BlockReader(dbfile, *terminfo.extent(), format_, term=term, scorer=scorer)

    def terms_reader(self, storage: FileStorage, segment: W3Segment) -> SafeTermsReader:
        """Reader of the term dictionary."""
        name = segment.make_filename(self.TERMS_EXT)
        return SafeTermsReader(
            self,
            storage.open_file(name),
            storage.file_length(name),
            segment.open_file(storage, self.POSTS_EXT),
        )
