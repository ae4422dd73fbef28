"""Merging segments: lists are unpacked, renumbered and packed again, some terms at a time.

Every byte that is used is checked while it is read, so a merge never gives damage a fresh
checksum. The file is the same, but for its identity, as if the kept articles had been written
anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kzsearch.engine.local.codec.merge_sources import Source, merge_lexicons, ranges_of
from kzsearch.engine.local.codec.packing import ends_of, pack_lists, ragged, unpack_lists
from kzsearch.engine.local.codec.postings import FlatPostings, unpack_many
from kzsearch.engine.local.codec.segment_file import (
    ArticleValues,
    SegmentFile,
    own_lists,
)
from kzsearch.engine.local.codec.segment_reader import ColumnarReader
from kzsearch.engine.local.codec.segment_writer import by_frequency, partitions
from kzsearch.engine.local.segment_api import MergeSource
from kzsearch.engine.schema import KeywordField, TermKind

__all__ = ["merge_segments"]

POSTINGS = 1 << 20
"""Postings merged at a time."""

Numbers = NDArray[np.int64]
U32 = NDArray[np.uint32]


def merge_segments(
    directory: Path,
    sources: Sequence[MergeSource],
    offsets: NDArray[np.uint64],
    extra: Mapping[str, Iterable[NDArray[Any]]],
) -> None:
    """Write one segment out of the kept articles of others."""
    parts: list[Source] = []
    articles = 0
    for source in sources:
        if not isinstance(source.reader, ColumnarReader):
            raise TypeError(f"cannot merge a {type(source.reader).__name__}")
        parts.append(Source(source.reader, source.keep, articles))
        articles += len(source.keep)
    lexicon = merge_lexicons(parts)
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
                file.add_rows(rows, new_rank)
        for kind in TermKind:
            _merge_postings(file, kind, parts)
        file.finish(by_rank, surface_lengths[lexicon.word_surfaces[by_rank]], extra)


def _values(parts: Sequence[Source], offsets: NDArray[np.uint64]) -> ArticleValues:
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
    ranges = ranges_of(reader, kind)
    surfaces = len(reader.dictionary(TermKind.EXACT))
    empty = np.diff(reader.container[f"{kind}.at"].array().astype(np.int64)) == 0
    single = empty & (ranges.ends - ranges.begins == 1)
    keeper[single], number[single] = 1, ranges.begins[single]
    same = empty & ~single
    if same.any():
        prefixes = ranges_of(reader, TermKind.PREFIX).of_surfaces(surfaces)
        keeper[same], number[same] = 2, prefixes[ranges.begins[same]]
    return _Lists((kind, TermKind.EXACT, TermKind.PREFIX), keeper, number)


def _merge_postings(file: SegmentFile, kind: TermKind, parts: Sequence[Source]) -> None:
    """Write the postings of a kind, and positions where it has them."""
    terms = len(file.postings[kind].doc_freqs)
    wanted = own_lists(file.lexicon, kind)
    counted = np.zeros(terms, np.int64)
    for part in parts:
        kept = part.terms[kind] >= 0
        counted[part.terms[kind][kept]] += part.reader.dictionary(kind).doc_freqs[kept]
    keepers = [_keepers(part.reader, kind) for part in parts]
    for low, high in partitions(np.where(wanted, counted, 0), np.arange(terms), POSTINGS):
        _merge_range(file, kind, parts, keepers, wanted, low, high)


def _merge_range(
    file: SegmentFile,
    kind: TermKind,
    parts: Sequence[Source],
    keepers: Sequence[_Lists],
    wanted: NDArray[np.bool_],
    low: int,
    high: int,
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
        for name in ("docs", "title", "body", "lead", "aside")
    ]
    terms, firsts = np.unique(of_list[order], return_index=True)
    merged = np.add.reduceat(lengths[order], firsts)
    filled = merged > 0
    terms, merged = terms[filled], merged[filled]
    file.add_postings(kind, terms, FlatPostings(merged, *columns))
    if kind is TermKind.STEM:
        values = np.concatenate([positions for *_, positions, _ in gathered])
        counts = np.concatenate([each for *_, each in gathered])
        values = values[ragged(ends_of(counts)[:-1][order], counts[order])]
        of_term = np.add.reduceat(counts[order], firsts)[filled]
        file.positions.add(pack_lists(values, of_term))


def _read(
    part: Source, kind: TermKind, keeper: TermKind, numbers: Numbers
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
    columns = (docs.astype(np.uint32), flat.title, flat.body, flat.lead, flat.aside)
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
