"""The input stream: a file of bytes as a reader gets it, with its name and its beginning."""

from __future__ import annotations

import html
import io
import re
import shutil
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from io import BufferedIOBase
from typing import IO, TYPE_CHECKING, BinaryIO, TextIO, cast

from kzsearch.documents.declared import markup_encoding, undeclared
from kzsearch.documents.encoding import BROKEN_BYTES, SAMPLE_BYTES, detect_encoding
from kzsearch.documents.markup import NOT_XML
from kzsearch.documents.options import NO_OPTIONS, ReadOptions
from kzsearch.documents.records import MAX_BLANK
from kzsearch.errors import DocumentError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["InputStream", "OnBytes", "counted", "open_bytes", "open_input", "peeked"]

OnBytes = Callable[[int], None]
"""Called with the number of bytes just read from disk (compressed, if the file is)."""

HEAD_BYTES = 1 << 16
_BOM = b"\xef\xbb\xbf"
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]+);")
_XML_ENTITIES = frozenset(["amp", "lt", "gt", "quot", "apos"])


class InputStream(io.BufferedReader):
    """A binary stream, not seekable, that knows what it is called and how it begins.

    name: as it is shown to people.
    sample: its first bytes, up to 1 MiB.
    head: the same as a reader's ``sniff`` gets it, line ends made ``\\n``.
    path: where the very same bytes lie on disk, '' if nowhere.
    skipped_lines: how many empty lines before ``sample`` were passed over.
    """

    def __init__(
        self,
        raw: io.RawIOBase,
        sample: bytes,
        *,
        name: str = "",
        path: str = "",
        skipped_lines: int = 0,
        options: ReadOptions = NO_OPTIONS,
    ) -> None:
        super().__init__(raw, 1 << 16)
        self.called = name
        self.sample = sample
        self.path = path
        self.skipped_lines = skipped_lines
        self.options = options

    @cached_property
    def head(self) -> bytes:
        """The beginning as a reader's ``sniff`` gets it (see ``Reader``)."""
        return _trimmed(self.sample)

    @cached_property
    def text_head(self) -> str:
        """The beginning as text, lines ending in ``\\n``. Raises DocumentError for no text."""
        start = self.sample.lstrip()[: 2 * HEAD_BYTES]
        encoding = self.encoding
        if encoding.startswith("utf-16"):
            start = self.sample[: 2 * HEAD_BYTES]
        text = start.decode(encoding, BROKEN_BYTES)[:HEAD_BYTES].lstrip("\ufeff \t\r\n")
        return text.replace("\r\n", "\n").replace("\r", "\n")

    @cached_property
    def encoding(self) -> str:
        """The codec told from the bytes. Raises DocumentError for what is not text."""
        return detect_encoding(self.sample)

    def text(self, encoding: str = "") -> TextIO:
        """The rest of the stream as text, line ends made ``\\n``.

        encoding: a codec, '' to tell it from the bytes. What does not fit comes as lone
        surrogates (see ``encoding``).
        Raises DocumentError for what is not text.
        """
        return io.TextIOWrapper(cast(BinaryIO, self), encoding or self.encoding, BROKEN_BYTES)

    def xml(self) -> BinaryIO:
        """An XML document in UTF-8, whatever it was in, without characters XML does not allow."""
        return io.BufferedReader(_Utf8Xml(self.text(markup_encoding(self.sample))))

    @contextmanager
    def on_disk(self) -> Iterator[IO[bytes]]:
        """The file to be read in any order: itself if it lies on disk, else a copy there."""
        if self.path:
            with open(self.path, "rb") as file:
                yield file
        else:
            with tempfile.TemporaryFile() as copy:
                shutil.copyfileobj(self, copy, 1 << 20)
                copy.seek(0)
                yield copy


def _read_entity(entity: re.Match[str]) -> str:
    """The character of an entity that HTML has and XML has not."""
    return entity[0] if entity[1] in _XML_ENTITIES else html.unescape(entity[0])


def _trimmed(sample: bytes) -> bytes:
    # White space of UTF-16 is no white space of bytes.
    start = (sample if b"\0" in sample[:64] else sample.lstrip())[: 4 * HEAD_BYTES]
    if start[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\0" in start[:4]:
        try:
            encoding = detect_encoding(start)
        except DocumentError:
            return start[:HEAD_BYTES]
        if encoding.startswith("utf-16"):
            start = start.decode(encoding, "replace").encode("utf-8", "replace")
    start = start.removeprefix(_BOM).lstrip()[:HEAD_BYTES]
    return start.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def open_input(
    stream: BufferedIOBase,
    *,
    name: str = "",
    path: str = "",
    options: ReadOptions = NO_OPTIONS,
) -> InputStream:
    """A stream of bytes, not read from yet, as an input stream.

    path: the file on disk that it has the bytes of, if there is one.
    Raises OSError, and EOFError or zlib.error for a damaged packed file that gives no byte.
    """
    skipped = passed = 0
    sample, error = _read_start(stream, SAMPLE_BYTES)
    while len(sample) == SAMPLE_BYTES and sample.isspace() and passed < MAX_BLANK:
        skipped += sample.count(b"\n")
        passed += len(sample)
        sample, error = _read_start(stream, SAMPLE_BYTES)
    raw = _Replayed(sample, stream, error)
    return InputStream(raw, sample, name=name, path=path, skipped_lines=skipped, options=options)


def open_bytes(data: bytes, name: str = "") -> InputStream:
    """Bytes at hand as an input stream."""
    return open_input(io.BufferedReader(io.BytesIO(data)), name=name)


def peeked(stream: BufferedIOBase, size: int) -> tuple[bytes, BufferedIOBase]:
    """The first bytes of a stream, fewer only at its end, and the stream from its beginning."""
    start, error = _read_start(stream, size)
    return start, io.BufferedReader(_Replayed(start, stream, error), 1 << 16)


def counted(stream: BufferedIOBase, on_bytes: OnBytes | None) -> BufferedIOBase:
    """The same stream, telling how many bytes were read of it. Closing it leaves that open."""
    return io.BufferedReader(_Counted(stream, on_bytes or (lambda _bytes: None)), 1 << 16)


def _read_start(stream: BufferedIOBase, size: int) -> tuple[bytes, Exception | None]:
    """The first bytes of a file; of a damaged one as many as can be read, and the error."""
    start = bytearray()
    try:
        while len(start) < size and (data := stream.read1(size - len(start))):
            start += data
    except (EOFError, OSError, zlib.error) as error:
        if not start:
            raise
        return bytes(start), error
    return bytes(start), None


class _Replayed(io.RawIOBase):
    """A file whose beginning was read already: gives that again, then the rest.

    Unlike seeking back it works for pipes. An error met while reading the beginning comes
    again behind it. Closing it leaves the file open.
    """

    def __init__(
        self, beginning: bytes, rest: BufferedIOBase, error: Exception | None = None
    ) -> None:
        self._beginning = memoryview(beginning)
        self._rest = rest
        self._error = error

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        target = memoryview(buffer)
        if self._beginning:
            data: bytes | memoryview = self._beginning[: len(target)]
            self._beginning = self._beginning[len(target) :]
        elif self._error:
            raise self._error
        else:
            data = self._rest.read1(len(target))
        target[: len(data)] = data
        return len(data)


class _Counted(io.RawIOBase):
    """A file that tells how many bytes were read of it."""

    def __init__(self, file: BufferedIOBase, on_bytes: OnBytes) -> None:
        self._file = file
        self._on_bytes = on_bytes

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        count = self._file.readinto1(buffer)
        self._on_bytes(count)
        return count


class _Utf8Xml(io.RawIOBase):
    """The text of an XML document as UTF-8, its declaration made to agree."""

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self._data = memoryview(b"")
        self._begun = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        while not self._data:
            piece = self._text.read(1 << 15)
            if not piece:
                return 0
            if not self._begun:
                piece = undeclared(piece)
                self._begun = bool(piece)
            piece = _ENTITY.sub(_read_entity, piece)
            self._data = memoryview(NOT_XML.sub("\ufffd", piece).encode())
        target = memoryview(buffer)
        data = self._data[: len(target)]
        self._data = self._data[len(target) :]
        target[: len(data)] = data
        return len(data)
