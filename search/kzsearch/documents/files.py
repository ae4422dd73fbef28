"""Finds the files to read and opens them as bytes.

A path may be a file, a folder (all of it, in sorted order, hidden files and
README files left out) or ``-`` for standard input.
"""

from __future__ import annotations

import os
import select
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BufferedIOBase
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from kzsearch.documents.inputs import OnBytes, counted
from kzsearch.documents.problems import OnProblem, Problem
from kzsearch.documents.unpacking import is_no_article

__all__ = ["FoundFile", "find_files", "input_size", "open_file"]

_STANDARD_INPUT = "-"
_PIPE_PATIENCE = 60.0
"""Seconds to wait for somebody to write into a named pipe."""


class FoundFile(NamedTuple):
    """A file to read.

    folder: the folder a user named in which it lies; '' if the user named the file itself.
    """

    path: str
    folder: str = ""

    @property
    def named(self) -> bool:
        """Whether the user named the file itself."""
        return not self.folder

    @property
    def shown(self) -> str:
        """What the file is called in messages."""
        return "standard input" if self.path == _STANDARD_INPUT else self.path

    def below(self, name: str) -> str:
        """The path, below what the user named, of an input in this file that is called ``name``."""
        top = self.folder or os.path.dirname(self.shown)
        return name[len(top) :].lstrip(os.sep) if name.startswith(top) else name

    @property
    def is_regular(self) -> bool:
        """Whether its bytes lie on disk."""
        return self.path != _STANDARD_INPUT and os.path.isfile(self.path)


def find_files(paths: Iterable[Path | str], *, on_problem: OnProblem) -> Iterator[FoundFile]:
    """The files behind ``paths``: named files as they are, folders walked in sorted order.

    Links are followed, except back into a folder they lie in.
    """
    for path in map(str, paths):
        if path != _STANDARD_INPUT and os.path.isdir(path):
            yield from _walk(path, on_problem)
        else:
            yield FoundFile(path)


def _walk(top: str, on_problem: OnProblem) -> Iterator[FoundFile]:
    waiting: list[tuple[str, tuple[str, ...]]] = [(top, ())]  # a path, the real folders above it
    while waiting:
        path, above = waiting.pop()
        if os.path.isfile(path):
            yield FoundFile(path, top)
        elif not os.path.isdir(path):
            exists = os.path.exists(path)
            message = "this is no file" if exists else "the link leads nowhere"
            on_problem(Problem(path, None, message, "file"))
        elif (real := os.path.realpath(path)) in above:
            on_problem(Problem(path, None, "the link leads back to a folder above it", "file"))
        else:
            try:
                names = sorted(name for name in os.listdir(path) if not is_no_article(name))
            except OSError as error:
                message = f"the folder cannot be read: {error.strerror}"
                on_problem(Problem(path, None, message, "file"))
                continue
            waiting.extend((os.path.join(path, name), (*above, real)) for name in reversed(names))


def input_size(paths: Iterable[Path | str]) -> int | None:
    """Bytes on disk behind ``paths``, to show progress by; None when it cannot be known."""
    total = 0
    for file in find_files(paths, on_problem=lambda _problem: None):
        if not file.is_regular:
            return None
        total += os.path.getsize(file.path)
    return total


@contextmanager
def open_file(path: str, on_bytes: OnBytes | None = None) -> Iterator[BufferedIOBase]:
    """A file or standard input (``-``) as bytes, counted as they are read. Raises OSError."""
    if path == _STANDARD_INPUT:
        if sys.stdin is None:
            raise OSError(0, "standard input is closed")
        yield counted(cast(BufferedIOBase, sys.stdin.buffer), on_bytes)
        return
    with _open_pipe(path) if _is_pipe(path) else open(path, "rb") as file:
        yield counted(cast(BufferedIOBase, file), on_bytes)


def _is_pipe(path: str) -> bool:
    return os.path.exists(path) and stat.S_ISFIFO(os.stat(path).st_mode)


def _open_pipe(path: str) -> BinaryIO:
    """A named pipe that is not waited for long if nobody writes into it."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    waiting = select.poll()
    waiting.register(descriptor, select.POLLIN)
    if not waiting.poll(_PIPE_PATIENCE * 1000):
        os.close(descriptor)
        raise OSError(0, f"nobody wrote into this pipe for {_PIPE_PATIENCE:.0f} seconds")
    os.set_blocking(descriptor, True)
    return os.fdopen(descriptor, "rb")
