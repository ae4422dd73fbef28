"""Nodes of single tokens: words, phrases, prefixes.

A slot asks for the joined form of a compound or for all its parts; in a phrase both spellings,
with a hyphen and with a space, are tried, since newspapers use both for the same name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from kzsearch.engine.nodes import All, Any, Everything, Node, Not, Phrase, Prefix, TextField, Word
from kzsearch.morphology import Analyzer, Term
from kzsearch.query.associations import Related
from kzsearch.query.tokens import Slot, divide, slots
from kzsearch.text import TokenKind

__all__ = ["WordBuilder", "all_of", "any_of", "weighted"]

MIN_STEM = 4
MIN_ENDINGS = 3
"""Letters of stem and of endings from which on the beginning of a word is stemmed."""

MAX_JOINED = 6
"""Phrases of more words are not tried with each pair of words hyphenated."""


def all_of(parts: Iterable[Node]) -> Node:
    """A node that asks for every part; repeated parts count once."""
    unique = tuple(dict.fromkeys(parts))
    if all(isinstance(part, Not) for part in unique):
        return All((Everything(), *unique))
    return unique[0] if len(unique) == 1 else All(unique)


def any_of(parts: Iterable[Node]) -> Node:
    """A node that asks for one of the parts; repeated parts count once."""
    unique = tuple(dict.fromkeys(all_of([part]) for part in parts))
    return unique[0] if len(unique) == 1 else Any(unique)


class WordBuilder:
    """Makes nodes of the terms of a query."""

    def __init__(
        self, analyzer: Analyzer, related: Callable[[Term], Related] = lambda _term: ()
    ) -> None:
        """``analyzer`` joins words of a phrase by a hyphen; ``related``: see ``Word.related``."""
        self._analyzer = analyzer
        self._related = related

    def word(self, slot: Slot, field: TextField | None = None, forms: tuple[str, ...] = ()) -> Node:
        """One word, or a compound in either spelling; ``forms``: see ``Word.forms``."""
        whole, parts = divide(slot)
        words = (self._word(term, field) for term in whole)
        ways: list[Node] = [replace(word, forms=forms) if forms else word for word in words]
        if parts:
            ways.append(all_of(self._word(term, field) for term in parts))
        return any_of(ways)

    def _word(self, term: Term, field: TextField | None) -> Word:
        return Word(term.surface, term.stems, field, related=self._related(term))

    def phrase(self, row: Sequence[Slot], field: TextField | None = None) -> Node:
        """Words next to each other in this order, compounds in either spelling."""
        as_typed = [slot[0] for slot in row]
        apart = [term for slot in row for term in (divide(slot)[1] or slot[:1])]
        spellings = [as_typed, apart]
        if len(apart) <= MAX_JOINED:
            spellings += self._hyphenated(apart)
        return any_of(_phrase(terms, field) for terms in spellings)

    def as_written(self, row: Sequence[Slot], field: TextField | None = None) -> Node:
        """Words next to each other in this order, in these forms only."""
        words = [Word(slot[0].surface, (), field) for slot in row]
        return words[0] if len(words) == 1 else _phrase_of(words, field)

    def prefix(self, slot: Slot, field: TextField | None = None, also: Iterable[str] = ()) -> Node:
        """Words that begin as typed or as ``also``, and other forms of the word typed."""
        first = Prefix(slot[0].surface, self._stems_of_beginning(slot[0].surface), field)
        return any_of([first, *(Prefix(beginning, (), field) for beginning in also)])

    def prefix_as_written(self, slot: Slot, field: TextField | None = None) -> Node:
        """Words that begin as typed."""
        return Prefix(slot[0].surface, (), field)

    def _hyphenated(self, terms: Sequence[Term]) -> Iterator[list[Term]]:
        """The terms with one pair of neighbours after the other made a compound."""
        for i, pair in enumerate(pairwise(terms)):
            if joined := self._joined(*pair):
                yield [*terms[:i], joined, *terms[i + 2 :]]

    def _joined(self, left: Term, right: Term) -> Term | None:
        """The compound of two neighbours, if the analyzer takes it for one."""
        found = slots(self._analyzer.analyze(f"{left.surface}-{right.surface}", query=True))
        one_compound = len(found) == 1 and found[0][0].kind is TokenKind.COMPOUND
        return found[0][0] if one_compound else None

    def _stems_of_beginning(self, typed: str) -> tuple[str, ...]:
        """Stems of the word that is typed so far.

        ``кітап`` is a word itself (``кітабы`` begins otherwise), ``мектептер`` has endings,
        and the last of them may be begun only (``мектептерд``). Most beginnings are no word,
        though, and their stems mislead (``сена``, ``парла``): endings count from a length
        on at which 87 % of 391 beginnings of words from headlines gave the right stem.
        """
        found: dict[str, None] = {}
        for text in (typed, typed[:-1]):
            for term in self._analyzer.analyze(text, query=True)[:1]:
                for stem in term.stems:
                    has_endings = len(stem) >= MIN_STEM and len(text) - len(stem) >= MIN_ENDINGS
                    if stem == typed or has_endings:
                        found[stem] = None
        return tuple(found)


def weighted(node: Node, weight: float) -> Node:
    """The node with its words and phrases counting for ``weight`` as much."""
    match node:
        case Word() | Phrase():
            return replace(node, weight=node.weight * weight)
        case All(parts):
            return All(tuple(weighted(part, weight) for part in parts))
        case Any(parts):
            return Any(tuple(weighted(part, weight) for part in parts))
        case _:
            return node


def _phrase(terms: Sequence[Term], field: TextField | None) -> Node:
    words = [Word(term.surface, term.stems, field) for term in terms]
    return words[0] if len(words) == 1 else _phrase_of(words, field)


def _phrase_of(words: Sequence[Word], field: TextField | None) -> Phrase:
    return Phrase(tuple(words), tuple(range(len(words))), field)
