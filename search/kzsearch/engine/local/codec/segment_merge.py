"""Merging segments: lists are unpacked, renumbered and packed again, some terms at a time.

Every byte that is used is checked while it is read, so a merge never gives damage a fresh
checksum. The file is the same, but for its identity, as if the kept articles had been written
anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kzsearch.engine.local.codec.forward import Rows, pack_rows, unpack_rows
from kzsearch.engine.local.codec.lexicon import Lexicon, Ranges
from kzsearch.engine.local.codec.packing import ends_of, pack_lists, ragged, unpack_lists
from kzsearch.engine.local.codec.postings import FlatPostings, pack_postings, unpack_many
from kzsearch.engine.local.codec.segment_file import (
    ArticleValues,
    SegmentFile,
    own_lists,
)
from kzsearch.engine.local.codec.segment_reader import ColumnarReader
from kzsearch.engine.local.codec.segment_writer import by_frequency
from kzsearch.engine.local.segment_api import MergeSource
from kzsearch.engine.schema import KeywordField, TermKind

__all__ = ["merge_segments"]

ROWS = 1 << 13
"""Articles whose rows are copied at a time."""

POSTINGS = 1 << 20
"""Postings merged at a time."""

NONE = -1
Numbers = NDArray[np.int64]
U32 = NDArray[np.uint32]


class _Source:
    """A segment that is being merged.

    docs: the new number of each article, -1 of one that is not kept.
    words, exact, stems, prefix, long_prefix: the new number of each, -1 of what is gone.
    """

    def __init__(self, reader: ColumnarReader, keep: U32, base: int) -> None:
        self.reader = reader
        self.keep = keep.astype(np.int64)
        self.docs = np.full(reader.articles, NONE, np.int64)
        self.docs[self.keep] = np.arange(base, base + len(keep))
        self.tokens = reader.container["tokens"].array().astype(np.int64)
        self.word_surfaces = reader.word_surfaces.astype(np.int64)
        ends, self.word_stems = reader.word_stems
        self.stem_counts = np.diff(ends, prepend=np.uint32(0)).astype(np.int64)
        self.by_rank = reader.container["row.words"].array().astype(np.int64)
        self.frequency = np.zeros(len(self.word_surfaces), np.int64)
        for rows in self.rows():
            self.frequency += np.bincount(self.by_rank[rows.words], minlength=len(self.frequency))
        self.words: Numbers = np.zeros(0, np.int64)
        self.terms: dict[TermKind, Numbers] = {}

    def rows(self) -> Iterator[Rows]:
        """The rows of the kept articles, some at a time; their words are old ranks."""
        ends, data = self.reader.container["row.ends"], self.reader.container["row"]
        for first in range(0, len(self.keep), ROWS):
            chosen = self.keep[first : first + ROWS]
            low, high = int(chosen[0]), int(chosen[-1]) + 1
            begins = ends.part(low, high + 1).astype(np.int64)
            base, stop = int(begins[0]), int(begins[-1])
            yield unpack_rows(
                data.part(base, stop), begins[chosen - low] - base, self.tokens[chosen]
            )


def merge_segments(
    directory: Path,
    sources: Sequence[MergeSource],
    offsets: NDArray[np.uint64],
    extra: Mapping[str, NDArray[Any]],
) -> str:
    """Write one segment out of the kept articles of others. Returns the digest of its footer."""
    parts: list[_Source] = []
    articles = 0
    for source in sources:
        if not isinstance(source.reader, ColumnarReader):
            raise TypeError(f"cannot merge a {type(source.reader).__name__}")
        parts.append(_Source(source.reader, source.keep, articles))
        articles += len(source.keep)
    lexicon = _merge_lexicons(parts)
    frequency = np.zeros(len(lexicon.word_surfaces), np.int64)
    for part in parts:
        used = part.words >= 0
        frequency[part.words[used]] += part.frequency[used]
    by_rank = by_frequency(frequency)
    rank = np.zeros(len(by_rank), np.uint32)
    rank[by_rank] = np.arange(len(by_rank))
    surface_lengths = np.zeros(len(lexicon.exact), np.int64)
    for part in parts:
        known = part.words[part.by_rank]
        kept = known >= 0
        surface_lengths[lexicon.word_surfaces[known[kept]]] = part.reader.container[
            "row.lengths"
        ].array()[kept]
    with SegmentFile(directory, articles, lexicon) as file:
        file.write_values(_values(parts, offsets))
        for part in parts:
            new_rank = rank[part.words[part.by_rank]] if len(rank) else rank
            for rows in part.rows():
                file.rows.add(
                    pack_rows(Rows(rows.counts, new_rank[rows.words], rows.shapes, rows.plain))
                )
        for kind in TermKind:
            _merge_postings(file, kind, parts, articles)
        return file.finish(by_rank, surface_lengths[lexicon.word_surfaces[by_rank]], extra)


def _values(parts: Sequence[_Source], offsets: NDArray[np.uint64]) -> ArticleValues:
    """What is kept of the articles apart from their words."""
    readers = [(part.reader, part.keep) for part in parts]

    def column(name: str, dtype: type[np.generic]) -> NDArray[Any]:
        return np.concatenate(
            [np.zeros(0, dtype)]
            + [reader.container[name].array()[keep].astype(dtype) for reader, keep in readers]
        )

    keywords: dict[KeywordField, tuple[Sequence[str], Numbers]] = {}
    for field in KeywordField:
        listed: list[str] = []
        ordinals = [np.zeros(0, np.int64)]
        for reader, keep in readers:
            values = reader.keyword(field)
            ordinals.append(values.ordinals[keep].astype(np.int64) + len(listed))
            listed += values.values
        keywords[field] = listed, np.concatenate(ordinals)
    return ArticleValues(
        [reader.ids()[number] for reader, keep in readers for number in keep.tolist()],
        [reader.digest(number) for reader, keep in readers for number in keep.tolist()],
        keywords,
        column("time", np.int64),
        column("day", np.int32),
        column("title_length", np.uint32),
        column("body_length", np.uint32),
        offsets.astype(np.uint64),
        column("title_tokens", np.int64),
        column("tokens", np.int64),
    )


# The lexicon


def _merge_lexicons(parts: Sequence[_Source]) -> Lexicon:
    """The lexicon of the words that kept articles use; tells each source its new numbers."""
    used_surfaces, used_stems = [], []
    for part in parts:
        used = part.frequency > 0
        used_surfaces.append(np.unique(part.word_surfaces[used]).astype(np.uint32))
        used_stems.append(np.unique(part.word_stems[np.repeat(used, part.stem_counts)]))
    exact, exact_maps = _merge_texts(parts, "exact", used_surfaces)
    stems, stem_maps = _merge_texts(parts, "stem", used_stems)
    for part, exact_map, stem_map in zip(parts, exact_maps, stem_maps, strict=True):
        part.terms[TermKind.EXACT], part.terms[TermKind.STEM] = exact_map, stem_map
    surfaces, counts, flat = _merge_words(parts)
    lexicon = Lexicon.make(
        [str(surface, "utf-8", "surrogatepass") for surface in exact],
        stems,
        surfaces,
        ends_of(counts)[1:].astype(np.uint32),
        flat,
    )
    for kind, ranges in (
        (TermKind.PREFIX, lexicon.prefixes),
        (TermKind.LONG_PREFIX, lexicon.long_prefixes),
    ):
        of_surface = ranges.of_surfaces(len(exact))
        for part in parts:
            part.terms[kind] = _map_prefixes(part, kind, of_surface)
    return lexicon


def _merge_texts(
    parts: Sequence[_Source], name: str, used: Sequence[U32]
) -> tuple[list[bytes], list[Numbers]]:
    """The used texts of all sources in order, and for each source the new numbers."""
    texts = []
    for part, numbers in zip(parts, used, strict=True):
        every = part.reader.texts(name).all()
        texts.append([every[number] for number in numbers.tolist()])
    merged = texts[0] if len(texts) == 1 else sorted(set().union(*texts))
    numbers_of = {text: number for number, text in enumerate(merged)}
    maps = []
    for part, numbers, chosen in zip(parts, used, texts, strict=True):
        mapped = np.full(len(part.reader.texts(name)), NONE, np.int64)
        mapped[numbers] = np.fromiter(map(numbers_of.__getitem__, chosen), np.int64, len(chosen))
        maps.append(mapped)
    return merged, maps


def _merge_words(parts: Sequence[_Source]) -> tuple[U32, Numbers, U32]:
    """Surfaces, numbers of stems and stems of the used words; tells sources the new numbers.

    A word is a row of numbers: its surface, then its stems, each one more, then zeros. Rows sort
    as the words do.
    """
    most = max((int(part.stem_counts.max(initial=0)) for part in parts), default=0)
    tables, used_words = [np.zeros((0, most + 1), np.int64)], []
    for part in parts:
        used = np.flatnonzero(part.frequency)
        begins = ends_of(part.stem_counts)[:-1]
        counts = part.stem_counts[used]
        table = np.zeros((len(used), most + 1), np.int64)
        table[:, 0] = part.terms[TermKind.EXACT][part.word_surfaces[used]]
        for place in range(most):
            has = np.flatnonzero(counts > place)
            stems = part.word_stems[begins[used[has]] + place]
            table[has, place + 1] = part.terms[TermKind.STEM][stems] + 1
        tables.append(table)
        used_words.append(used)
    words, numbers = np.unique(np.concatenate(tables), axis=0, return_inverse=True)
    numbers = numbers.ravel()
    first = 0
    for part, used in zip(parts, used_words, strict=True):
        part.words = np.full(len(part.word_surfaces), NONE, np.int64)
        part.words[used] = numbers[first : first + len(used)]
        first += len(used)
    of_words = words[:, 1:]
    return (
        words[:, 0].astype(np.uint32),
        (of_words > 0).sum(axis=1),
        (of_words[of_words > 0] - 1).astype(np.uint32),
    )


def _map_prefixes(part: _Source, kind: TermKind, of_surface: Numbers) -> Numbers:
    """The new number of each prefix: that of any of its surfaces that is kept."""
    old = _ranges(part.reader, kind).of_surfaces(len(part.terms[TermKind.EXACT]))
    mapped = np.full(len(part.reader.container[f"{kind}.begins"]), NONE, np.int64)
    kept = np.flatnonzero((old >= 0) & (part.terms[TermKind.EXACT] >= 0))
    mapped[old[kept]] = of_surface[part.terms[TermKind.EXACT][kept]]
    return mapped


def _ranges(reader: ColumnarReader, kind: TermKind) -> Ranges:
    container = reader.container
    return Ranges(container[f"{kind}.begins"].array(), container[f"{kind}.stops"].array())


# Postings


@dataclass(frozen=True, slots=True)
class _Lists:
    """Where the lists of a kind are in a source: for each term the kind that keeps its list."""

    kinds: tuple[TermKind, ...]
    keeper: NDArray[np.uint8]
    number: Numbers


def _keepers(reader: ColumnarReader, kind: TermKind) -> _Lists:
    """Which lists the terms of a kind have, with those they share (``segment_file.py``)."""
    terms = len(reader.dictionary(kind))
    keeper = np.zeros(terms, np.uint8)
    number = np.arange(terms)
    if kind in (TermKind.STEM, TermKind.EXACT):
        return _Lists((kind,), keeper, number)
    ranges = _ranges(reader, kind)
    surfaces = len(reader.dictionary(TermKind.EXACT))
    empty = np.diff(reader.container[f"{kind}.at"].array().astype(np.int64)) == 0
    single = empty & (ranges.ends - ranges.begins == 1)
    keeper[single], number[single] = 1, ranges.begins[single]
    same = empty & ~single
    if same.any():
        prefixes = _ranges(reader, TermKind.PREFIX).of_surfaces(surfaces)
        keeper[same], number[same] = 2, prefixes[ranges.begins[same]]
    return _Lists((kind, TermKind.EXACT, TermKind.PREFIX), keeper, number)


def _merge_postings(
    file: SegmentFile, kind: TermKind, parts: Sequence[_Source], articles: int
) -> None:
    """Write the postings of a kind, and positions where it has them."""
    sink = file.postings[kind]
    terms = len(sink.doc_freqs)
    wanted = own_lists(file.lexicon, kind)
    counted = np.zeros(terms, np.int64)
    for part in parts:
        kept = part.terms[kind] >= 0
        counted[part.terms[kind][kept]] += part.reader.dictionary(kind).doc_freqs[kept]
    before = ends_of(np.where(wanted, counted, 0))
    keepers = [_keepers(part.reader, kind) for part in parts]
    low = 0
    while low < terms:
        high = int(np.searchsorted(before, before[low] + POSTINGS, "right")) - 1
        high = min(max(high, low + 1), terms)
        _merge_range(file, kind, parts, keepers, wanted, low, high, articles)
        low = high


def _merge_range(
    file: SegmentFile,
    kind: TermKind,
    parts: Sequence[_Source],
    keepers: Sequence[_Lists],
    wanted: NDArray[np.bool_],
    low: int,
    high: int,
    articles: int,
) -> None:
    """Write the postings of some terms."""
    gathered: list[tuple[Numbers, FlatPostings, U32, Numbers]] = []
    for part, lists in zip(parts, keepers, strict=True):
        new = part.terms[kind]
        old = np.flatnonzero((new >= low) & (new < high))
        old = old[wanted[new[old]]]
        for place, keeper in enumerate(lists.kinds):
            chosen = old[lists.keeper[old] == place]
            if len(chosen):
                gathered.append((new[chosen], *_read(part, kind, keeper, lists.number[chosen])))
    if not gathered:
        return
    of_list = np.concatenate([terms for terms, *_ in gathered])
    order = np.argsort(of_list, kind="stable")
    flats = [flat for _, flat, *_ in gathered]
    lengths = np.concatenate([flat.lengths for flat in flats])
    chosen = ragged(ends_of(lengths)[:-1][order], lengths[order])
    columns = [
        np.concatenate([getattr(flat, name) for flat in flats])[chosen]
        for name in ("docs", "title", "body", "lead")
    ]
    terms, firsts = np.unique(of_list[order], return_index=True)
    merged = np.add.reduceat(lengths[order], firsts)
    filled = merged > 0
    terms, merged = terms[filled], merged[filled]
    flat = FlatPostings(merged, *columns)
    packed = pack_postings(flat, articles, with_lead=kind is TermKind.STEM)
    file.postings[kind].add(terms, merged, packed)
    if kind is TermKind.STEM:
        values = np.concatenate([positions for *_, positions, _ in gathered])
        counts = np.concatenate([each for *_, each in gathered])
        values = values[ragged(ends_of(counts)[:-1][order], counts[order])]
        of_term = np.add.reduceat(counts[order], firsts)[filled]
        file.positions.add(pack_lists(values, of_term))


def _read(
    part: _Source, kind: TermKind, keeper: TermKind, numbers: Numbers
) -> tuple[FlatPostings, U32, Numbers]:
    """Lists of a source, renumbered and without what is not kept; of stems the positions too."""
    data, at = _bytes(part.reader, f"{keeper}.at", f"{keeper}.postings", numbers)
    doc_freqs = part.reader.dictionary(keeper).doc_freqs[numbers].astype(np.int64)
    with_lead = keeper is TermKind.STEM
    flat = unpack_many(data, at, doc_freqs, part.reader.articles, with_lead=with_lead)
    docs = part.docs[flat.docs]
    kept = docs >= 0
    lengths = np.diff(ends_of(kept)[ends_of(doc_freqs)])
    whole = bool(kept.all())
    positions, of_list = np.zeros(0, np.uint32), np.zeros(0, np.int64)
    if kind is TermKind.STEM:
        of_posting = (flat.title + flat.body).astype(np.int64)
        ends = ends_of(of_posting)
        data, at = _bytes(part.reader, "positions.at", "positions", numbers)
        positions, _ = unpack_lists(data, at, np.diff(ends[ends_of(doc_freqs)]))
        if not whole:
            positions = positions[ragged(ends[:-1][kept], of_posting[kept])]
        of_list = np.diff(ends_of(of_posting[kept])[ends_of(lengths)])
    columns = (docs.astype(np.uint32), flat.title, flat.body, flat.lead)
    if not whole:
        columns = tuple(column[kept] for column in columns)  # type: ignore[assignment]
    return FlatPostings(lengths, *columns), positions, of_list


def _bytes(
    reader: ColumnarReader, at: str, name: str, numbers: Numbers
) -> tuple[NDArray[np.uint8], Numbers]:
    """The checked bytes from the first to the last of some rising lists, and where each begins."""
    low, high = int(numbers[0]), int(numbers[-1]) + 1
    ends = reader.container[at].part(low, high + 1).astype(np.int64)
    base, stop = int(ends[0]), int(ends[-1])
    return reader.container[name].part(base, stop), ends[numbers - low] - base
