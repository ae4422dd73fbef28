"""The reader seam: what a module must have to read one format."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from kzsearch.documents.inputs import InputStream
from kzsearch.documents.records import Found

__all__ = ["Reader"]


class Reader(Protocol):
    """Reads one format. Heavy libraries are imported in ``read``, not before.

    A reader may also have ``SUFFIXES``, a tuple of endings such as ``".csv"`` by which a text
    file is given to it that no ``sniff`` knows, and ``RANK``, an int: readers of lower rank are
    asked first; 50 where there is none. Of readers of one rank the first by name is asked first.
    """

    def sniff(self, head: bytes) -> bool:
        """Whether a file is in this format.

        head: up to 64 KiB of its beginning, without byte order mark and white space; UTF-16 is
            given as UTF-8, other encodings as they are, and line ends as ``\\n``.
        """
        ...

    def read(self, stream: InputStream) -> Iterator[Found]:
        """The records of a file in order, and the problems met, as a stream.

        May raise DocumentError for a file that cannot be read at all, and what reading raises.
        """
        ...
