"""Adding and removing a source in ``sources.toml`` by changing only its lines.

Everything else of the file, comments included, stays as the user wrote it. What would be
written is read again first: if it does not say exactly what it should, nothing is written.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from kzsearch.errors import SourceError
from kzsearch.sources.config import Source, SourceList, load_sources, parse_sources

__all__ = ["add_source", "remove_source"]

_HEADER = re.compile(r"\s*\[\[?[^\[\]]+\]\]?\s*(#.*)?")
_SOURCE_HEADER = re.compile(r"\s*\[\[\s*source\s*\]\]\s*(#.*)?")
_BEGINNING = (
    "# The sources this index follows; `kzsearch watch` keeps them fresh.\n"
    "# What can be written here is told in docs/sources.md.\n"
)


def add_source(path: Path, entry: Mapping[str, str | bool]) -> Source:
    """Add a source at the end of the file, which is made if there is none.

    entry: the keys of a ``[[source]]``; ``name`` and an address are needed.
    Raises SourceError when the entry is wrong, the name is taken or the file cannot be written.
    """
    with _locked(path):
        known = load_sources(path, missing_ok=True)
        text = _read(path) or _BEGINNING
        gap = "" if text.endswith("\n\n") else "\n" if text.endswith("\n") else "\n\n"
        lines = [f"{key} = {_toml(value)}\n" for key, value in entry.items()]
        text = f"{text}{gap}[[source]]\n{''.join(lines)}"
        try:
            tomllib.loads(text)
        except tomllib.TOMLDecodeError:  # the sources are written as an inline array
            raise _by_hand(path) from None
        wanted = parse_sources(text, path)
        if wanted.sources[:-1] != known.sources or wanted.defaults != known.defaults:
            raise _by_hand(path)
        _write(path, text)
    return wanted.sources[-1]


def remove_source(path: Path, name: str) -> Source:
    """Remove a source; comments right above it go with it.

    Raises SourceError when there is none of that name or the file cannot be written.
    """
    with _locked(path):
        known = load_sources(path)
        gone = known.get(name)
        lines = _read(path).splitlines(keepends=True)
        first, end = _lines_of(lines, known.sources.index(gone), known)
        text = "".join(lines[:first] + lines[end:])
        left = tuple(source for source in known.sources if source != gone)
        wanted = parse_sources(text, path)
        if wanted.sources != left or wanted.defaults != known.defaults:
            raise _by_hand(path)
        _write(path, text)
    return gone


def _lines_of(lines: list[str], place: int, known: SourceList) -> tuple[int, int]:
    """First and one behind the last line of the source at ``place``, its comments included."""
    headers = [number for number, line in enumerate(lines) if _HEADER.fullmatch(line.rstrip())]
    starts = [number for number in headers if _SOURCE_HEADER.fullmatch(lines[number].rstrip())]
    if len(starts) != len(known.sources):
        raise _by_hand(known.path)
    start = starts[place]
    following = next((number for number in headers if number > start), None)
    end = len(lines) if following is None else _comment_start(lines, following)
    return _comment_start(lines, start), max(end, start + 1)


def _comment_start(lines: list[str], header: int) -> int:
    """Where the comment right above a header begins; the header itself if there is none."""
    while header and lines[header - 1].lstrip().startswith("#"):
        header -= 1
    return header


def _toml(value: str | bool) -> str:
    """A value as TOML has it: its strings take the escapes of JSON."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _by_hand(path: Path) -> SourceError:
    return SourceError(
        f"{path} is written in a way that cannot be changed safely from here; "
        "nothing was changed: edit it by hand."
    )


def _read(path: Path) -> str:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return file.read()
    except FileNotFoundError:
        return ""


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Keep others from changing the file meanwhile."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(path.with_name(f".{path.name}.lock"), timeout=10):
            yield
    except Timeout:
        raise SourceError(f"{path} is being changed by another process; try again.") from None
    except OSError as error:
        raise SourceError(
            f"{path} cannot be written: {error.strerror or error}; nothing was changed."
        ) from error


def _write(path: Path, text: str) -> None:
    """Replace the file in one step."""
    target = path.resolve()  # a link stays one
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=".sources-")
    try:
        with open(descriptor, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o644
        os.chmod(name, mode)
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
