"""Compounds, searched joined and parted: «теміржол» is «темір жол», and back.

Newspapers write a compound in both ways, and people type two words as one. The words of the index
decide: two words are joined if it has the joined word, and a word it does not have is parted into
two that it has. Compounds that it may well have in both spellings stand in ``compounds.tsv``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from kzsearch.engine.nodes import Node, TextField, Word
from kzsearch.engine.vocabulary import Vocabulary
from kzsearch.morphology import Analyzer, Term, is_known_word
from kzsearch.query.expansion.expansion import SAME_MEANING, Expansion
from kzsearch.query.expansion.run import Run
from kzsearch.query.notes import NoteKind
from kzsearch.query.tables import stop_words
from kzsearch.query.tokens import Alternative, Slot, slots
from kzsearch.query.words import WordBuilder
from kzsearch.text import TokenKind

__all__ = ["CompoundExpander"]

_SHORTEST_PART = 2
_SHORTEST = 5
"""Letters of a part, and of a compound."""

_LONGEST = 40
"""Letters of a word that is parted; no compound is longer."""


class CompoundExpander:
    """Searches for compounds in the other spelling, by the words of an index."""

    def __init__(
        self, vocabulary: Callable[[], Vocabulary], analyzer: Analyzer, words: WordBuilder
    ) -> None:
        """``vocabulary``: gives that of the newest generation."""
        self._vocabulary = vocabulary
        self._analyzer = analyzer
        self._words = words

    def expansions(self, run: Run, field: TextField | None) -> Iterator[Expansion]:
        """See ``Expander.expansions``."""
        known = self._vocabulary()
        for at, (left, right) in enumerate(pairwise(run.slots)):
            if joined := self._joined(left, right, known):
                yield _expansion(at, at + 2, joined.surface, _word(joined, field))
        for at, slot in enumerate(run.slots):
            if parts := self._parted(slot, known):
                meant = " ".join(part[0].surface for part in parts)
                yield _expansion(at, at + 1, meant, self._words.phrase(parts, field))

    def _joined(self, left: Slot, right: Slot, known: Vocabulary) -> Term | None:
        """Two words as one that the index has."""
        if not (_is_part(left) and _is_part(right)):
            return None
        joined = left[0].surface + right[0].surface
        if len(joined) < _SHORTEST:
            return None
        (term,) = self._analyzer.analyze(joined, query=True)[:1]
        return term if _is_in(term, known) else None

    def _parted(self, slot: Slot, known: Vocabulary) -> list[Slot]:
        """A word that the index does not have as the two likeliest that it has."""
        word = slot[0].surface
        if not _is_part(slot) or not _SHORTEST <= len(word) <= _LONGEST or _is_in(slot[0], known):
            return []
        found = []
        for at in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
            left, right = word[:at], word[at:]
            # The first part of a compound has no endings that vary: only the word itself will do.
            frequency = known.doc_freq(left)
            if frequency and is_known_word(left) and is_known_word(right):
                stems = self._analyzer.stems(right)
                frequency = min(frequency, max(map(known.stem_doc_freq, stems)))
                found.append((frequency, len(left), left, right))
        if not found or not (likeliest := max(found))[0]:
            return []
        return [slots(self._analyzer.analyze(part, query=True))[0] for part in likeliest[2:]]


def _is_part(slot: Slot) -> bool:
    """Whether a word may be one of a compound, or one."""
    term = slot[0]
    is_word = term.kind in (TokenKind.WORD, TokenKind.ACRONYM) and term.surface.isalpha()
    return is_word and len(term.surface) >= _SHORTEST_PART and term.surface not in stop_words()


def _is_in(term: Term, known: Vocabulary) -> bool:
    """Whether the index has a word in any form."""
    return known.doc_freq(term.surface) > 0 or any(map(known.stem_doc_freq, term.stems))


def _expansion(first: int, end: int, meant: str, node: Node) -> Expansion:
    return Expansion(first, end, NoteKind.SYNONYM, meant, (Alternative(node, SAME_MEANING),))


def _word(term: Term, field: TextField | None) -> Word:
    return Word(term.surface, term.stems, field)
