"""Leaves of a query: which articles a word, phrase, prefix, keyword or date matches.

A leaf gives the set of articles it matches and the evidence to score them by:
each reading (``Reading``) is like a term of its own, with a frequency per
article in title and body.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from kzsearch.engine.document import fold_keyword, long_start_of, start_of
from kzsearch.engine.local.search.snapshot import Snapshot
from kzsearch.engine.local.segment_api import (
    EXACT_FIELDS,
    LONG_START_FIELDS,
    START_FIELDS,
    START_LETTERS,
    STEM_FIELDS,
    Field,
)
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

__all__ = ["Evidence", "Leaf", "Reading", "evaluate_leaf", "postings_of"]

Leaf = Word | Phrase | Prefix | Keyword | DateRange | Everything | Nothing
Frequencies = dict[int, float]
Term = tuple[Field, str]

RELATED_POSTINGS = 500
"""Of the relatives of a word: common ones say little, and cost most (docs/relevance.md)."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way in which a leaf was found, scored as a term of its own.

    kind: attribute of ``Ranking`` that weighs it: stem, lead, exact, start, long_start,
        related or phrase.
    what: the matched text, for explanations.
    fields: frequency per article in each field searched.
    holders: how many articles hold it, from which follows how much it says.
    words: the word that counted in an article of a field, where it is not ``what``.
    """

    kind: str
    what: str
    fields: dict[Field, Frequencies]
    holders: int
    words: Mapping[Field, Mapping[int, str]] | None = None


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


def postings_of(leaf: Leaf, snapshot: Snapshot) -> int:
    """How many postings looking a leaf up reads; keywords and dates count nothing."""
    match leaf:
        case Word():
            return _postings(_terms_of(leaf), snapshot)
        case Phrase(words):
            return sum(_postings(_terms_of(word), snapshot) for word in dict.fromkeys(words))
        case Prefix():
            fields = _chosen(_fields_of_beginning(leaf), leaf.field)
            return sum(snapshot.terms(fields, leaf.text).values())
        case _:
            return 0


def _terms_of(word: Word) -> Iterator[Term]:
    """All terms by which a word is looked up."""
    for field in _chosen(STEM_FIELDS, word.field):
        yield from ((field, stem) for stem in word.stems)
    yield from ((field, word.surface) for field in _chosen(EXACT_FIELDS, word.field))
    yield from ((field, start_of(word.surface)) for field in _chosen(START_FIELDS, word.field))
    if letters := long_start_of(word.surface):
        yield from ((field, letters) for field in _chosen(LONG_START_FIELDS, word.field))
    if word.field is not TextField.TITLE:
        yield from ((Field.LEAD, stem) for stem in word.stems)


def _chosen(fields: tuple[Field, Field], field: TextField | None) -> tuple[Field, ...]:
    if field is None:
        return fields
    return fields[:1] if field is TextField.TITLE else fields[1:]


def _reading(
    snapshot: Snapshot, kind: str, what: str, fields: Iterable[Field], terms: Iterable[str]
) -> Reading:
    """A reading found by any of some terms; of one article the most frequent term counts."""
    terms = tuple(terms)
    found = {field: _most_frequent(snapshot, field, terms) for field in fields}
    return _counted(kind, what, found)


def _most_frequent(snapshot: Snapshot, field: Field, terms: Sequence[str]) -> Frequencies:
    frequencies = snapshot.frequencies(field, terms[0]) if terms else {}
    for term in terms[1:]:
        for number, frequency in snapshot.frequencies(field, term).items():
            if frequency > frequencies.get(number, 0.0):
                frequencies[number] = frequency
    return frequencies


def _counted(kind: str, what: str, fields: dict[Field, Frequencies]) -> Reading:
    return Reading(kind, what, fields, len(set().union(*fields.values())))


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
    readings = [stem, exact, start, _long_start(word, exact, snapshot)]
    if word.field is not TextField.TITLE:
        early = {Field.LEAD: _most_frequent(snapshot, Field.LEAD, word.stems)}
        if Field.TITLE in stem.fields:
            early[Field.TITLE] = stem.fields[Field.TITLE]
        readings.append(Reading("lead", stem.what, early, stem.holders))
    if word.related:
        readings.append(_related(word, snapshot))
    return Evidence(matches, tuple(readings))


def _long_start(word: Word, exact: Reading, snapshot: Snapshot) -> Reading:
    """A word by its first six letters; a shorter one as typed, which is the same."""
    letters = long_start_of(word.surface)
    if letters is None:
        return replace(exact, kind="long_start")
    fields = _chosen(LONG_START_FIELDS, word.field)
    return _reading(snapshot, "long_start", letters, fields, [letters])


def _related(word: Word, snapshot: Snapshot) -> Reading:
    """Words of like meaning as one term: of one article the word that says most counts."""
    fields = _chosen(STEM_FIELDS, word.field)
    found: dict[Field, Frequencies] = {field: {} for field in fields}
    words: dict[Field, dict[int, str]] = {field: {} for field in fields}
    room = RELATED_POSTINGS
    for stem, likeness in word.related:
        cost = _postings(((field, stem) for field in fields), snapshot)
        if cost > room:
            continue
        room -= cost
        for field in fields:
            for number, frequency in snapshot.frequencies(field, stem).items():
                if likeness * frequency > found[field].get(number, 0.0):
                    found[field][number] = likeness * frequency
                    words[field][number] = stem
    holders = len(set().union(*found.values()))
    return Reading("related", word.surface, found, holders, words)


def _fields_of_beginning(prefix: Prefix) -> tuple[Field, Field]:
    return START_FIELDS if len(prefix.text) <= START_LETTERS else EXACT_FIELDS


def _prefix(prefix: Prefix, snapshot: Snapshot) -> Evidence:
    """Words with a common beginning, counted together as one word.

    A word begins with up to five given letters exactly when its first five letters do, and
    there are far fewer of those; so a short prefix costs no more than a long one.
    """
    found = {}
    for field in _chosen(_fields_of_beginning(prefix), prefix.field):
        frequencies: Frequencies = {}
        for term in snapshot.terms([field], prefix.text):
            for number, frequency in snapshot.frequencies(field, term).items():
                frequencies[number] = frequencies.get(number, 0.0) + frequency
        found[field] = frequencies
    begun = _counted("exact", prefix.text + "*", found)
    stem = _reading(
        snapshot, "stem", "/".join(prefix.stems), _chosen(STEM_FIELDS, prefix.field), prefix.stems
    )
    return Evidence(_articles(begun, stem), (begun, stem))


def _phrase(phrase: Phrase, snapshot: Snapshot) -> Evidence:
    """Articles with the words of a phrase in their places.

    Positions are looked up only in the articles that hold every word, which are few.
    """
    what = " ".join(word.surface for word in phrase.words)
    found = {}
    for stem_field, exact_field in zip(
        _chosen(STEM_FIELDS, phrase.field), _chosen(EXACT_FIELDS, phrase.field), strict=True
    ):
        terms = {
            word: [*((stem_field, stem) for stem in word.stems), (exact_field, word.surface)]
            for word in phrase.words
        }
        holders = _holders_of_all(terms.values(), snapshot)
        places = {word: _places(terms[word], holders, snapshot) for word in terms}
        rows = [places[word] for word in phrase.words]
        found[stem_field] = {
            number: float(len(begins))
            for number in holders
            if (begins := _together([row[number] for row in rows], phrase.gaps))
        }
    reading = _counted("phrase", what, found)
    return Evidence(_articles(reading), (reading,))


def _holders_of_all(words: Iterable[Sequence[Term]], snapshot: Snapshot) -> Set[int]:
    """Articles that hold a term of every word, the rarest words looked up first."""
    holders: Set[int] | None = None
    for terms in sorted(words, key=lambda terms: _postings(terms, snapshot)):
        found = set().union(*(snapshot.frequencies(field, term) for field, term in terms))
        holders = found if holders is None else holders & found
        if not holders:
            break
    return holders or frozenset()


def _postings(terms: Iterable[Term], snapshot: Snapshot) -> int:
    return sum(snapshot.postings(field, term) for field, term in terms)


def _places(terms: Iterable[Term], among: Set[int], snapshot: Snapshot) -> dict[int, set[int]]:
    """Positions of any of some terms in each of some articles."""
    found: dict[int, set[int]] = {number: set() for number in among}
    for field, term in terms if among else ():
        for number, positions in snapshot.positions(field, term, among):
            found[number].update(positions)
    return found


def _together(rows: Sequence[set[int]], gaps: Sequence[int]) -> set[int]:
    """Where in one article a phrase begins, given the positions of each of its words."""
    begins = {position - gaps[0] for position in rows[0]}
    for row, gap in zip(rows, gaps, strict=True):
        begins = {begin for begin in begins if begin + gap in row}
        if not begins:
            break
    return begins


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
