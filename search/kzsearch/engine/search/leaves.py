"""Leaves of a query: which articles a word, phrase, prefix, keyword or date matches.

A leaf gives the set of articles it matches and the evidence to score them by:
each reading (``Reading``) is like a term of its own, with a frequency per
article in title and body.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass

from kzsearch.engine.analysis import fold_keyword, start_of
from kzsearch.engine.codec import EXACT_FIELDS, START_FIELDS, START_LETTERS, STEM_FIELDS, Field
from kzsearch.engine.nodes import (
    DateRange,
    Everything,
    Keyword,
    Nothing,
    Phrase,
    Prefix,
    TextField,
    Word,
)
from kzsearch.engine.search.snapshot import Snapshot

__all__ = ["Evidence", "Leaf", "Reading", "evaluate_leaf"]

Leaf = Word | Phrase | Prefix | Keyword | DateRange | Everything | Nothing
Frequencies = dict[int, float]


@dataclass(frozen=True, slots=True)
class Reading:
    """One way in which a leaf was found, scored as a term of its own.

    kind: attribute of ``Ranking`` that weighs it: stem, exact, start or phrase.
    what: the matched text, for explanations.
    fields: frequency per article in each field searched.
    """

    kind: str
    what: str
    fields: dict[Field, Frequencies]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Articles a leaf matches, and the readings to score by (they may cover more articles)."""

    matches: Set[int]
    readings: tuple[Reading, ...] = ()


def evaluate_leaf(leaf: Leaf, snapshot: Snapshot) -> Evidence:
    """Look a leaf up. Raises IndexDamagedError."""
    match leaf:
        case Word():
            return _word(leaf, snapshot)
        case Phrase():
            return _phrase(leaf, snapshot)
        case Prefix():
            return _prefix(leaf, snapshot)
        case Keyword():
            return Evidence(_keyword(leaf, snapshot))
        case DateRange():
            return Evidence(_date_range(leaf, snapshot))
        case Everything():
            return Evidence(snapshot.everything)
        case Nothing():
            return Evidence(frozenset())


def _chosen(fields: tuple[Field, Field], field: TextField | None) -> tuple[Field, ...]:
    if field is None:
        return fields
    return fields[:1] if field is TextField.TITLE else fields[1:]


def _reading(
    snapshot: Snapshot, kind: str, what: str, fields: Iterable[Field], terms: Iterable[str]
) -> Reading:
    """A reading found by any of some terms; of one article the most frequent term counts."""
    terms = tuple(terms)
    found = {}
    for field in fields:
        frequencies = snapshot.frequencies(field, terms[0]) if terms else {}
        for term in terms[1:]:
            for number, frequency in snapshot.frequencies(field, term).items():
                if frequency > frequencies.get(number, 0.0):
                    frequencies[number] = frequency
        found[field] = frequencies
    return Reading(kind, what, found)


def _articles(*readings: Reading) -> Set[int]:
    return set().union(*(found for reading in readings for found in reading.fields.values()))


def _word(word: Word, snapshot: Snapshot) -> Evidence:
    stem = _reading(
        snapshot, "stem", "/".join(word.stems), _chosen(STEM_FIELDS, word.field), word.stems
    )
    exact = _reading(
        snapshot, "exact", word.surface, _chosen(EXACT_FIELDS, word.field), [word.surface]
    )
    letters = start_of(word.surface)
    start = _reading(snapshot, "start", letters, _chosen(START_FIELDS, word.field), [letters])
    matches = _articles(stem, exact, start) if word.loose else _articles(stem, exact)
    return Evidence(matches, (stem, exact, start))


def _prefix(prefix: Prefix, snapshot: Snapshot) -> Evidence:
    """Words with a common beginning, counted together as one word.

    A word begins with up to five given letters exactly when its first five letters do, and
    there are far fewer of those; so a short prefix costs no more than a long one.
    """
    short = len(prefix.text) <= START_LETTERS
    fields = _chosen(START_FIELDS if short else EXACT_FIELDS, prefix.field)
    found = {}
    for field in fields:
        frequencies: Frequencies = {}
        for term in snapshot.terms([field], prefix.text):
            for number, frequency in snapshot.frequencies(field, term).items():
                frequencies[number] = frequencies.get(number, 0.0) + frequency
        found[field] = frequencies
    begun = Reading("exact", prefix.text + "*", found)
    stem = _reading(
        snapshot, "stem", "/".join(prefix.stems), _chosen(STEM_FIELDS, prefix.field), prefix.stems
    )
    return Evidence(_articles(begun, stem), (begun, stem))


def _phrase(phrase: Phrase, snapshot: Snapshot) -> Evidence:
    """Articles with the words of a phrase in their places.

    Positions are looked up only in the articles that hold every word, which are few.
    """
    if not phrase.words:
        return Evidence(frozenset())
    what = " ".join(word.surface for word in phrase.words)
    words = dict.fromkeys(phrase.words)
    found = {}
    for stem_field, exact_field in zip(
        _chosen(STEM_FIELDS, phrase.field), _chosen(EXACT_FIELDS, phrase.field), strict=True
    ):
        terms = {
            word: [*((stem_field, stem) for stem in word.stems), (exact_field, word.surface)]
            for word in words
        }
        holders = set.intersection(
            *(
                set().union(*(snapshot.frequencies(field, term) for field, term in terms[word]))
                for word in words
            )
        )
        places = {word: _places(terms[word], holders, snapshot) for word in words}
        found[stem_field] = _together([places[word] for word in phrase.words], phrase.gaps, holders)
    reading = Reading("phrase", what, found)
    return Evidence(_articles(reading), (reading,))


def _places(
    terms: Iterable[tuple[Field, str]], among: Set[int], snapshot: Snapshot
) -> dict[int, set[int]]:
    """Positions of any of some terms in each of some articles."""
    found: dict[int, set[int]] = {number: set() for number in among}
    for field, term in terms:
        for number, positions in snapshot.positions(field, term, among):
            found[number].update(positions)
    return found


def _together(
    rows: Sequence[dict[int, set[int]]], gaps: Sequence[int], among: Iterable[int]
) -> Frequencies:
    """How often the words of a phrase stand together in each article."""
    counts: Frequencies = {}
    for number in among:
        begins = set.intersection(
            *(
                {position - gap for position in row[number]}
                for row, gap in zip(rows, gaps, strict=True)
            )
        )
        if begins:
            counts[number] = float(len(begins))
    return counts


def _keyword(keyword: Keyword, snapshot: Snapshot) -> Set[int]:
    """Articles with a value; one that has none matches no keyword."""
    field = Field(keyword.field.value)
    value = fold_keyword(keyword.value)
    values: Iterable[str] = snapshot.terms([field], value) if keyword.prefix else [value]
    return set().union(*(snapshot.frequencies(field, value) for value in values))


def _date_range(dates: DateRange, snapshot: Snapshot) -> Set[int]:
    """Dated articles of the days; with both sides open, all articles, dated or not."""
    if dates.start is None and dates.end is None:
        return snapshot.everything
    days, numbers = snapshot.numbers_by_day
    first = bisect.bisect_left(days, dates.start.toordinal()) if dates.start else 0
    end = bisect.bisect_left(days, dates.end.toordinal()) if dates.end else len(days)
    return set(numbers[first:end])
