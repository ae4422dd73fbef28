"""What a segment keeps of its articles' fingerprints and links, as sections of its file::

    copies.keys          8 bytes an article; 0 for one too short to have near-duplicates
    copies.link_numbers  articles that are near-duplicates of another text, 4 bytes each,
    copies.link_keys     and the key of that text, 8 bytes
    copies.bands         4 bytes each, ``BANDS`` an article
    copies.ends          where an article's codes end, 8 bytes
    copies.codes         the words of all articles

A search reads the first three; the others are there for the next commit.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kzsearch.engine.fingerprint import BANDS, Fingerprint
from kzsearch.engine.local.duplicates.finding import Texts, find_links

__all__ = ["CopiesReader", "CopiesWriter", "merge_copies"]

SECTION = "copies."
NO_BANDS = array("I", [0]) * BANDS

SIEVE = 1 << 20
"""Bands are told apart by their last 20 bits first."""


class CopiesWriter:
    """The fingerprints of a segment in the making."""

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

    def sections(self) -> dict[str, NDArray[Any]]:
        """Sections for the file of the segment, by name."""
        codes = [text.codes if text else b"" for text in self._texts]
        bands = [array("I", text.bands) if text else NO_BANDS for text in self._texts]
        sections: dict[str, NDArray[Any]] = {
            "keys": np.array([text.key if text else 0 for text in self._texts], np.uint64),
            "link_numbers": np.array([number for number, _ in self._links], np.uint32),
            "link_keys": np.array([key for _, key in self._links], np.uint64),
            "bands": np.frombuffer(b"".join(bands), np.uint32),
            "ends": np.cumsum([len(each) for each in codes], dtype=np.uint64),
            "codes": np.frombuffer(b"".join(codes), np.uint8),
        }
        return {SECTION + name: section for name, section in sections.items()}


def merge_copies(
    sources: Sequence[tuple[CopiesReader, NDArray[np.uint32]]],
) -> dict[str, Iterable[NDArray[Any]]]:
    """Sections of some articles of several segments, given by rising numbers, with their links.

    They are in pieces, what is big read when it is asked for, so that a merge takes little memory.
    """
    link_numbers, link_keys = [np.zeros(0, np.uint32)], [np.zeros(0, np.uint64)]
    keys, lengths = [np.zeros(0, np.uint64)], [np.zeros(0, np.uint64)]
    articles = 0
    for reader, keep in sources:
        numbers, of_numbers = reader.links_of(keep)
        link_numbers.append(numbers + np.uint32(articles))
        link_keys.append(of_numbers)
        keys.append(reader.keys[keep])
        lengths.append(reader.code_lengths[keep])
        articles += len(keep)
    return {
        SECTION + "keys": keys,
        SECTION + "link_numbers": link_numbers,
        SECTION + "link_keys": link_keys,
        SECTION + "bands": _pieces(np.uint32, sources, CopiesReader.bands),
        SECTION + "ends": [np.cumsum(np.concatenate(lengths), dtype=np.uint64)],
        SECTION + "codes": _pieces(np.uint8, sources, CopiesReader.code_bytes),
    }


def _pieces(
    dtype: type[np.generic],
    sources: Sequence[tuple[CopiesReader, NDArray[np.uint32]]],
    read: Callable[[CopiesReader, int, int], NDArray[Any]],
) -> Iterator[NDArray[Any]]:
    """What ``read`` gives of each run of neighbours that are kept."""
    yield np.zeros(0, dtype)
    for reader, keep in sources:
        breaks = np.flatnonzero(np.diff(keep) != 1) + 1
        for run in np.split(keep, breaks):
            if len(run):
                yield read(reader, int(run[0]), int(run[-1]) + 1)


def _section(name: str) -> cached_property[NDArray[Any]]:
    """A section, checked when it is first used."""
    return cached_property(lambda copies: copies._section(SECTION + name))


class CopiesReader:
    """The fingerprints of a segment; safe from many threads.

    All raise IndexDamagedError when the file does not hold what was written.
    """

    keys = _section("keys")
    """Keys of the texts by number; 0 for an article too short to have near-duplicates."""

    link_numbers = _section("link_numbers")
    """Numbers of articles, one for each link to another text."""

    link_keys = _section("link_keys")
    """For each of them the key of that text."""

    _bands = _section("bands")
    _ends = _section("ends")
    _codes = _section("codes")

    def __init__(self, section: Callable[[str], NDArray[Any]]) -> None:
        """``section``: gives a section of the segment's file by its name, checked."""
        self._section = section

    @cached_property
    def links(self) -> list[tuple[int, int]]:
        """Number of an article and key of a text it is a copy of, for every such pair."""
        return list(zip(self.link_numbers.tolist(), self.link_keys.tolist(), strict=True))

    def key(self, number: int) -> int:
        """Key of an article's text."""
        return int(self.keys[number])

    def codes(self, number: int) -> bytes:
        """Words of an article's text."""
        return self.code_bytes(number, number + 1).tobytes()

    @property
    def code_lengths(self) -> NDArray[np.uint64]:
        """How many bytes the words of each article take."""
        return np.diff(self._ends, prepend=np.uint64(0))

    def code_bytes(self, first: int, end: int) -> NDArray[np.uint8]:
        """Words of some neighbouring articles."""
        begin = int(self._ends[first - 1]) if first else 0
        return self._codes[begin : int(self._ends[end - 1])]

    def bands(self, first: int, end: int) -> NDArray[np.uint32]:
        """Bands of some neighbouring articles."""
        return self._bands[first * BANDS : end * BANDS]

    def links_of(self, keep: NDArray[np.uint32]) -> tuple[NDArray[np.uint32], NDArray[np.uint64]]:
        """The links of some articles, given by rising numbers: the place of each among them, and
        the key of the text it is a copy of.
        """
        places = np.full(len(self.keys), len(keep), np.uint32)
        places[keep] = np.arange(len(keep))
        numbers = places[self.link_numbers]
        kept = numbers < len(keep)
        return numbers[kept], self.link_keys[kept]

    def text(self, number: int) -> Fingerprint | None:
        """The fingerprint of an article, or None."""
        if not (key := self.key(number)):
            return None
        return Fingerprint(key, self.bands(number, number + 1).tolist(), self.codes(number))

    def holders(self, bands: NDArray[np.uint32]) -> Iterator[tuple[int, int]]:
        """Every (band, number) of the articles that have one of these bands, numbers rising.

        bands: rising.
        """
        wanted = bands[bands > 0]
        if not len(wanted) or not len(self._bands):
            return
        sieve = np.zeros(SIEVE, np.bool_)  # passes all that are wanted and few others
        sieve[wanted % SIEVE] = True
        places = np.flatnonzero(sieve[self._bands & np.uint32(SIEVE - 1)])
        found = self._bands[places]
        at = np.minimum(np.searchsorted(wanted, found), len(wanted) - 1)
        held = wanted[at] == found
        numbers = places[held] // BANDS
        yield from zip(found[held].tolist(), numbers.tolist(), strict=True)
