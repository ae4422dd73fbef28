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

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kzsearch.engine.fingerprint import BANDS, Fingerprint
from kzsearch.engine.local.duplicates.finding import Texts, find_links

__all__ = ["CopiesReader", "CopiesWriter"]

SECTION = "copies."
NO_BANDS = (0,) * BANDS

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

    def add_from(self, reader: CopiesReader, keep: Sequence[int]) -> None:
        """Take over articles of another segment with their links."""
        renumbered = {old: len(self._texts) + new for new, old in enumerate(keep)}
        self._links += [
            (renumbered[number], key) for number, key in reader.links if number in renumbered
        ]
        self._texts += map(reader.text, keep)

    def sections(self) -> dict[str, NDArray[Any]]:
        """Sections for the file of the segment, by name."""
        codes = [text.codes if text else b"" for text in self._texts]
        bands = [text.bands if text else NO_BANDS for text in self._texts]
        sections: dict[str, NDArray[Any]] = {
            "keys": np.array([text.key if text else 0 for text in self._texts], np.uint64),
            "link_numbers": np.array([number for number, _ in self._links], np.uint32),
            "link_keys": np.array([key for _, key in self._links], np.uint64),
            "bands": np.array(bands, np.uint32).reshape(-1),
            "ends": np.cumsum([len(each) for each in codes], dtype=np.uint64),
            "codes": np.frombuffer(b"".join(codes), np.uint8),
        }
        return {SECTION + name: section for name, section in sections.items()}


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
        begin = int(self._ends[number - 1]) if number else 0
        return self._codes[begin : int(self._ends[number])].tobytes()

    def text(self, number: int) -> Fingerprint | None:
        """The fingerprint of an article, or None."""
        if not (key := self.key(number)):
            return None
        bands = self._bands[number * BANDS : (number + 1) * BANDS].tolist()
        return Fingerprint(key, bands, self.codes(number))

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
