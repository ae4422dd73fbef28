"""One generation of an index as the searcher sees it: all segments as one row of documents.

Documents are numbered through: a segment's documents follow those of the segment before.
Deleted ones are left out wherever postings are read, and statistics are those of live
documents, so scores do not depend on how articles came to be spread over segments.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kzsearch.documents.article import Article
from kzsearch.engine.local.search.cache import BoundedCache, computed, once
from kzsearch.engine.local.search.grouping import Copies, find_copies, member_ranks
from kzsearch.engine.local.search.postings import EMPTY, Docs, join, lead_of, select
from kzsearch.engine.local.segment_api import Counts, Postings, SegmentReader
from kzsearch.engine.local.segments import Segment
from kzsearch.engine.local.store.manifest import Manifest
from kzsearch.engine.schema import NO_TIME, KeywordField, TermKind, fold_keyword, keyword_parts

__all__ = ["Facet", "Part", "Snapshot", "uncovered"]

UNKNOWN_AGE = -NO_TIME

_DAY_OF_1970 = 719_163
"""The proleptic ordinal of 1970-01-01."""

MOST_IDS = 50_000
"""Ids that are remembered: those of articles that are hits again and again."""

MOST_COVERED = 50_000
"""Words of which it is remembered whether their stems stand wherever they do."""

POSTINGS_BYTES = 40 << 20
"""Decoded postings that are remembered: those of the words that are asked for all the time."""


@dataclass(frozen=True, slots=True)
class Part:
    """A segment in its place.

    base: number of its first document.
    live: for each of its documents whether it is live; None where all are.
    """

    segment: Segment
    base: int
    live: NDArray[np.bool_] | None


@dataclass(frozen=True, slots=True)
class Facet:
    """A keyword field over all segments.

    ordinals: for each document the number of what it has in the field.
    parts: for each number the values one by one, as they are written.
    names: the values to show: of those that differ in letter case only, the commonest.
    shown: which ``names`` the values of each number are counted as, number by number.
    shown_counts: how many of these each number has.
    """

    ordinals: Counts
    parts: Sequence[tuple[str, ...]]
    names: Sequence[str]
    shown: NDArray[np.intp]
    shown_counts: NDArray[np.intp]

    def shown_of(self, ordinals: Counts) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Which ``names`` some documents are counted as, and how many of them each is."""
        lengths = self.shown_counts[ordinals]
        begins = (self.shown_counts.cumsum() - self.shown_counts)[ordinals]
        moved = np.repeat(begins - (lengths.cumsum() - lengths), lengths)
        return self.shown[moved + np.arange(len(moved))], lengths


def uncovered(reader: SegmentReader, surface: str, stems: Iterable[str]) -> int:
    """Number of a word as written that stands somewhere without any of some stems; else -1."""
    number = reader.dictionary(TermKind.EXACT).number(surface)
    if number < 0:
        return -1
    wanted = {reader.dictionary(TermKind.STEM).number(stem) for stem in stems}
    ends, numbers = reader.word_stems
    first, end = reader.word_surfaces.searchsorted(
        np.array([number, number + 1], np.uint32)  # another type would be a copy of all
    ).tolist()
    for word in range(first, end):
        begin = int(ends[word - 1]) if word else 0
        if wanted.isdisjoint(numbers[begin : int(ends[word])].tolist()):
            return number
    return -1


class Snapshot:
    """An immutable view of one generation. Safe to use from many threads."""

    def __init__(
        self, manifest: Manifest, segments: Sequence[Segment], before: Snapshot | None = None
    ) -> None:
        """``before``: an earlier generation, of which is taken over what has not changed."""
        self.manifest = manifest
        self.segments = segments
        self.parts: list[Part] = []
        base = 0
        for entry, segment in zip(manifest.segments, segments, strict=True):
            live = None
            if entry.deleted:
                live = np.ones(entry.articles, np.bool_)
                live[list(entry.deleted)] = False
            self.parts.append(Part(segment, base, live))
            base += entry.articles
        self.count = manifest.articles
        """How many live articles there are."""
        self.name = f"{manifest.generation}-{manifest.identity[:12]}"
        """Tells this generation from every other, of any index."""
        self.documents = base
        """How many documents there are, deleted ones included."""
        self._bases = [part.base for part in self.parts]
        self._ids: dict[int, str] = {}
        self._covered: dict[tuple[str, tuple[str, ...]], bool] = {}
        self._postings: BoundedCache[Postings] = BoundedCache(POSTINGS_BYTES)
        self._copies_before: Copies | None = None
        if before is not None:
            self._copies_before = computed(before, "copies") or before._copies_before

    def prepare(self) -> None:
        """Compute what searches need of all documents. Raises IndexDamagedError."""
        _ = self.times, self.months, self.facets, self.group_of, self.member_ranks

    # Documents

    def place(self, document: int) -> tuple[Part, int]:
        """The segment of a document, and its number there."""
        part = self.parts[bisect_right(self._bases, document) - 1]
        return part, document - part.base

    def article(self, document: int) -> Article:
        """The stored article. Raises IndexDamagedError."""
        part, number = self.place(document)
        return part.segment.article(number)

    def id(self, document: int) -> str:
        """Id of a document."""
        found = self._ids.get(document)
        if found is None:
            part, number = self.place(document)
            found = part.segment.reader.ids()[number]
            if len(self._ids) >= MOST_IDS:
                self._ids.clear()
            self._ids[document] = found
        return found

    def live_ids(self) -> Iterator[str]:
        """Ids of all live documents."""
        for part in self.parts:
            ids = part.segment.reader.ids()
            live = range(len(ids)) if part.live is None else np.flatnonzero(part.live).tolist()
            yield from (ids[number] for number in live)

    def find(self, article_id: str) -> int | None:
        """The live document with an id, or None."""
        for part in self.parts:
            for number in part.segment.reader.find(article_id):
                if part.live is None or part.live[number]:
                    return part.base + int(number)
        return None

    @once
    def everything(self) -> Docs:
        """All live documents."""
        return np.flatnonzero(self.live)

    @once
    def live(self) -> NDArray[np.bool_]:
        """For each document whether it is live."""
        live = np.ones(self.documents, np.bool_)
        for part in self.parts:
            if part.live is not None:
                live[part.base : part.base + len(part.live)] = part.live
        return live

    # Terms

    def doc_freq(self, kind: TermKind, term: str) -> int:
        """How many postings a term has, those of deleted articles included; reads none."""
        total = 0
        for part in self.parts:
            dictionary = part.segment.reader.dictionary(kind)
            number = dictionary.number(term)
            if number >= 0:
                total += int(dictionary.doc_freqs[number])
        return total

    def is_covered(self, surface: str, stems: tuple[str, ...]) -> bool:
        """Whether every article that holds a word as written is sure to hold one of some stems.

        Read from the dictionaries, not from postings.
        """
        key = surface, stems
        found = self._covered.get(key)
        if found is None:
            if len(self._covered) >= MOST_COVERED:
                self._covered.clear()
            found = self._covered[key] = all(
                uncovered(part.segment.reader, surface, stems) < 0 for part in self.parts
            )
        return found

    def postings(self, kind: TermKind, term: str) -> Postings:
        """The live articles that hold a term. Raises IndexDamagedError."""
        key = kind, term
        found = self._postings.get(key)
        if found is None:
            found = join(list(self._each_postings(kind, term)))
            found = replace(found, titled=found.title.nonzero()[0], key=key)
            further = sum(counts is not None for counts in (found.lead, found.aside))
            size = (10 + further) * len(found)
            self._postings.put(key, found, size)
        return found

    def lead_postings(self, stem: str) -> Postings:
        """The articles that hold a stem in the title or among the first words of the body.

        ``body`` counts the first words only.
        """
        key = "lead", stem
        found = self._postings.get(key)
        if found is None:
            found = replace(lead_of(self.postings(TermKind.STEM, stem)), key=key)
            self._postings.put(key, found, 10 * len(found))
        return found

    def _each_postings(self, kind: TermKind, term: str) -> Iterator[Postings]:
        for part in self.parts:
            number = part.segment.reader.dictionary(kind).number(term)
            if number >= 0:
                yield self.moved(part, part.segment.reader.postings(kind, number))

    def moved(self, part: Part, postings: Postings) -> Postings:
        """A segment's postings with their documents numbered through, the deleted left out."""
        if part.live is not None:
            postings = select(postings, part.live[postings.docs])
        if not len(postings):
            return EMPTY
        docs = postings.docs.astype(np.intp)
        if part.base:
            docs += part.base
        return Postings(docs, postings.title, postings.body, postings.lead, postings.aside)

    @once
    def term_count(self) -> int:
        """How many different words as written there are, those of deleted articles included."""
        dictionaries = [part.segment.reader.dictionary(TermKind.EXACT) for part in self.parts]
        if len(dictionaries) == 1:
            return len(dictionaries[0])
        return len(set().union(*(dictionary.terms() for dictionary in dictionaries)))

    def terms(self, kind: TermKind, prefix: str) -> dict[str, int]:
        """The terms that begin so and their postings, those of deleted articles included."""
        found: dict[str, int] = {}
        for part in self.parts:
            dictionary = part.segment.reader.dictionary(kind)
            first, end = dictionary.span(prefix)
            counts = dictionary.doc_freqs[first:end].tolist()
            for number, count in zip(range(first, end), counts, strict=True):
                term = dictionary.term(number)
                found[term] = found.get(term, 0) + count
        return found

    # Columns

    @once
    def times(self) -> NDArray[np.int64]:
        """Times by document, see ``AnalysedArticle``."""
        return self._joined("time", np.int64)

    @once
    def days(self) -> NDArray[np.int32]:
        """Local days by document, 0 of an undated one."""
        return self._joined("day", np.int32)

    @once
    def months(self) -> NDArray[np.int32]:
        """Months since the year 0 by document, 0 of an undated one."""
        dates = (self.days.astype(np.int64) - _DAY_OF_1970).astype("datetime64[D]")
        months = dates.astype("datetime64[M]").astype(np.int32) + np.int32(1970 * 12)
        return np.where(self.days > 0, months, np.int32(0))

    @once
    def title_lengths(self) -> Counts:
        """Lengths of titles by document, in word positions."""
        return self._joined("title_length", np.uint8)

    @once
    def body_lengths(self) -> Counts:
        """Lengths of bodies by document, in word positions."""
        return self._joined("body_length", np.uint8)

    def _joined(self, name: str, kind: type[np.number]) -> NDArray:  # type: ignore[type-arg]
        """A column over all segments; that of a single one is left in place."""
        columns = [getattr(part.segment.reader.columns, name) for part in self.parts]
        return columns[0] if len(columns) == 1 else np.concatenate([np.zeros(0, kind), *columns])

    @once
    def facets(self) -> dict[KeywordField, Facet]:
        """The keyword fields over all segments."""
        return {field: self._facet(field) for field in KeywordField}

    def _facet(self, field: KeywordField) -> Facet:
        columns = [part.segment.reader.keyword(field) for part in self.parts]
        values = sorted({"", *(value for column in columns for value in column.values)})
        number = {value: place for place, value in enumerate(values)}
        smallest = np.min_scalar_type(len(values))
        ordinals = [
            np.array([number[value] for value in column.values], smallest)[column.ordinals]
            for column in columns
        ]
        every = np.concatenate([np.zeros(0, smallest), *ordinals])
        parts = [keyword_parts(field, value) for value in values]
        counts = np.bincount(every[self.live], minlength=len(values)).tolist()
        written: dict[str, Counter[str]] = {}
        for row, count in zip(parts, counts, strict=True):
            for part in row:
                written.setdefault(fold_keyword(part), Counter())[part] += count
        names = [
            min(forms, key=lambda part: (-forms[part], part))
            for _, forms in sorted(written.items(), key=lambda item: item[0])
        ]
        places = {folded: place for place, folded in enumerate(sorted(written))}
        shown = [tuple(dict.fromkeys(places[fold_keyword(p)] for p in row)) for row in parts]
        flat = np.array([place for row in shown for place in row], np.intp)
        return Facet(every, parts, names, flat, np.array([len(row) for row in shown], np.intp))

    # Near-duplicates

    @once
    def copies(self) -> Copies:
        """The live articles that are near-duplicates of one another. Raises IndexDamagedError."""
        times, titles, bodies = self.times, self.title_lengths, self.body_lengths

        def place(document: int) -> tuple[int, int]:
            time = int(times[document])
            time = UNKNOWN_AGE if time == NO_TIME else time
            return time, -int(titles[document]) - int(bodies[document])

        identities = [entry.identity for entry in self.manifest.segments]
        segments = dict(zip(identities, self.segments, strict=True))
        return find_copies(segments, self.live, place, self._copies_before)

    @property
    def group_of(self) -> NDArray[np.int32]:
        """For each document the number of its group of near-duplicates, -1 of none."""
        return self.copies.group_of

    @once
    def member_ranks(self) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Ranks by document among its near-duplicates: by age, the oldest first, and by date, the
        newest first.
        """
        return member_ranks(self.copies, self.times, self.id)

    def age(self, document: int) -> tuple[int, str]:
        """Sorts documents from the oldest to the newest, undated ones last; ties by id."""
        time = int(self.times[document])
        return UNKNOWN_AGE if time == NO_TIME else time, self.id(document)
