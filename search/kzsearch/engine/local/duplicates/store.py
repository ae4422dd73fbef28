"""The file of a segment that keeps its articles' fingerprints and links.

It is ours, not the codec's: five sections behind a head that gives the length and the CRC-32 of
each, all numbers little endian::

    keys    8 bytes an article; 0 for one too short to have copies
    links   12 bytes each: the number of an article, the key of a text it is a copy of
    bands   4 bytes each, ``BANDS`` an article
    ends    4 bytes an article: where its codes end
    codes   the words of all articles

A search reads the first two; the others are there for the next commit.
"""

from __future__ import annotations

import os
import struct
import sys
import zlib
from array import array
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kzsearch.engine.fingerprint import BANDS, Fingerprint
from kzsearch.engine.local.duplicates.finding import Texts, find_links
from kzsearch.errors import IndexDamagedError

__all__ = ["COPIES_NAME", "CopiesReader", "CopiesWriter"]

COPIES_NAME = "copies"
MAGIC = b"kzsearch copies 1\n"
KEYS, LINKS, BAND_VALUES, ENDS, CODES = range(5)
SECTION = struct.Struct("<QI")
HEAD_BYTES = len(MAGIC) + SECTION.size * (CODES + 1)
LINK = struct.Struct("<IQ")
NO_BANDS = bytes(4 * BANDS)

SIEVE = 1 << 20
"""Bands are told apart by their last 20 bits first."""


class CopiesWriter:
    """The fingerprints of a segment in the making, in memory until ``write``."""

    def __init__(self) -> None:
        self._texts: list[Fingerprint | None] = []
        self._links: list[tuple[int, int]] = []

    def add(self, text: Fingerprint | None) -> None:
        """Take in the next article; None for one too short to have copies."""
        self._texts.append(text)

    def link(self, older: Sequence[Texts]) -> None:
        """Find out which texts of older segments, oldest first, and of this one are copies."""
        for number, keys in enumerate(find_links(self._texts, older)):
            self._links += [(number, key) for key in keys]

    def add_from(self, reader: CopiesReader, keep: Sequence[int]) -> None:
        """Take over articles of another segment with their links."""
        renumbered = {old: len(self._texts) + new for new, old in enumerate(keep)}
        self._links += [
            (renumbered[number], key) for number, key in reader.links if number in renumbered
        ]
        self._texts += map(reader.text, keep)

    def write(self, directory: Path) -> None:
        """Write the file."""
        codes = [text.codes if text else b"" for text in self._texts]
        ends: list[int] = []
        for each in codes:
            ends.append((ends[-1] if ends else 0) + len(each))
        sections = (
            _packed("Q", [text.key if text else 0 for text in self._texts]),
            b"".join(LINK.pack(*link) for link in self._links),
            b"".join([_packed("I", text.bands) if text else NO_BANDS for text in self._texts]),
            _packed("I", ends),
            b"".join(codes),
        )
        with (directory / COPIES_NAME).open("xb") as file:
            file.write(MAGIC)
            for section in sections:
                file.write(SECTION.pack(len(section), zlib.crc32(section)))
            for section in sections:
                file.write(section)


class CopiesReader:
    """The file of a segment; safe from many threads.

    All but ``close`` raise IndexDamagedError when the file does not hold what was written.
    """

    def __init__(self, directory: Path, articles: int) -> None:
        """Raises OSError when there is no such file."""
        self._path = directory / COPIES_NAME
        self._articles = articles
        self._descriptor = os.open(self._path, os.O_RDONLY)

    @cached_property
    def keys(self) -> array[int]:
        """Keys of the texts by number; 0 for an article too short to have copies."""
        return self._numbers(KEYS, "Q")

    @cached_property
    def links(self) -> list[tuple[int, int]]:
        """Number of an article and key of a text it is a copy of, for every such pair."""
        data = self._section(LINKS)
        if len(data) % LINK.size:
            raise self._damaged()
        links = [(number, key) for number, key in LINK.iter_unpack(data)]
        if any(number >= self._articles for number, _ in links):
            raise self._damaged()
        return links

    @cached_property
    def _places(self) -> tuple[array[int], bytes]:
        ends, codes = self._numbers(ENDS, "I"), self._section(CODES)
        if ends:
            values = np.frombuffer(ends, np.uint32)
            if (values[1:] < values[:-1]).any():
                raise self._damaged()
        if (ends[-1] if ends else 0) != len(codes):
            raise self._damaged()
        return ends, codes

    def key(self, number: int) -> int:
        """Key of an article's text."""
        return self.keys[number]

    def codes(self, number: int) -> bytes:
        """Words of an article's text."""
        ends, codes = self._places
        return codes[ends[number - 1] if number else 0 : ends[number]]

    def text(self, number: int) -> Fingerprint | None:
        """The fingerprint of an article, or None."""
        if not self.keys[number]:
            return None
        bands = self._bands[number * BANDS : (number + 1) * BANDS]
        return Fingerprint(self.keys[number], bands, self.codes(number))

    @cached_property
    def _bands(self) -> array[int]:
        return self._numbers(BAND_VALUES, "I", BANDS)

    def holders(self, bands: NDArray[np.uint32]) -> Iterator[tuple[int, int]]:
        """Every (band, number) of the articles that have one of these bands, numbers rising.

        bands: rising.
        """
        wanted = bands[bands > 0]
        stored = self._section(BAND_VALUES)
        if len(stored) != 4 * BANDS * self._articles:
            raise self._damaged()
        if not len(wanted) or not stored:
            return
        values = np.frombuffer(stored, "<u4")
        sieve = np.zeros(SIEVE, np.bool_)  # passes all that are wanted and few others
        sieve[wanted % SIEVE] = True
        places = np.flatnonzero(sieve[values & np.uint32(SIEVE - 1)])
        found = values[places]
        at = np.minimum(np.searchsorted(wanted, found), len(wanted) - 1)
        held = wanted[at] == found
        numbers = places[held] // BANDS
        yield from zip(found[held].tolist(), numbers.tolist(), strict=True)

    def _numbers(self, section: int, kind: str, each: int = 1) -> array[int]:
        numbers = array(kind)
        data = self._section(section)
        if len(data) != self._articles * each * numbers.itemsize:
            raise self._damaged()
        numbers.frombytes(data)
        return _swapped(numbers)

    def _section(self, wanted: int) -> bytes:
        head = os.pread(self._descriptor, HEAD_BYTES, 0)
        if len(head) < HEAD_BYTES or not head.startswith(MAGIC):
            raise self._damaged()
        sections = list(SECTION.iter_unpack(head[len(MAGIC) :]))
        length, checksum = sections[wanted]
        begin = HEAD_BYTES + sum(size for size, _ in sections[:wanted])
        if begin + length > os.fstat(self._descriptor).st_size:
            raise self._damaged()
        data = os.pread(self._descriptor, length, begin)
        if zlib.crc32(data) != checksum:
            raise self._damaged()
        return data

    def _damaged(self) -> IndexDamagedError:
        return IndexDamagedError(
            f"The file {self._path} is damaged; run `kzsearch verify` to see what is broken "
            "and `kzsearch rebuild` to mend the index."
        )

    def close(self) -> None:
        """Close the file."""
        os.close(self._descriptor)


def _packed(kind: str, numbers: Sequence[int]) -> bytes:
    return _swapped(array(kind, numbers)).tobytes()


def _swapped(numbers: array[int]) -> array[int]:
    """The numbers in little endian order, or from it."""
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
