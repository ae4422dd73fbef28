"""Writing a segment: articles are gathered as flat arrays, then inverted in one go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kzsearch.engine.document import AnalysedArticle, AnalysedWord, Tokens
from kzsearch.engine.local.codec.forward import Rows, pack_rows, shapes_of
from kzsearch.engine.local.codec.inversion import Inverted, Places, invert, places_of
from kzsearch.engine.local.codec.lexicon import Ranges, lexicon_of, surface_lengths
from kzsearch.engine.local.codec.packing import ends_of, pack_lists, ragged
from kzsearch.engine.local.codec.postings import pack_postings
from kzsearch.engine.local.codec.segment_file import ArticleValues, SegmentFile, own_lists
from kzsearch.engine.schema import KeywordField, TermKind

__all__ = ["ColumnarWriter", "by_frequency"]

CHUNK = 1 << 17
"""Tokens gathered article by article before they are put into flat arrays."""

PARTITION = 1 << 21
"""Tokens inverted at a time: decides how much memory ``finish`` takes, not what it writes."""

U32 = NDArray[np.uint32]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Chunk:
    """The tokens of some articles: rows whose words are numbered as they came, and places."""

    rows: Rows
    places: Places


class _Numbers(dict[AnalysedWord, int]):
    """Words numbered as they come."""

    def __missing__(self, word: AnalysedWord) -> int:
        number = self[word] = len(self)
        return number


class ColumnarWriter:
    """A segment in memory until ``finish``."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._numbers = _Numbers()
        self._articles: list[AnalysedArticle] = []
        self._pending = 0
        self._chunks: list[_Chunk] = []
        self._extra: dict[str, NDArray[Any]] = {}
        self._offsets: list[int] = []
        self._ids: list[str] = []
        self._digests: list[str] = []
        self._keywords: dict[KeywordField, tuple[dict[str, int], list[int]]] = {
            field: ({}, []) for field in KeywordField
        }
        self._values: list[tuple[int, int, int, int, int, int]] = []
        self._lengths: NDArray[np.int64] = np.zeros(0, np.int64)

    def add(self, article: AnalysedArticle, offset: int) -> int:
        """Take in an article; returns its number."""
        number = len(self._offsets)
        self._offsets.append(offset)
        self._ids.append(article.id)
        self._digests.append(article.digest)
        for field, (listed, ordinals) in self._keywords.items():
            value = getattr(article, field.value)
            ordinals.append(listed.setdefault(value, len(listed)))
        title, body = article.title, article.body
        self._values.append(
            (article.time, article.day, title.length, body.length, len(title), len(body))
        )
        self._articles.append(article)
        self._pending += len(title) + len(body)
        if self._pending >= CHUNK:
            self._gather()
        return number

    def add_section(self, name: str, values: NDArray[Any]) -> None:
        """Put a flat array of whole numbers into the file, too."""
        self._extra[name] = values

    def _gather(self) -> None:
        """Put the tokens of the articles that came last into flat arrays."""
        if not self._articles:
            return
        words_of = [article.words for article in self._articles]
        bases = ends_of(np.fromiter(map(len, words_of), np.int64, len(words_of)))
        table = np.fromiter(
            map(self._numbers.__getitem__, chain.from_iterable(words_of)), np.uint32, bases[-1]
        )
        fresh = list(islice(self._numbers, len(self._lengths), None))
        self._lengths = np.concatenate([self._lengths, surface_lengths(fresh)])
        texts = [text for article in self._articles for text in (article.title, article.body)]
        counts = np.fromiter(map(len, texts), np.int64, len(texts))
        words = table[_joined(texts, "words") + np.repeat(np.repeat(bases[:-1], 2), counts)]
        positions = _joined(texts, "positions")
        firsts = ends_of(counts)[:-1][counts > 0]
        shapes, plain = shapes_of(
            positions,
            _joined(texts, "starts"),
            _joined(texts, "ends"),
            self._lengths[words],
            firsts,
        )
        base = len(self._offsets) - len(self._articles)
        docs = np.repeat(np.arange(2 * base, 2 * len(self._offsets)), counts).astype(np.uint64)
        places = places_of(
            docs >> np.uint64(1), (docs & np.uint64(1)) == 1, positions.astype(np.uint64)
        )
        self._chunks.append(_Chunk(Rows(counts[::2] + counts[1::2], words, shapes, plain), places))
        self._articles.clear()
        self._pending = 0

    def finish(self) -> None:
        """Write the file of the segment (not yet synced)."""
        self._gather()
        frequency = np.zeros(len(self._numbers), np.int64)
        for chunk in self._chunks:
            frequency += np.bincount(chunk.rows.words, minlength=len(frequency))
        came = list(self._numbers)
        used = [(word, number) for number, word in enumerate(came) if frequency[number]]
        used.sort()
        words = [word for word, _ in used]
        order = np.array([number for _, number in used], np.int64)
        lexicon = lexicon_of(words)
        final = np.zeros(len(came), np.uint32)
        final[order] = np.arange(len(order))
        by_rank = by_frequency(frequency[order])
        rank = np.zeros(len(came), np.uint32)
        rank[order[by_rank]] = np.arange(len(order))
        with SegmentFile(self._directory, len(self._offsets), lexicon) as file:
            file.write_values(self._article_values())
            for chunk in self._chunks:
                rows = chunk.rows
                file.rows.add(
                    pack_rows(Rows(rows.counts, rank[rows.words], rows.shapes, rows.plain))
                )
            if len(order):
                self._invert_surfaces(file, lexicon.word_surfaces[final], frequency, order)
                self._invert_stems(file, final, frequency, order)
            file.finish(by_rank, self._lengths[order[by_rank]], self._extra)
        self._chunks.clear()

    def _article_values(self) -> ArticleValues:
        values = np.array(self._values, np.int64).reshape(-1, 6)
        return ArticleValues(
            self._ids,
            self._digests,
            {
                field: (list(listed), np.array(ordinals, np.int64))
                for field, (listed, ordinals) in self._keywords.items()
            },
            values[:, 0],
            values[:, 1].astype(np.int32),
            values[:, 2].astype(np.uint32),
            values[:, 3].astype(np.uint32),
            np.array(self._offsets, np.uint64),
            values[:, 4],
            values[:, 4] + values[:, 5],
        )

    def _invert_surfaces(
        self, file: SegmentFile, surfaces: U32, frequency: Numbers, order: Numbers
    ) -> None:
        """Postings of surfaces and of both kinds of prefixes.

        surfaces: the number of the surface of each word, numbered as it came.
        """
        lexicon = file.lexicon
        articles = len(self._offsets)
        tokens = np.bincount(surfaces[order], frequency[order], len(lexicon.exact))
        prefixes = {
            TermKind.PREFIX: _of_many(file, TermKind.PREFIX, lexicon.prefixes),
            TermKind.LONG_PREFIX: _of_many(file, TermKind.LONG_PREFIX, lexicon.long_prefixes),
        }
        for low, high in _partitions(tokens, lexicon.prefixes.begins):
            terms, places = self._select(surfaces, low, high)
            _add(file, TermKind.EXACT, invert(terms, places, low), articles)
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
                    _add(file, kind, inverted, articles)

    def _select(self, of_word: U32, low: int, high: int) -> tuple[NDArray[Any], Places]:
        """Terms, less ``low``, and places of the tokens whose term is in a range."""
        terms, places = [], []
        for chunk in self._chunks:
            of_token = of_word[chunk.rows.words]
            of_token -= np.uint32(low)
            chosen = np.flatnonzero(of_token < high - low)
            terms.append(of_token[chosen].astype(_local(high - low)))
            places.append(chunk.places[chosen])
        return np.concatenate(terms), np.concatenate(places)

    def _invert_stems(
        self, file: SegmentFile, final: U32, frequency: Numbers, order: Numbers
    ) -> None:
        """Postings and positions of stems.

        final: the number of each word in the lexicon, by the number it came with.
        """
        lexicon = file.lexicon
        articles = len(self._offsets)
        ends = lexicon.stem_ends.astype(np.int64)
        begins = np.concatenate([np.zeros(1, np.int64), ends])[:-1]
        counts = ends - begins
        tokens = np.bincount(
            lexicon.word_stems, np.repeat(frequency[order], counts), len(lexicon.stems)
        )
        titles = np.array([title for _, _, title, *_ in self._values], np.uint32)
        first = lexicon.word_stems[begins][final]
        several = (counts > 1)[final]
        for low, high in _partitions(tokens, np.arange(len(lexicon.stems))):
            terms, places = self._select(first, low, high)
            further, further_places = self._further_stems(
                file, final, several, begins, counts, low, high
            )
            if len(further):
                at = np.searchsorted(places, further_places)
                terms = np.insert(terms, at, further)
                places = np.insert(places, at, further_places)
            inverted = invert(terms, places, low, with_lead=True, titles=titles)
            _add(file, TermKind.STEM, inverted, articles)
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
        for chunk in self._chunks:
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


def _joined(texts: Sequence[Tokens], column: str) -> Numbers:
    return np.concatenate([getattr(text, column) for text in texts]).astype(np.int64)


def _local(terms: int) -> type[np.unsignedinteger[Any]]:
    """The type for so many terms: 16 bits are sorted by radix."""
    return np.uint16 if terms <= 1 << 16 else np.uint32


def _add(file: SegmentFile, kind: TermKind, inverted: Inverted, articles: int) -> None:
    postings = inverted.postings
    lists = pack_postings(postings, articles, with_lead=kind is TermKind.STEM)
    file.postings[kind].add(inverted.terms, postings.lengths, lists)


def _of_many(file: SegmentFile, kind: TermKind, ranges: Ranges) -> Numbers:
    """The prefix of each surface, -1 where its list is that of another term."""
    numbers = ranges.of_surfaces(len(file.lexicon.exact))
    own = own_lists(file.lexicon, kind)
    has = np.flatnonzero(numbers >= 0)
    numbers[has[~own[numbers[has]]]] = -1
    return numbers


def _partitions(tokens: NDArray[Any], begins: NDArray[Any]) -> Iterator[tuple[int, int]]:
    """Ranges of terms with about ``PARTITION`` tokens each, cut only at ``begins``."""
    terms = len(tokens)
    before = np.concatenate([np.zeros(1), np.cumsum(tokens)])
    low = 0
    while low < terms:
        wanted = int(np.searchsorted(before, before[low] + PARTITION, "right")) - 1
        cut = int(np.searchsorted(begins, max(wanted, low + 1)))
        high = int(begins[cut]) if cut < len(begins) else terms
        yield low, high
        low = high
