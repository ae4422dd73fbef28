"""What is merged: segments with the new number of everything that is kept, and one lexicon."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from kzsearch.engine.local.codec.forward import Rows, unpack_rows
from kzsearch.engine.local.codec.lexicon import Lexicon, Ranges
from kzsearch.engine.local.codec.packing import ends_of
from kzsearch.engine.local.codec.segment_reader import ColumnarReader
from kzsearch.engine.schema import TermKind

__all__ = ["Source", "merge_lexicons", "ranges_of"]

ROWS = 1 << 13
"""Articles whose rows are read at a time."""

NONE = -1
Numbers = NDArray[np.int64]
U32 = NDArray[np.uint32]


class Source:
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


def merge_lexicons(parts: Sequence[Source]) -> Lexicon:
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
    parts: Sequence[Source], name: str, used: Sequence[U32]
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


def _merge_words(parts: Sequence[Source]) -> tuple[U32, Numbers, U32]:
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


def _map_prefixes(part: Source, kind: TermKind, of_surface: Numbers) -> Numbers:
    """The new number of each prefix: that of any of its surfaces that is kept."""
    old = ranges_of(part.reader, kind).of_surfaces(len(part.terms[TermKind.EXACT]))
    mapped = np.full(len(part.reader.container[f"{kind}.begins"]), NONE, np.int64)
    kept = np.flatnonzero((old >= 0) & (part.terms[TermKind.EXACT] >= 0))
    mapped[old[kept]] = of_surface[part.terms[TermKind.EXACT][kept]]
    return mapped


def ranges_of(reader: ColumnarReader, kind: TermKind) -> Ranges:
    """The prefixes of a kind as ranges of surfaces."""
    container = reader.container
    return Ranges(container[f"{kind}.begins"].array(), container[f"{kind}.stops"].array())
