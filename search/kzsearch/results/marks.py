"""Where a query matches in a text: spans of the original, ready to mark.

The text is analysed as it was for the index, so what is marked is what matched: whole
inflected words (``Сенаттың`` for ``сенат``), and a phrase only where its words stand
together in order. Whoosh's own highlighter marks each stray word of a phrase and stops
after 32 thousand characters (whoosh/highlight.py), so none of it is used.
Time is linear in the text for a query of a given size.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from kzsearch.engine.interface import LocatedTerm, TermFinder
from kzsearch.engine.nodes import All, Any, Node, Phrase, Prefix, Word
from kzsearch.engine.schema import TextField
from kzsearch.morphology import Analyzer, Term
from kzsearch.text.scripts.script import Script

__all__ = ["Mark", "Marker"]

LOOSE_LETTERS = 5
"""Letters that a loose word shares with what it matches (engine/nodes.py)."""

_BESIDE = 1
"""Code points that may stand between a number and its sign: 83 %."""

_Part = Word | Phrase | Prefix
"""What of a query can be marked."""


class Mark(NamedTuple):
    """A stretch to mark, in code points, and the numbers of the query's parts it answers."""

    start: int
    end: int
    parts: frozenset[int]


class Marker:
    """Marks what one query matches. What the query excludes is never marked."""

    def __init__(self, query: Node, analyzer: Analyzer) -> None:
        self._parts = tuple(dict.fromkeys(_positive(query)))
        self._words, self._beginnings = _looked_for(self._parts)
        self._has_numbers = any(word[:1].isdigit() for word in self._words)
        self._analyzer = analyzer

    def marks(
        self,
        text: str,
        field: TextField,
        script: Script = Script.CYRILLIC,
        terms: TermFinder | None = None,
    ) -> list[Mark]:
        """The spans of a title or body to mark, in order, none touching another.

        script: that of the article, as it was when the article was indexed; without ``terms``.
        terms: those of the article, where the index keeps them; else the text is analysed.
        """
        parts = [
            (number, part)
            for number, part in enumerate(self._parts)
            if part.field is None or part.field is field
        ]
        if not parts:
            return []
        found: Iterable[LocatedTerm | Term]
        if terms:
            found = terms.find(field, self._words, self._beginnings)
        else:
            found = self._analyzer.find(text, self._words, self._beginnings, script=script)
        located = _Terms(found)
        marks = _merged(
            Mark(start, end, frozenset([number]))
            for number, part in parts
            for start, end in located.spans(part)
        )
        return list(_without_stray_signs(marks, text)) if self._has_numbers else marks


def _looked_for(parts: Iterable[_Part]) -> tuple[set[str], tuple[str, ...]]:
    """The surfaces and stems that parts of a query match, and the beginnings of surfaces."""
    words, beginnings = set[str](), set[str]()
    for part in parts:
        if isinstance(part, Prefix):
            beginnings.add(part.text)
            words.update(part.stems)
        for word in _words(part):
            words.add(word.surface)
            words.update(word.forms or word.stems)
            if word.loose and len(word.surface) >= LOOSE_LETTERS:
                beginnings.add(word.surface[:LOOSE_LETTERS])
    return words, tuple(beginnings)


def _words(part: _Part) -> tuple[Word, ...]:
    match part:
        case Word():
            return (part,)
        case Phrase():
            return part.words
        case Prefix():
            return ()


def _positive(node: Node) -> Iterator[_Part]:
    match node:
        case Word() | Phrase() | Prefix():
            yield node
        case All(parts) | Any(parts):
            for part in parts:
                yield from _positive(part)


def _without_stray_signs(marks: Sequence[Mark], text: str) -> Iterator[Mark]:
    """The marks but for signs (%, $) by themselves: who asks for 83% asks for no other percentage.

    A sign stays beside what else is marked.
    """
    for at, mark in enumerate(marks):
        beside_left = at > 0 and mark.start - marks[at - 1].end <= _BESIDE
        beside_right = at + 1 < len(marks) and marks[at + 1].start - mark.end <= _BESIDE
        if beside_left or beside_right or text[mark.start].isalnum():
            yield mark


def _merged(marks: Iterable[Mark]) -> list[Mark]:
    """Overlapping marks made one, as a compound and its part are."""
    merged: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        if merged and mark.start < merged[-1].end:
            last = merged[-1]
            merged[-1] = Mark(last.start, max(last.end, mark.end), last.parts | mark.parts)
        else:
            merged.append(mark)
    return merged


class _Terms:
    """Terms of one text, found by surface, stem or first letters."""

    def __init__(self, terms: Iterable[LocatedTerm | Term]) -> None:
        self._by_surface: defaultdict[str, list[LocatedTerm | Term]] = defaultdict(list)
        self._by_stem: defaultdict[str, list[LocatedTerm | Term]] = defaultdict(list)
        for term in terms:
            self._by_surface[term.surface].append(term)
            for stem in term.stems:
                self._by_stem[stem].append(term)
        self._surfaces = sorted(self._by_surface)

    def spans(self, part: _Part) -> Iterator[tuple[int, int]]:
        match part:
            case Word():
                yield from ((term.start, term.end) for term in self._word(part))
            case Prefix():
                yield from ((term.start, term.end) for term in self._prefix(part))
            case Phrase():
                yield from self._phrase(part)

    def _word(self, word: Word) -> Iterator[LocatedTerm | Term]:
        if word.forms:
            for form in word.forms:
                yield from self._by_surface.get(form, ())
            return
        yield from self._by_surface.get(word.surface, ())
        yield from self._with_stems(word.stems)
        if word.loose and len(word.surface) >= LOOSE_LETTERS:
            yield from self._beginning(word.surface[:LOOSE_LETTERS])

    def _prefix(self, prefix: Prefix) -> Iterator[LocatedTerm | Term]:
        yield from self._beginning(prefix.text)
        yield from self._with_stems(prefix.stems)

    def _with_stems(self, stems: Iterable[str]) -> Iterator[LocatedTerm | Term]:
        for stem in stems:
            yield from self._by_stem.get(stem, ())

    def _beginning(self, text: str) -> Iterator[LocatedTerm | Term]:
        for i in range(bisect_left(self._surfaces, text), len(self._surfaces)):
            if not self._surfaces[i].startswith(text):
                break
            yield from self._by_surface[self._surfaces[i]]

    def _phrase(self, phrase: Phrase) -> Iterator[tuple[int, int]]:
        """The stretch from the first word to the last, wherever all stand in their places."""
        at = {
            word: {term.position: term for term in self._word(word)}
            for word in dict.fromkeys(phrase.words)
        }
        starts = list(at[phrase.words[0]])
        for word, gap in zip(phrase.words, phrase.gaps, strict=True):
            places = at[word]
            starts = [start for start in starts if start + gap in places]
        first, last = at[phrase.words[0]], at[phrase.words[-1]]
        for start in starts:
            yield first[start].start, last[start + phrase.gaps[-1]].end
