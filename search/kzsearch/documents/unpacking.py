"""Compression and archives, one layer below the formats.

Both are told by their first bytes, may lie in one another (``.tar.gz``, a zip of ``.jsonl.gz``)
and are read as streams; only a zip that does not lie on disk itself is copied there first.
"""

from __future__ import annotations

import bz2
import gzip
import importlib
import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from io import BufferedIOBase
from typing import IO, cast

from kzsearch.documents.inputs import InputStream, open_input, peeked
from kzsearch.documents.options import ReadOptions
from kzsearch.documents.problems import Problem
from kzsearch.errors import DocumentError

__all__ = ["DAMAGE", "inputs_in", "is_no_article"]

DAMAGE = (EOFError, zlib.error, lzma.LZMAError, tarfile.TarError, zipfile.BadZipFile)
"""What reading a damaged packed file raises, besides OSError."""

_MAX_LAYERS = 8
_PEEKED = 1 << 10
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_ZSTD_MODULES = ("compression.zstd", "backports.zstd")


def inputs_in(
    stream: BufferedIOBase, name: str, *, path: str = "", options: ReadOptions, layer: int = 0
) -> Iterator[InputStream | Problem]:
    """The inputs in a stream: itself, unpacked if it is compressed, or the files of an archive.

    name: as it is shown; files in an archive are called ``name/path``.
    path: the file on disk it has the bytes of, '' if none.
    Each input must be read before the next is asked for. A problem has the path of its file.
    Raises OSError and ``DAMAGE``.
    """
    start, stream = peeked(stream, _PEEKED)
    if layer >= _MAX_LAYERS:
        yield Problem(name, None, "archives lie in one another too deep to be read", "file")
    elif unpack := _compression(start):
        yield from inputs_in(unpack(stream), name, options=options, layer=layer + 1)
    elif start.startswith(_ZIP):
        with open_input(stream, path=path).on_disk() as file:
            yield from _zip_members(file, name, options, layer + 1)
    elif start[257:262] == b"ustar":
        yield from _tar_members(stream, name, options, layer + 1)
    else:
        yield open_input(stream, name=name, path=path, options=options)


def is_no_article(name: str) -> bool:
    """Whether a file in a folder is hidden or tells about the folder: named itself, it is read."""
    return name.startswith((".", "__MACOSX")) or name.lower().partition(".")[0] == "readme"


def _compression(start: bytes) -> Callable[[BufferedIOBase], BufferedIOBase] | None:
    """How to unpack a stream that begins like this; None if it is not compressed."""
    if start.startswith(b"\x1f\x8b"):
        return lambda stream: cast(BufferedIOBase, gzip.GzipFile(fileobj=stream))
    if start[:3] == b"BZh" and start[4:10] in {b"1AY&SY", b"\x17\x72\x45\x38\x50\x90"}:
        return lambda stream: cast(BufferedIOBase, bz2.BZ2File(cast("IO[bytes]", stream)))
    if start.startswith((b"\xfd7zXZ\0", b"\x5d\0\0")):
        return lambda stream: cast(BufferedIOBase, lzma.LZMAFile(cast("IO[bytes]", stream)))
    if start.startswith(b"\x28\xb5\x2f\xfd"):
        return _unpack_zstd
    return None


def _unpack_zstd(stream: BufferedIOBase) -> BufferedIOBase:
    for module in _ZSTD_MODULES:
        try:
            zstd = importlib.import_module(module)
        except ImportError:
            continue
        return io.BufferedReader(_Zstd(zstd.ZstdFile(stream), zstd.ZstdError))
    raise DocumentError("this is compressed with zstd, which needs: pip install 'kzsearch[zstd]'")


class _Zstd(io.RawIOBase):
    """A zstd file whose damage is told as that of the others."""

    def __init__(self, file: BufferedIOBase, error: type[Exception]) -> None:
        self._file = file
        self._errors = error

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        target = memoryview(buffer)  # type: ignore[arg-type]
        try:
            data = self._file.read1(len(target))
        except self._errors as error:
            raise zlib.error(str(error)) from error
        target[: len(data)] = data
        return len(data)


def _zip_members(
    file: IO[bytes], name: str, options: ReadOptions, layer: int
) -> Iterator[InputStream | Problem]:
    with zipfile.ZipFile(file) as archive:
        if refusal := _office_document(set(archive.namelist())):
            yield Problem(name, None, refusal, "file")
            return
        for member in archive.infolist():
            if member.is_dir() or _is_left_out(member.filename):
                continue
            inside = f"{name}/{member.filename}"
            try:
                stream = archive.open(member)
            except RuntimeError:
                yield Problem(inside, None, "it is encrypted: unpack it first", "file")
            except NotImplementedError:
                yield Problem(
                    inside,
                    None,
                    "it is compressed in a way not known here: unpack it first",
                    "file",
                )
            else:
                with stream:
                    packed = cast(BufferedIOBase, stream)
                    yield from inputs_in(packed, inside, options=options, layer=layer)


def _tar_members(
    stream: BufferedIOBase, name: str, options: ReadOptions, layer: int
) -> Iterator[InputStream | Problem]:
    with tarfile.open(fileobj=cast("IO[bytes]", stream), mode="r|") as archive:
        for member in archive:
            content = archive.extractfile(member) if member.isreg() else None
            if content and not _is_left_out(member.name):
                inside = f"{name}/{member.name.removeprefix('./')}"
                packed = cast(BufferedIOBase, content)
                yield from inputs_in(packed, inside, options=options, layer=layer)


def _is_left_out(path: str) -> bool:
    return any(is_no_article(part) for part in path.removeprefix("./").split("/"))


def _office_document(names: set[str]) -> str:
    """Why a zip is no archive of articles but one document; '' if it is an archive."""
    for part, refusal in (
        ("xl/workbook.xml", "this is an Excel workbook: save it as CSV (UTF-8)"),
        ("xl/workbook.bin", "this is an Excel workbook: save it as CSV (UTF-8)"),
        ("word/document.xml", "this is a Word document: save it as plain text (UTF-8)"),
        ("ppt/presentation.xml", "this is a presentation: save its text as a text file"),
        ("META-INF/container.xml", "this is an EPUB book: save its text as a text file"),
        ("content.xml", "this is an OpenDocument file: save it as plain text or CSV (UTF-8)"),
    ):
        if part in names and (part != "content.xml" or "mimetype" in names):
            return refusal
    return ""
