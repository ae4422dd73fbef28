"""Phrases: articles where words stand at given distances, found from positions of stems.

Every word of a phrase matches by its stems or as written. Positions are kept for stems alone:
what is written as asked for nearly always has one of the stems asked for. Where a segment holds
the surface with none of them, its positions are read from the forward index.

Positions become keys, the place of the article in the row of candidates above the position at
which the phrase would begin; a phrase stands where all words have the same key.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kzsearch.engine.local.search.postings import (
    EMPTY,
    Docs,
    in_field,
    intersected,
    join,
    looked_up,
    united,
)
from kzsearch.engine.local.search.snapshot import Part, Snapshot, uncovered
from kzsearch.engine.local.segment_api import BODY_GAP, Postings, SegmentReader
from kzsearch.engine.nodes import Phrase, Word
from kzsearch.engine.schema import TermKind

__all__ = ["phrase_postings"]

Keys = NDArray[np.int64]

_NO_KEYS: Keys = np.zeros(0, np.int64)
_PLACE_BITS = 32
_BEFORE = 1 << 16
"""Added to positions, so that a phrase that would begin before its text gives no other's key."""


def phrase_postings(phrase: Phrase, snapshot: Snapshot) -> Postings:
    """The live articles that hold a phrase, and how often title and body do."""
    parts = []
    for part in snapshot.parts:
        found = _in_segment(phrase, part)
        if len(found):
            parts.append(snapshot.moved(part, found))
    return in_field(join([found for found in parts if len(found)]), phrase.field)


def _in_segment(phrase: Phrase, part: Part) -> Postings:
    reader = part.segment.reader
    words = {word: _WordPositions(word, reader) for word in dict.fromkeys(phrase.words)}
    docs: Docs | None = None
    for positions in sorted(words.values(), key=lambda each: each.cost):
        docs = positions.docs if docs is None else intersected(docs, positions.docs)
        if not len(docs):
            return EMPTY
    if docs is None:
        return EMPTY
    keys = {word: positions.keys(docs) for word, positions in words.items()}
    rows = [keys[word] - gap for word, gap in zip(phrase.words, phrase.gaps, strict=True)]
    return _counted(_in_all(rows), docs, reader)


def _in_all(rows: Sequence[Keys]) -> Keys:
    """The keys that are in every row; rows are rising."""
    few, *others = sorted(rows, key=len)
    for other in others:
        if not len(few) or not len(other):
            return _NO_KEYS
        few = few[looked_up(few, other)[1]]
    return few


def _counted(begins: Keys, docs: Docs, reader: SegmentReader) -> Postings:
    """Postings of a phrase from the keys of its beginnings."""
    if not len(begins):
        return EMPTY
    places = begins >> _PLACE_BITS
    positions = (begins & ((1 << _PLACE_BITS) - 1)) - _BEFORE
    in_title = positions < reader.columns.title_length[docs[places]]
    title = np.bincount(places[in_title], minlength=len(docs))
    body = np.bincount(places[~in_title], minlength=len(docs))
    found = np.flatnonzero(title + body)
    return Postings(docs[found], title[found].astype(np.uint32), body[found].astype(np.uint32))


class _WordPositions:
    """The positions of one word of a phrase in a segment."""

    def __init__(self, word: Word, reader: SegmentReader) -> None:
        self._reader = reader
        stems = reader.dictionary(TermKind.STEM)
        numbers = (stems.number(stem) for stem in dict.fromkeys(word.stems))
        self._stems = [number for number in numbers if number >= 0]
        self._lists = [reader.postings(TermKind.STEM, number) for number in self._stems]
        self._surface = uncovered(reader, word.surface, word.stems)
        found = [postings.docs for postings in self._lists]
        if self._surface >= 0:
            found.append(reader.postings(TermKind.EXACT, self._surface).docs)
        self.cost = sum(map(len, found))
        self.docs = united(found, reader.articles)

    def keys(self, docs: Docs) -> Keys:
        """Keys of the positions in some documents, rising."""
        rows = [
            self._stem_keys(number, postings, docs)
            for number, postings in zip(self._stems, self._lists, strict=True)
        ]
        if self._surface >= 0:
            rows.append(self._surface_keys(docs))
        if len(rows) == 1:
            return rows[0]
        return np.unique(np.concatenate(rows)) if rows else _NO_KEYS

    def _stem_keys(self, number: int, postings: Postings, docs: Docs) -> Keys:
        chosen, held = looked_up(docs, postings.docs)
        places = np.flatnonzero(held)
        if not len(places):
            return _NO_KEYS
        chosen = chosen[places]
        positions = self._reader.positions(number)
        ends = positions.ends[chosen].astype(np.int64)
        begins = np.where(chosen > 0, positions.ends[chosen - 1], 0).astype(np.int64)
        lengths = ends - begins
        total = np.cumsum(lengths)
        at = np.arange(total[-1]) + np.repeat(begins - (total - lengths), lengths)
        keys: Keys = (np.repeat(places, lengths) << _PLACE_BITS) + (
            positions.values[at].astype(np.int64) + _BEFORE
        )
        return keys

    def _surface_keys(self, docs: Docs) -> Keys:
        """Positions of the word as written, from the forward index."""
        held = self._reader.postings(TermKind.EXACT, self._surface).docs
        surfaces = self._reader.word_surfaces
        rows = []
        for document in intersected(held, docs).tolist():
            place = int(docs.searchsorted(np.uint32(document))) << _PLACE_BITS
            title, body = self._reader.tokens(document)
            behind = title.length + BODY_GAP
            for tokens, moved in ((title, 0), (body, behind)):
                at = tokens.positions[surfaces[tokens.words] == self._surface].astype(np.int64)
                rows.append(np.unique(at) + (place + moved + _BEFORE))
        return np.concatenate(rows) if rows else _NO_KEYS
