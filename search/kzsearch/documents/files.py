"""Finds the files to read and opens them as text, whatever they are wrapped in.

A path may be a file, a folder (all of it, in sorted order, hidden files and
README files left out) or ``-`` for standard input. Compression is told from the first bytes, so
a ``.gz`` in the name is welcome but not needed.
"""

from __future__ import annotations

import gzip
import io
import os
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from io import BufferedIOBase
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, cast

from kzsearch.documents.encoding import BROKEN_BYTES, SAMPLE_BYTES, detect_encoding
from kzsearch.documents.problems import OnProblem, Problem
from kzsearch.documents.readers import has_known_suffix

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["STANDARD_INPUT", "OnBytes", "find_files", "input_size", "open_text"]

STANDARD_INPUT = "-"

OnBytes = Callable[[int], None]
"""Called with the number of bytes just read from disk (compressed, if the file is)."""

_HEAD_BYTES = 1 << 16
_GZIP_MAGIC = b"\x1f\x8b"


def find_files(paths: Iterable[Path | str], *, on_problem: OnProblem) -> Iterator[str]:
    """The files behind ``paths``: named files as they are, folders walked in sorted order.

    Links are followed, except back into a folder they lie in.
    """
    for path in map(str, paths):
        if path != STANDARD_INPUT and os.path.isdir(path):
            yield from _walk(path, on_problem)
        else:
            yield path


def _walk(top: str, on_problem: OnProblem) -> Iterator[str]:
    waiting: list[tuple[str, tuple[str, ...]]] = [(top, ())]  # a path, the real folders above it
    while waiting:
        path, above = waiting.pop()
        if os.path.isfile(path) and has_known_suffix(path):
            yield path
        elif not os.path.isdir(path):
            on_problem(Problem(path, None, _why_not(path)))
        elif (real := os.path.realpath(path)) in above:
            on_problem(Problem(path, None, "the link leads back to a folder above it"))
        else:
            try:
                names = sorted(name for name in os.listdir(path) if not _is_no_article(name))
            except OSError as error:
                on_problem(Problem(path, None, f"the folder cannot be read: {error.strerror}"))
                continue
            waiting.extend((os.path.join(path, name), (*above, real)) for name in reversed(names))


def _is_no_article(name: str) -> bool:
    """Whether a file in a folder is hidden or tells about the folder: named itself, it is read."""
    return name.startswith(".") or name.lower().partition(".")[0] == "readme"


def _why_not(path: str) -> str:
    """Why something found in a folder is not read."""
    if os.path.isfile(path):
        return "the name does not tell what is in it: to read it all the same, name it itself"
    return "this is no file" if os.path.exists(path) else "the link leads nowhere"


def input_size(paths: Iterable[Path | str]) -> int | None:
    """Bytes on disk behind ``paths``, to show progress by; None when it cannot be known."""
    total = 0
    for path in find_files(paths, on_problem=lambda _problem: None):
        if not os.path.isfile(path):
            return None
        total += os.path.getsize(path)
    return total


@contextmanager
def open_text(path: str, *, on_bytes: OnBytes | None = None) -> Iterator[tuple[TextIO, str]]:
    """A file or standard input as text, and the beginning of that text to judge it by.

    Decompressed, decoded, line ends made ``\\n``. Bytes that do not fit the encoding come
    as lone surrogates (see ``encoding``).
    Raises OSError, DocumentError (not text); reading may raise EOFError, zlib.error.
    """
    with _open_bytes(path) as file:
        raw = io.BufferedReader(_Counted(file, on_bytes or (lambda _bytes: None)))
        packed = raw.peek()[: len(_GZIP_MAGIC)] == _GZIP_MAGIC
        unpacked = cast(BufferedIOBase, gzip.GzipFile(fileobj=raw)) if packed else raw
        sample, error = _read_sample(unpacked)
        encoding = detect_encoding(sample)
        whole = io.BufferedReader(_Replayed(sample, unpacked, error))
        head = io.TextIOWrapper(io.BytesIO(sample[:_HEAD_BYTES]), encoding, BROKEN_BYTES).read()
        yield io.TextIOWrapper(whole, encoding, BROKEN_BYTES), head


def _open_bytes(path: str) -> AbstractContextManager[BufferedIOBase]:
    if path == STANDARD_INPUT:
        if sys.stdin is None:
            raise OSError("standard input is closed")
        return nullcontext(cast(BufferedIOBase, sys.stdin.buffer))
    return cast(BufferedIOBase, open(path, "rb"))


def _read_sample(file: BufferedIOBase) -> tuple[bytes, Exception | None]:
    """The first bytes of a file; of a damaged one as many as can be read, and the error."""
    sample = bytearray()
    try:
        while len(sample) < SAMPLE_BYTES and (data := file.read1(SAMPLE_BYTES)):
            sample += data
    except (EOFError, OSError, zlib.error) as error:
        if not sample:
            raise
        return bytes(sample), error
    return bytes(sample), None


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
    """A file that tells how many bytes were read of it. Closing it leaves the file open."""

    def __init__(self, file: BufferedIOBase, on_bytes: OnBytes) -> None:
        self._file = file
        self._on_bytes = on_bytes

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        count = self._file.readinto1(buffer)
        self._on_bytes(count)
        return count
