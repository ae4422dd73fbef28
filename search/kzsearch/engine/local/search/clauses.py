"""Clauses of a query: which documents a word, phrase, prefix, keyword or date matches.

A clause gives the documents it matches and the *scored terms* to rank them by: each is a kind of
term of the clause, with its postings and document frequency, scored as a term of its own. Only
what matches is read at once; the other kinds when scores are wanted.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from kzsearch.engine.local.search.phrases import phrase_postings
from kzsearch.engine.local.search.postings import (
    EMPTY,
    Docs,
    in_field,
    lead_of,
    member,
    most_frequent,
    select,
    summed,
    united,
)
from kzsearch.engine.local.search.snapshot import Snapshot
from kzsearch.engine.local.segment_api import Postings
from kzsearch.engine.nodes import (
    DateRange,
    Everything,
    Keyword,
    Nothing,
    Phrase,
    Prefix,
    Word,
)
from kzsearch.engine.schema import (
    PREFIX_LETTERS,
    TermKind,
    TextField,
    fold_keyword,
    long_prefix_of,
    prefix_of,
)

__all__ = ["Clause", "ClauseNode", "ScoredTerm", "make_clause", "posting_count"]

ClauseNode = Word | Phrase | Prefix | Keyword | DateRange | Everything | Nothing
Term = tuple[TermKind, str]

RELATED_POSTINGS = 500
"""Of the related words of a clause: common ones say little, and cost most (docs/relevance.md)."""


class ScoredTerm(NamedTuple):
    """One kind of terms by which a clause is found, scored as a term of its own.

    kind: attribute of ``Ranking`` that weighs it: stem, lead, exact, prefix, long_prefix,
        related or phrase.
    what: the matched text, for explanations.
    postings: where it is; of ``lead``, ``body`` counts the first words only.
    doc_freq: how many live articles hold it.
    match: the kind it is explained as; of most their own.
    names: for each posting the word that counted in title and in body, where these differ.
    word: the word of the query it belongs to.
    """

    kind: str
    what: str
    postings: Postings
    doc_freq: int
    names: tuple[Sequence[str], Sequence[str]] | None = None
    match: str = ""
    word: str = ""


class Clause:
    """A clause that scores nothing: a keyword, a date, everything, nothing."""

    def __init__(self, sets: Sequence[Docs], documents: int = 0) -> None:
        self.sets = sets
        """Sets of documents; it matches those of any. ``documents``: how many there are in all."""
        self._documents = documents
        self._docs: Docs | None = None

    @property
    def docs(self) -> Docs:
        """The documents it matches."""
        if self._docs is None:
            self._docs = united(self.sets, self._documents)
        return self._docs

    def terms(self, kinds: Container[str]) -> Sequence[ScoredTerm]:
        """What to score it by, of some kinds; it may be in more documents than match."""
        return ()


def make_clause(node: ClauseNode, snapshot: Snapshot) -> Clause:
    """Look a clause up. Raises IndexDamagedError."""
    match node:
        case Word():
            return _WordClause(node, snapshot)
        case Phrase():
            return _PhraseClause(node, snapshot)
        case Prefix():
            return _PrefixClause(node, snapshot)
        case Keyword():
            return Clause([_keyword(node, snapshot)])
        case DateRange():
            return Clause([_date_range(node, snapshot)])
        case Everything():
            return Clause([snapshot.everything])
        case Nothing():
            return Clause([])


def posting_count(node: ClauseNode, snapshot: Snapshot) -> int:
    """How many postings looking a clause up reads; keywords and dates count nothing."""
    match node:
        case Word():
            return _counted(_terms_of(node), snapshot)
        case Phrase(words):
            return sum(_counted(_terms_of(word), snapshot) for word in dict.fromkeys(words))
        case Prefix():
            return sum(snapshot.terms(_kind_of(node), node.text).values())
        case _:
            return 0


def _terms_of(word: Word) -> Iterator[Term]:
    """All terms by which a word is looked up."""
    yield from ((TermKind.STEM, stem) for stem in word.stems)
    yield TermKind.EXACT, word.surface
    yield TermKind.PREFIX, prefix_of(word.surface)
    if letters := long_prefix_of(word.surface):
        yield TermKind.LONG_PREFIX, letters


def _counted(terms: Iterable[Term], snapshot: Snapshot) -> int:
    return sum(snapshot.doc_freq(kind, term) for kind, term in terms)


class _WordClause(Clause):
    def __init__(self, word: Word, snapshot: Snapshot) -> None:
        self._word = word
        self._snapshot = snapshot
        self._stem = self._found("stem", "/".join(word.stems), TermKind.STEM, word.stems)
        self._exact = self._found("exact", word.surface, TermKind.EXACT, (word.surface,))
        if word.forms:
            self._stem = self._of_forms(self._stem)
        found = [self._stem.postings.docs]
        if not snapshot.is_covered(word.surface, word.stems):
            found.append(self._exact.postings.docs)
        if word.loose:
            found.append(self._prefix().postings.docs)
        super().__init__(found, snapshot.documents)

    def _found(self, kind: str, what: str, of: TermKind, terms: Sequence[str]) -> ScoredTerm:
        if len(terms) == 1:
            postings = self._snapshot.postings(of, terms[0])
        else:
            lists = [self._snapshot.postings(of, term) for term in dict.fromkeys(terms)]
            postings = most_frequent(lists)
        if self._word.field:
            postings = in_field(postings, self._word.field)
        return ScoredTerm(kind, what, postings, len(postings), word=self._word.surface)

    def _of_forms(self, term: ScoredTerm) -> ScoredTerm:
        """A term in the documents only that hold one of the word's forms."""
        lists = [self._snapshot.postings(TermKind.EXACT, form) for form in self._word.forms]
        docs = united([postings.docs for postings in lists], self._snapshot.documents)
        postings = select(term.postings, member(term.postings.docs, docs))
        return term._replace(postings=postings, doc_freq=len(postings))

    def _prefix(self) -> ScoredTerm:
        """A word by its first five letters."""
        letters = prefix_of(self._word.surface)
        return self._found("prefix", letters, TermKind.PREFIX, (letters,))

    def _beginning(self, kind: str) -> ScoredTerm:
        """A word by its first letters, scored as a kind; a shorter one by its stem.

        All of a short word is one form of it, and to rank that above the others has no reason.
        Of a word that has forms the first letters begin other words, too, which do not count.
        """
        word = self._word
        if len(word.surface) < PREFIX_LETTERS and word.stems:
            return self._stem._replace(kind=kind, match="stem")
        letters = long_prefix_of(word.surface) if kind == "long_prefix" else None
        if letters is None:
            found = self._prefix()._replace(kind=kind)
        else:
            found = self._found(kind, letters, TermKind.LONG_PREFIX, (letters,))
        return self._of_forms(found) if word.forms else found

    def terms(self, kinds: Container[str]) -> Sequence[ScoredTerm]:
        """See ``Clause.terms``."""
        word = self._word
        terms = [self._stem, self._exact]
        terms += [self._beginning(kind) for kind in ("prefix", "long_prefix") if kind in kinds]
        if "lead" in kinds and word.field is not TextField.TITLE:
            terms.append(self._lead())
        if "related" in kinds and word.related:
            terms.append(_related(word, self._snapshot))
        return terms

    def _lead(self) -> ScoredTerm:
        """The stem in the title or among the first words of the body."""
        stem, stems = self._stem, self._word.stems
        if len(stems) == 1 and not self._word.field and not self._word.forms:
            postings = self._snapshot.lead_postings(stems[0])
        else:
            postings = lead_of(stem.postings)
        return stem._replace(kind="lead", postings=postings)


def _related(word: Word, snapshot: Snapshot) -> ScoredTerm:
    """Words of like meaning as one term: of one article the word that says most counts."""
    stems: list[str] = []
    lists: list[tuple[Postings, float]] = []
    room = RELATED_POSTINGS
    for stem, likeness in word.related:
        cost = snapshot.doc_freq(TermKind.STEM, stem)
        if cost > room:
            continue
        room -= cost
        stems.append(stem)
        lists.append((in_field(snapshot.postings(TermKind.STEM, stem), word.field), likeness))
    docs = united([postings.docs for postings, _ in lists], snapshot.documents)
    best = np.zeros((2, len(docs)), np.float32)
    names = np.zeros((2, len(docs)), np.intp)
    for number, (postings, likeness) in enumerate(lists):
        places = docs.searchsorted(postings.docs)
        for row, counts in enumerate((postings.title, postings.body)):
            values = counts * np.float32(likeness)
            better = values > best[row, places]
            best[row, places[better]] = values[better]
            names[row, places[better]] = number
    named = tuple([stems[number] for number in row] for row in names.tolist())
    return ScoredTerm(
        "related",
        word.surface,
        Postings(docs, best[0], best[1]),
        len(docs),
        (named[0], named[1]),
        word=word.surface,
    )


def _kind_of(prefix: Prefix) -> TermKind:
    return TermKind.PREFIX if len(prefix.text) <= PREFIX_LETTERS else TermKind.EXACT


class _PrefixClause(Clause):
    """Words that begin alike, counted together as one word.

    A word begins with up to five given letters exactly when its first five letters do, and
    there are far fewer of those; so a short prefix costs no more than a long one.
    """

    def __init__(self, prefix: Prefix, snapshot: Snapshot) -> None:
        kind = _kind_of(prefix)
        lists = [snapshot.postings(kind, term) for term in snapshot.terms(kind, prefix.text)]
        begun = in_field(summed(lists), prefix.field)
        stems = [snapshot.postings(TermKind.STEM, stem) for stem in dict.fromkeys(prefix.stems)]
        stem = in_field(most_frequent(stems), prefix.field)
        begins = prefix.text + "*"
        self._terms = (
            ScoredTerm("exact", begins, begun, len(begun), word=begins),
            ScoredTerm("stem", "/".join(prefix.stems), stem, len(stem), word=begins),
        )
        super().__init__([begun.docs, stem.docs], snapshot.documents)

    def terms(self, kinds: Container[str]) -> Sequence[ScoredTerm]:
        """See ``Clause.terms``."""
        return self._terms


class _PhraseClause(Clause):
    def __init__(self, phrase: Phrase, snapshot: Snapshot) -> None:
        postings = phrase_postings(phrase, snapshot)
        what = " ".join(word.surface for word in phrase.words)
        self._terms = (ScoredTerm("phrase", what, postings, len(postings), word=what),)
        super().__init__([postings.docs])

    def terms(self, kinds: Container[str]) -> Sequence[ScoredTerm]:
        """See ``Clause.terms``."""
        return self._terms


def _keyword(keyword: Keyword, snapshot: Snapshot) -> Docs:
    """Articles with a value; one that has none matches no keyword."""
    facet = snapshot.facets[keyword.field]
    wanted = fold_keyword(keyword.value)

    def matches(value: str) -> bool:
        folded = fold_keyword(value)
        return folded.startswith(wanted) if keyword.prefix else folded == wanted

    numbers = [number for number, parts in enumerate(facet.parts) if any(map(matches, parts))]
    if not numbers:
        return EMPTY.docs
    one, *others = numbers
    mask = np.isin(facet.ordinals, numbers) if others else facet.ordinals == one
    return np.flatnonzero(mask & snapshot.live)


def _date_range(dates: DateRange, snapshot: Snapshot) -> Docs:
    """Dated articles of the days; with both sides open, all articles, dated or not."""
    if dates.start is None and dates.end is None:
        return snapshot.everything
    days = snapshot.days
    mask = snapshot.live & (days >= (dates.start.toordinal() if dates.start else 1))
    if dates.end:
        mask &= days < dates.end.toordinal()
    return np.flatnonzero(mask)
