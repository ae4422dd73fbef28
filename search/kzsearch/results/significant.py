"""Words and names that mark a result set: its best hits have them far more often than others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from kzsearch.dates import classes_of
from kzsearch.engine.interface import SignificantTerm, SignificantTerms
from kzsearch.engine.nodes import All, Any, Node, Phrase, Prefix, Word
from kzsearch.morphology import Analyzer
from kzsearch.query import stop_words
from kzsearch.results.answers import TermAnswer, TermsAnswer
from kzsearch.results.names import Name, names_in

__all__ = ["SAMPLE", "SPARE_TERMS", "MarkingTerm", "MarkingTerms", "is_telling", "marking_terms"]

SAMPLE = 100
"""Hits that are looked at: more take longer and change little."""

SPARE_TERMS = 30
"""Words that are asked for beyond those wanted: some are of the query, some are parts of names."""

_NAMES = 20
"""Names that are counted in all articles."""

_LEAST_HITS, _LEAST_SHARE = 2, 0.05
"""Hits that must have a name, and the share of them."""


@dataclass(frozen=True, slots=True)
class MarkingTerm:
    """A word or name that marks a result set.

    text: a word in its commonest form, in small letters; a name as it is written.
    hits: how many of the hits looked at have it; articles: how many of all.
    """

    text: str
    hits: int
    articles: int


@dataclass(frozen=True, slots=True)
class MarkingTerms:
    """What marks a result set, most telling first.

    total: how many hits there are; looked_at: how many of them were looked at, the best ones.
    articles: how many articles there are in all.
    """

    query: str
    total: int
    looked_at: int
    articles: int
    names: tuple[MarkingTerm, ...]
    words: tuple[MarkingTerm, ...]
    generation: str

    def to_json(self) -> TermsAnswer:
        """The JSON object that the command line and the web API print."""
        return {
            "query": self.query,
            "total": self.total,
            "looked_at": self.looked_at,
            "articles": self.articles,
            "names": [_answer(term) for term in self.names],
            "words": [_answer(term) for term in self.words],
            "generation": self.generation,
        }


def is_telling(surface: str) -> bool:
    """Whether a word in small letters says something by itself.

    No number, sign or stop word does, nor a word of dates: those lie in time in any case.
    """
    if len(surface) <= 2 or not surface[0].isalpha():
        return False
    return surface not in stop_words() and not classes_of(surface)


def marking_terms(
    query: str,
    asked: Node,
    found: SignificantTerms,
    limit: int,
    analyzer: Analyzer,
    count: Callable[[Node], int],
) -> MarkingTerms:
    """Names and words of what an engine found, ``limit`` of each.

    asked: the query, whose own words are left out. count: how many articles answer a query.
    """
    own = set(_stems(asked))

    def stem_of(word: str) -> str:
        terms = analyzer.analyze(word)
        # Of «Ахметов» another word could be the stem: «ахмет».
        return max(terms[0].stems, key=len) if terms else word.casefold()

    looked_at = len(found.articles)
    least = max(_LEAST_HITS, round(_LEAST_SHARE * looked_at))
    names = []
    parts: set[str] = set()
    for name in islice(names_in(found.articles, stem_of, least), _NAMES):
        articles = max(count(_phrase(name, analyzer)), name.articles)
        if name.articles * found.everything > 2 * articles * looked_at:
            names.append((name, articles))
            parts.update(name.words)
    names.sort(key=lambda each: (-_lift(*each), each[0].text))
    words = [
        MarkingTerm(term.surface, term.hits, term.articles)
        for term in found.terms
        if term.stem not in own and not _is_part(term, parts)
    ]
    return MarkingTerms(
        query,
        found.total,
        looked_at,
        found.everything,
        tuple(MarkingTerm(name.text, name.articles, all_) for name, all_ in names[:limit]),
        tuple(words[:limit]),
        found.generation,
    )


def _lift(name: Name, articles: int) -> float:
    """Hits that have a name, less for one that many other articles have (JLH without its share)."""
    return name.articles * name.articles / articles


def _phrase(name: Name, analyzer: Analyzer) -> Phrase:
    """The words of a name side by side, in any form."""
    terms = [analyzer.analyze(word)[0] for word in name.text.split()]
    words = tuple(Word(term.surface, term.stems) for term in terms)
    return Phrase(words, tuple(range(len(words))))


def _is_part(term: SignificantTerm, parts: set[str]) -> bool:
    """Whether a word is a part of a name that is kept whole: «жомарт» of «Қасым-Жомарт Тоқаев»."""
    forms = {term.stem, term.surface}
    return any(not forms.isdisjoint([each, *each.split("-")]) for each in parts)


def _stems(node: Node) -> Iterator[str]:
    match node:
        case Word():
            yield from node.stems
        case Phrase():
            for word in node.words:
                yield from word.stems
        case Prefix():
            yield from node.stems
        case All() | Any():
            for part in node.parts:
                yield from _stems(part)


def _answer(term: MarkingTerm) -> TermAnswer:
    return {"text": term.text, "hits": term.hits, "articles": term.articles}
