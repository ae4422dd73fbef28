"""The lexicon of a segment: its words, and the terms of every kind that they make.

Surfaces and stems are sorted texts. A prefix needs no text of its own: the surfaces that begin
with it are neighbours, so it is a range of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kzsearch.engine.document import AnalysedWord
from kzsearch.engine.local.codec.container import ContainerWriter
from kzsearch.engine.local.codec.packing import ends_of
from kzsearch.engine.local.codec.texts import add_texts, encode
from kzsearch.engine.schema import long_prefix_of, prefix_of

__all__ = ["Lexicon", "Ranges", "lexicon_of", "surface_lengths"]

U32 = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Ranges:
    """Prefixes as ranges of surfaces: first number, and the one behind the last."""

    begins: U32
    ends: U32

    def of_surfaces(self, surfaces: int) -> NDArray[np.int64]:
        """The number of the prefix of each surface, -1 for one that has none."""
        numbers = np.full(surfaces, -1, np.int64)
        sizes = (self.ends - self.begins).astype(np.int64)
        covered = np.repeat(self.begins.astype(np.int64) - ends_of(sizes)[:-1], sizes)
        covered += np.arange(len(covered))
        numbers[covered] = np.repeat(np.arange(len(sizes)), sizes)
        return numbers


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of a segment.

    exact, stems: the surfaces and the stems, as bytes in code point order.
    word_surfaces, stem_ends, word_stems: see ``SegmentReader``.
    prefixes, long_prefixes: see ``Ranges``.
    """

    exact: Sequence[bytes]
    stems: Sequence[bytes]
    word_surfaces: U32
    stem_ends: U32
    word_stems: U32
    prefixes: Ranges
    long_prefixes: Ranges

    @classmethod
    def make(
        cls,
        exact: Sequence[str],
        stems: Sequence[bytes],
        word_surfaces: U32,
        stem_ends: U32,
        word_stems: U32,
    ) -> Lexicon:
        """A lexicon from its sorted surfaces and stems and its words as numbers of them."""
        return cls(
            [encode(surface) for surface in exact],
            stems,
            word_surfaces,
            stem_ends,
            word_stems,
            _ranges([prefix_of(surface) for surface in exact]),
            _ranges([long_prefix_of(surface) for surface in exact]),
        )

    def write(self, container: ContainerWriter) -> None:
        """Write it as sections."""
        add_texts(container, "exact", self.exact)
        add_texts(container, "stem", self.stems)
        container.add("word.surfaces", self.word_surfaces)
        container.add("word.stem_ends", self.stem_ends)
        container.add("word.stems", self.word_stems)
        for name, ranges in (("prefix", self.prefixes), ("long_prefix", self.long_prefixes)):
            container.add(f"{name}.begins", ranges.begins)
            container.add(f"{name}.stops", ranges.ends)


def lexicon_of(words: Sequence[AnalysedWord]) -> Lexicon:
    """The lexicon of some words, which are sorted and distinct."""
    surfaces = [surface for surface, _ in words]
    exact = list(dict.fromkeys(surfaces))
    stems = sorted({stem for _, of_word in words for stem in of_word})
    by_surface = {surface: number for number, surface in enumerate(exact)}
    by_stem = {stem: number for number, stem in enumerate(stems)}
    return Lexicon.make(
        exact,
        [encode(stem) for stem in stems],
        np.array([by_surface[surface] for surface in surfaces], np.uint32),
        ends_of(np.array([len(of_word) for _, of_word in words], np.int64))[1:].astype(np.uint32),
        np.array([by_stem[stem] for _, of_word in words for stem in of_word], np.uint32),
    )


def surface_lengths(words: Sequence[AnalysedWord]) -> NDArray[np.int64]:
    """How many code points the surface of each word has."""
    return np.fromiter((len(surface) for surface, _ in words), np.int64, len(words))


def _ranges(prefixes: Sequence[str | None]) -> Ranges:
    """Ranges of neighbours that are the same, None left out."""
    begins = [
        number
        for number, prefix in enumerate(prefixes)
        if prefix is not None and (number == 0 or prefixes[number - 1] != prefix)
    ]
    last = len(prefixes) - 1
    ends = [
        number + 1
        for number, prefix in enumerate(prefixes)
        if prefix is not None and (number == last or prefixes[number + 1] != prefix)
    ]
    return Ranges(np.array(begins, np.uint32), np.array(ends, np.uint32))
