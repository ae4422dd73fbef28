"""Writing a segment: articles are gathered as flat arrays, then inverted in one go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kzsearch.engine.document import AnalysedArticle
from kzsearch.engine.local.codec.gathering import Gathered
from kzsearch.engine.local.codec.inversion import Places, invert
from kzsearch.engine.local.codec.lexicon import Ranges, lexicon_of
from kzsearch.engine.local.codec.packing import pack_lists, ragged
from kzsearch.engine.local.codec.segment_file import SegmentFile, own_lists
from kzsearch.engine.schema import TermKind

__all__ = ["ColumnarWriter", "by_frequency", "partitions"]

PARTITION = 1 << 21
"""Tokens inverted at a time: decides how much memory ``finish`` takes, not what it writes."""

U32 = NDArray[np.uint32]
Numbers = NDArray[np.int64]


class ColumnarWriter:
    """A segment in memory until ``finish``."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._gathered = Gathered()
        self._extra: dict[str, Iterable[NDArray[Any]]] = {}

    def add(self, article: AnalysedArticle, offset: int) -> int:
        """Take in an article; returns its number.

        Articles that come one behind another may share their table of words: it is then
        looked through once for all of them.
        """
        return self._gathered.add(article, offset)

    def add_section(self, name: str, values: NDArray[Any]) -> None:
        """Put a flat array of whole numbers into the file, too."""
        self._extra[name] = [values]

    def finish(self) -> None:
        """Write the file of the segment (not yet synced)."""
        gathered = self._gathered
        gathered.flush()
        values = gathered.values()
        frequency = np.zeros(len(gathered.words), np.int64)
        for chunk in gathered.chunks:
            frequency += np.bincount(chunk.rows.words, minlength=len(frequency))
        words = sorted(gathered.words)
        order = np.fromiter(map(gathered.words.__getitem__, words), np.int64, len(words))
        lexicon = lexicon_of(words)
        final = np.zeros(len(frequency), np.uint32)
        final[order] = np.arange(len(order))
        by_rank = by_frequency(frequency[order])
        rank = np.zeros(len(frequency), np.uint32)
        rank[order[by_rank]] = np.arange(len(order))
        with SegmentFile(self._directory, gathered.count, lexicon) as file:
            file.write_values(values)
            for chunk in gathered.chunks:
                file.add_rows(chunk.rows, rank)
            if len(order):
                self._invert_surfaces(file, lexicon.word_surfaces[final], frequency, order)
                self._invert_stems(file, final, frequency, order, values.title_length)
            file.finish(by_rank, gathered.lengths[order[by_rank]], self._extra)
        gathered.chunks.clear()

    def _invert_surfaces(
        self, file: SegmentFile, surfaces: U32, frequency: Numbers, order: Numbers
    ) -> None:
        """Postings of surfaces and of both kinds of prefixes.

        surfaces: the number of the surface of each word, numbered as it came.
        """
        lexicon = file.lexicon
        tokens = np.bincount(surfaces[order], frequency[order], len(lexicon.exact))
        prefixes = {
            TermKind.PREFIX: _of_many(file, TermKind.PREFIX, lexicon.prefixes),
            TermKind.LONG_PREFIX: _of_many(file, TermKind.LONG_PREFIX, lexicon.long_prefixes),
        }
        for low, high in partitions(tokens, lexicon.prefixes.begins, PARTITION):
            terms, places = self._select(surfaces, low, high)
            inverted = invert(terms, places, low)
            file.add_postings(TermKind.EXACT, inverted.terms, inverted.postings)
            for kind, of_surface in prefixes.items():
                numbers = of_surface[low:high]
                own = numbers[numbers >= 0]
                if len(own):
                    first, span = int(own[0]), int(own[-1] - own[0]) + 1
                    local = np.where(numbers < 0, span, numbers - first).astype(_local(span + 1))[
                        terms
                    ]
                    chosen = np.flatnonzero(local < span)
                    inverted = invert(local[chosen], places[chosen], first)
                    file.add_postings(kind, inverted.terms, inverted.postings)

    def _select(self, of_word: U32, low: int, high: int) -> tuple[NDArray[Any], Places]:
        """Terms, less ``low``, and places of the tokens whose term is in a range."""
        terms, places = [], []
        for chunk in self._gathered.chunks:
            of_token = of_word[chunk.rows.words]
            of_token -= np.uint32(low)
            chosen = np.flatnonzero(of_token < high - low)
            terms.append(of_token[chosen].astype(_local(high - low)))
            places.append(chunk.places[chosen])
        return np.concatenate(terms), np.concatenate(places)

    def _invert_stems(
        self, file: SegmentFile, final: U32, frequency: Numbers, order: Numbers, titles: U32
    ) -> None:
        """Postings and positions of stems.

        final: the number of each word in the lexicon, by the number it came with.
        """
        lexicon = file.lexicon
        ends = lexicon.stem_ends.astype(np.int64)
        begins = np.concatenate([np.zeros(1, np.int64), ends])[:-1]
        counts = ends - begins
        tokens = np.bincount(
            lexicon.word_stems, np.repeat(frequency[order], counts), len(lexicon.stems)
        )
        first = lexicon.word_stems[begins][final]
        several = (counts > 1)[final]
        for low, high in partitions(tokens, np.arange(len(lexicon.stems)), PARTITION):
            terms, places = self._select(first, low, high)
            further, further_places = self._further_stems(
                file, final, several, begins, counts, low, high
            )
            if len(further):
                at = np.searchsorted(places, further_places)
                terms = np.insert(terms, at, further)
                places = np.insert(places, at, further_places)
            inverted = invert(terms, places, low, with_lead=True, titles=titles)
            file.add_postings(TermKind.STEM, inverted.terms, inverted.postings)
            file.positions.add(pack_lists(inverted.positions, inverted.position_counts))

    def _further_stems(
        self,
        file: SegmentFile,
        final: U32,
        several: NDArray[np.bool_],
        begins: Numbers,
        counts: Numbers,
        low: int,
        high: int,
    ) -> tuple[NDArray[Any], Places]:
        """Terms, less ``low``, and places of the second and further stems of words, in a range."""
        terms: list[NDArray[Any]] = []
        places: list[Places] = []
        for chunk in self._gathered.chunks:
            tokens = np.flatnonzero(several[chunk.rows.words])
            words = final[chunk.rows.words[tokens]]
            stems = file.lexicon.word_stems[ragged(begins[words] + 1, counts[words] - 1)]
            of_stem = np.repeat(chunk.places[tokens], counts[words] - 1)
            stems -= np.uint32(low)
            chosen = np.flatnonzero(stems < high - low)
            terms.append(stems[chosen].astype(_local(high - low)))
            places.append(of_stem[chosen])
        return np.concatenate(terms), np.concatenate(places)


def by_frequency(frequency: Numbers) -> U32:
    """Numbers of words, the most frequent first, then in order."""
    return np.argsort(-frequency, kind="stable").astype(np.uint32)


def _local(terms: int) -> type[np.unsignedinteger[Any]]:
    """The type for so many terms: 16 bits are sorted by radix."""
    return np.uint16 if terms <= 1 << 16 else np.uint32


def _of_many(file: SegmentFile, kind: TermKind, ranges: Ranges) -> Numbers:
    """The prefix of each surface, -1 where its list is that of another term."""
    numbers = ranges.of_surfaces(len(file.lexicon.exact))
    own = own_lists(file.lexicon, kind)
    has = np.flatnonzero(numbers >= 0)
    numbers[has[~own[numbers[has]]]] = -1
    return numbers


def partitions(sizes: NDArray[Any], begins: NDArray[Any], most: int) -> Iterator[tuple[int, int]]:
    """Ranges of terms, cut only at ``begins``, whose sizes make about ``most`` together."""
    terms = len(sizes)
    before = np.concatenate([np.zeros(1), np.cumsum(sizes)])
    low = 0
    while low < terms:
        wanted = int(np.searchsorted(before, before[low] + most, "right")) - 1
        cut = int(np.searchsorted(begins, max(wanted, low + 1)))
        high = int(begins[cut]) if cut < len(begins) else terms
        yield low, high
        low = high
