"""Comparing a segment with what its stored articles say when they are analysed again.

Columns and the forward index are compared article by article. Of postings and positions only
sums are kept: every one of them becomes a pseudo-random number of 64 bits, and the sum over what
the articles should give must be that over what the segment holds. So a segment of any size is
compared in one pass, and a single wrong number changes the sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from kzsearch.engine.document import AnalysedArticle, AnalysedWord, Tokens, aside_of
from kzsearch.engine.fingerprint import Fingerprint
from kzsearch.engine.local.duplicates import CopiesReader
from kzsearch.engine.local.segment_api import BODY_GAP, SegmentReader
from kzsearch.engine.local.suggest import TitlesReader
from kzsearch.engine.schema import LEAD_WORDS, KeywordField, TermKind, long_prefix_of, prefix_of
from kzsearch.engine.title_words import TitleWord

__all__ = ["Comparison"]

KINDS = {kind: number for number, kind in enumerate(TermKind)}
POSITION = len(KINDS)
FIELD, POSITIONS = np.uint64(32), np.uint64((1 << 32) - 1)
TERM = np.uint64(33)
ONE = np.uint64(1)
MULTIPLIERS = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93)


class Comparison:
    """One segment against its articles.

    ``article`` is to be called for each of them, then ``finish``: what they give is what differs,
    in words that continue "the segment's …". Both raise IndexDamagedError.
    """

    def __init__(self, reader: SegmentReader) -> None:
        self._reader = reader
        self._dictionaries = {kind: reader.dictionary(kind) for kind in TermKind}
        self._keywords = {field: reader.keyword(field) for field in KeywordField}
        self._titles = TitlesReader(reader.section)
        self._copies = CopiesReader(reader.section)
        self._surfaces = reader.word_surfaces
        self._stem_ends, self._stems = reader.word_stems
        self._sums = dict.fromkeys((*KINDS.values(), POSITION), 0)
        self._postings = dict.fromkeys(TermKind, 0)

    def article(self, number: int, wanted: AnalysedArticle) -> Iterator[str]:
        """What differs in the columns and tokens of an article."""
        reader, columns = self._reader, self._reader.columns
        pairs: list[tuple[str, object, object]] = [
            ("id", reader.ids()[number], wanted.id),
            ("digest", reader.digest(number), wanted.digest),
            ("time", int(columns.time[number]), wanted.time),
            ("day", int(columns.day[number]), wanted.day),
            ("title length", int(columns.title_length[number]), wanted.title.length),
            ("body length", int(columns.body_length[number]), wanted.body.length),
            ("title words", _written(self._titles.title(number)), _written(wanted.title_words)),
            ("fingerprint", _plain(self._copies.text(number)), _plain(wanted.fingerprint)),
        ]
        for field, column in self._keywords.items():
            value = column.values[int(column.ordinals[number])]
            pairs.append((field.value, value, getattr(wanted, field.value)))
        if number not in reader.find(wanted.id):
            yield f"ids do not find article {number}"
        for name, held, right in pairs:
            if held != right:
                yield f"{name} of article {number} is {held!r} instead of {right!r}"
        terms = self._terms_of(wanted.words)
        if not self._same_tokens(number, wanted, terms[TermKind.EXACT]):
            yield f"tokens of article {number} are not those of its text"
        for kind in TermKind:
            self._add_postings(kind, number, wanted, terms[kind])

    def _terms_of(self, words: Sequence[AnalysedWord]) -> dict[TermKind, list[tuple[int, ...]]]:
        """Of each word its terms of each kind, by number; -1 where the segment has no such."""
        number = {kind: self._dictionaries[kind].number for kind in TermKind}
        terms: dict[TermKind, list[tuple[int, ...]]] = {kind: [] for kind in TermKind}
        for surface, stems in words:
            long = long_prefix_of(surface)
            terms[TermKind.STEM].append(tuple(map(number[TermKind.STEM], stems)))
            terms[TermKind.EXACT].append((number[TermKind.EXACT](surface),))
            terms[TermKind.PREFIX].append((number[TermKind.PREFIX](prefix_of(surface)),))
            terms[TermKind.LONG_PREFIX].append(
                () if long is None else (number[TermKind.LONG_PREFIX](long),)
            )
        return terms

    def _same_tokens(
        self, number: int, wanted: AnalysedArticle, surfaces: list[tuple[int, ...]]
    ) -> bool:
        numbers = np.array([surface for (surface,) in surfaces], np.int64)
        stem = self._dictionaries[TermKind.STEM].number
        for held, right in zip(
            self._reader.tokens(number), (wanted.title, wanted.body), strict=True
        ):
            if not _same_places(held, right):
                return False
            if len(right) and not np.array_equal(self._surfaces[held.words], numbers[right.words]):
                return False
            for mine, theirs in set(zip(held.words.tolist(), right.words.tolist(), strict=True)):
                begin = int(self._stem_ends[mine - 1]) if mine else 0
                stems = self._stems[begin : int(self._stem_ends[mine])].tolist()
                if stems != [stem(each) for each in wanted.words[theirs][1]]:
                    return False
        return True

    def _add_postings(
        self, kind: TermKind, number: int, wanted: AnalysedArticle, terms: list[tuple[int, ...]]
    ) -> None:
        """Add what an article should have put into the postings of its terms."""
        keys: list[int] = []
        plain = np.zeros(len(wanted.title), np.bool_)
        fields = ((wanted.title, plain), (wanted.body, aside_of(wanted)))
        for field, (tokens, aside) in enumerate(fields):
            for word, position, is_aside in zip(
                tokens.words.tolist(), tokens.positions.tolist(), aside.tolist(), strict=True
            ):
                place = field << 32 | position << 1 | is_aside
                keys += [(term & 0x7FFFFFFF) << 33 | place for term in terms[word]]
        if not keys:
            return
        places = np.unique(np.array(keys, np.uint64))
        of_term, in_body = places >> TERM, places >> FIELD & np.uint64(1)
        positions, in_aside = (places & POSITIONS) >> ONE, places & ONE
        begins = np.flatnonzero(np.append(True, of_term[1:] != of_term[:-1]))
        body = np.add.reduceat(in_body, begins)
        title = np.diff(begins, append=len(places)).astype(np.uint64) - body
        aside = np.add.reduceat(in_aside, begins)
        early = in_body * (ONE - in_aside) * (positions < LEAD_WORDS).astype(np.uint64)
        lead = np.add.reduceat(early, begins)
        if kind is not TermKind.STEM:
            lead = np.zeros(len(begins), np.uint64)
        docs = np.full(len(begins), number, np.uint64)
        counts = (title, body, lead, aside)
        self._sums[KINDS[kind]] += _sum(KINDS[kind], of_term[begins], docs, *counts)
        if kind is TermKind.STEM:
            shifted = positions + in_body * np.uint64(wanted.title.length + BODY_GAP)
            where = np.full(len(places), number, np.uint64)
            self._sums[POSITION] += _sum(POSITION, of_term, where, shifted)

    def finish(self) -> Iterator[str]:
        """What differs in the postings and positions."""
        for kind, dictionary in self._dictionaries.items():
            total = 0
            for number in range(len(dictionary)):
                postings = self._reader.postings(kind, number)
                if len(postings) != dictionary.doc_freqs[number]:
                    yield f"{kind} {dictionary.term(number)!r} has a wrong document frequency"
                docs = postings.docs.astype(np.uint64)
                terms = np.full(len(docs), number, np.uint64)
                lead, aside = (
                    np.zeros(len(docs)) if counts is None else counts
                    for counts in (postings.lead, postings.aside)
                )
                columns = (postings.title, postings.body, lead, aside)
                total += _sum(KINDS[kind], terms, docs, *columns)
                if kind is TermKind.STEM:
                    positions = self._reader.positions(number)
                    ends = positions.ends.astype(np.int64)
                    counts = np.append(ends[:1], ends[1:] - ends[:-1])
                    where, which = docs.repeat(counts), np.full(int(counts.sum()), number)
                    self._sums[POSITION] -= _sum(POSITION, which, where, positions.values)
            if (total - self._sums[KINDS[kind]]) % (1 << 64):
                yield f"postings of kind {kind} are not those of its articles"
        if self._sums[POSITION] % (1 << 64):
            yield "positions are not those of its articles"


def _same_places(held: Tokens, right: Tokens) -> bool:
    return (
        np.array_equal(held.positions, right.positions)
        and np.array_equal(held.starts, right.starts)
        and np.array_equal(held.ends, right.ends)
    )


def _written(words: Iterable[TitleWord]) -> list[tuple[str, str, bool]]:
    """What of title words is compared: a segment keeps one stem for all that are written so."""
    return [(word.written, word.word, word.follows) for word in words]


def _plain(fingerprint: Fingerprint | None) -> object:
    return fingerprint and (fingerprint.key, list(fingerprint.bands), fingerprint.codes)


def _sum(kind: int, *columns: NDArray[np.generic]) -> int:
    """The sum of pseudo-random numbers, one for each row of some columns."""
    mixed = np.full(len(columns[0]), kind + 1, np.uint64)
    for place, column in enumerate(columns):
        mixed ^= column.astype(np.uint64)
        mixed *= np.uint64(MULTIPLIERS[place % len(MULTIPLIERS)])
        mixed ^= mixed >> np.uint64(29)
    return int(mixed.sum(dtype=np.uint64))
