"""Phrases: articles where words stand at given distances, found from positions of stems.

Every word of a phrase matches by its stems or as written. Positions are kept for stems alone:
what is written as asked for nearly always has one of the stems asked for. Where a segment holds
the surface with none of them, its positions are read from the forward index.

Positions become keys, the place of the article in the row of candidates above the position at
which the phrase would begin; a phrase stands where all words have the same key. Only positions in
candidates are read, the articles that hold all words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kzsearch.engine.local.search.postings import (
    EMPTY,
    NO_DOCS,
    Docs,
    in_field,
    intersected,
    join,
    located,
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

_MANY = 1_000
"""Keys that are looked up one by one; more are looked up in a mask of all keys there can be,"""

_WIDEST = 1 << 26
"""if there can be no more than these."""


class _Stand(NamedTuple):
    """Where a word stands: for each time the place of its document, rising, and the position."""

    places: Keys
    positions: Keys


def phrase_postings(phrase: Phrase, snapshot: Snapshot) -> Postings:
    """The live articles that hold a phrase, and how often title and body do."""
    if not phrase.words:
        return EMPTY
    covered = {
        word: snapshot.is_covered(word.surface, word.stems) for word in dict.fromkeys(phrase.words)
    }
    parts = []
    for part in snapshot.parts:
        found = _in_segment(phrase, part, covered)
        if len(found):
            parts.append(snapshot.moved(part, found))
    return in_field(join(parts), phrase.field)


def _in_segment(phrase: Phrase, part: Part, covered: Mapping[Word, bool]) -> Postings:
    """covered: whether the stems of a word stand wherever it does, so that they are enough."""
    reader = part.segment.reader
    words = {word: _WordPositions(word, reader, covered[word]) for word in covered}
    docs, chosen = _with_all(list(words.values()))
    if not len(docs):
        return EMPTY
    stands = {
        word: each.stands(docs, at) for (word, each), at in zip(words.items(), chosen, strict=True)
    }
    before = max(phrase.gaps)  # no phrase that would begin before its text has another's key
    last = max(int(stand.positions.max(initial=0)) for stand in stands.values())
    bits = (last + before).bit_length()
    keys = {
        word: _rising((stand.places << bits) + (stand.positions + before))
        for word, stand in stands.items()
    }
    rows = [keys[word] - gap for word, gap in zip(phrase.words, phrase.gaps, strict=True)]
    begins = _in_all(rows, len(docs) << bits)
    found = _Stand(begins >> bits, (begins & ((1 << bits) - 1)) - before)
    return _counted(found, docs, reader)


def _with_all(words: Sequence[_WordPositions]) -> tuple[Docs, Sequence[NDArray[np.intp]]]:
    """The documents that hold all words, and where they are among those of each word."""
    order = sorted(range(len(words)), key=lambda number: words[number].cost)
    docs = words[order[0]].docs
    chosen: list[NDArray[np.intp]] = [np.arange(len(docs))] * len(words)
    for done, number in enumerate(order[1:], 1):
        others = words[number].docs
        if not len(docs) or not len(others):
            return NO_DOCS, chosen
        at, held = located(docs, others)
        (kept,) = held.nonzero()
        docs = docs[kept]
        for before in order[:done]:
            chosen[before] = chosen[before][kept]
        chosen[number] = at[kept]
    return docs, chosen


def _rising(keys: Keys) -> Keys:
    """The keys in order, each once; those of one stem are so already."""
    return keys if (keys[1:] > keys[:-1]).all() else np.unique(keys)


def _in_all(rows: Sequence[Keys], end: int) -> Keys:
    """The keys that are in every row; rows are rising, and below ``end``."""
    few, *others = sorted(rows, key=len)
    for other in others:
        if not len(few) or not len(other):
            return _NO_KEYS
        if len(few) > _MANY and end <= _WIDEST:
            mask = np.zeros(end, np.bool_)
            mask[other] = True
            few = few[mask[few]]
        else:
            few = few[looked_up(few, other)[1]]
    return few


def _counted(begins: _Stand, docs: Docs, reader: SegmentReader) -> Postings:
    """Postings of a phrase from where it begins."""
    places, positions = begins
    if not len(places):
        return EMPTY
    in_title = positions < reader.columns.title_length[docs[places]]
    title = np.bincount(places[in_title], minlength=len(docs))
    body = np.bincount(places[~in_title], minlength=len(docs))
    (found,) = (title + body).nonzero()
    return Postings(docs[found], title[found].astype(np.uint32), body[found].astype(np.uint32))


class _WordPositions:
    """The positions of one word of a phrase in a segment."""

    def __init__(self, word: Word, reader: SegmentReader, covered: bool) -> None:
        self._reader = reader
        stems = reader.dictionary(TermKind.STEM)
        numbers = (stems.number(stem) for stem in dict.fromkeys(word.stems))
        self._stems = [number for number in numbers if number >= 0]
        self._lists = [reader.postings(TermKind.STEM, number) for number in self._stems]
        self._surface = -1 if covered else uncovered(reader, word.surface, word.stems)
        found = [postings.docs for postings in self._lists]
        if self._surface >= 0:
            found.append(reader.postings(TermKind.EXACT, self._surface).docs)
        self.cost = sum(map(len, found))
        self.docs = united(found, reader.articles)

    def stands(self, docs: Docs, chosen: NDArray[np.intp]) -> _Stand:
        """Where the word stands in some of its documents; of several stems one after the other.

        chosen: where they are among all its documents.
        """
        if len(self._stems) == 1 and self._surface < 0:
            return self._of_stem(self._stems[0], np.arange(len(docs)), chosen)
        rows = []
        for number, postings in zip(self._stems, self._lists, strict=True):
            at, held = located(docs, postings.docs)
            (places,) = held.nonzero()
            rows.append(self._of_stem(number, places, at[places]))
        if self._surface >= 0:
            rows.append(self._of_surface(docs))
        return _Stand(*map(np.concatenate, zip(*rows, strict=True)))

    def _of_stem(self, number: int, places: NDArray[np.intp], chosen: NDArray[np.intp]) -> _Stand:
        """chosen: its postings in the documents at some places."""
        positions = self._reader.positions(number)
        ends = positions.ends[chosen].astype(np.int64)
        begins = positions.ends[chosen - 1].astype(np.int64)
        begins[chosen == 0] = 0
        lengths = ends - begins
        at = np.repeat(begins - (lengths.cumsum() - lengths), lengths)
        at += np.arange(len(at))
        return _Stand(np.repeat(places, lengths), positions.values[at].astype(np.int64))

    def _of_surface(self, docs: Docs) -> _Stand:
        """Positions of the word as written, from the forward index."""
        held = self._reader.postings(TermKind.EXACT, self._surface).docs
        surfaces = self._reader.word_surfaces
        places, positions = [], []
        for document in intersected(held, docs).tolist():
            place = int(docs.searchsorted(np.uint32(document)))
            title, body = self._reader.tokens(document)
            behind = title.length + BODY_GAP
            for tokens, moved in ((title, 0), (body, behind)):
                at = tokens.positions[surfaces[tokens.words] == self._surface].astype(np.int64)
                places.append(np.full(len(at), place))
                positions.append(at + moved)
        none = [_NO_KEYS]
        return _Stand(np.concatenate(none + places), np.concatenate(none + positions))
