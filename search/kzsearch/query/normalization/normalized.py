"""A query after its normalisation, and the tokens its words become."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kzsearch.morphology import Analyzer, Term
from kzsearch.morphology.russian import russian_lemma
from kzsearch.query.normalization.decisions import Repair
from kzsearch.query.normalization.rewriting import Edit, Rewritten
from kzsearch.query.notes import Note
from kzsearch.query.syntax import Syntax, word_leaves
from kzsearch.query.tables import stop_words
from kzsearch.query.tokens import QueryToken, slots
from kzsearch.text import TokenKind
from kzsearch.text.alphabet import KAZAKH_ONLY, LETTERS

__all__ = ["Normalized"]

Span = tuple[int, int]

_CYRILLIC = re.compile(f"[{LETTERS}]+")


@dataclass(frozen=True, slots=True)
class Normalized:
    """A parsed query with what its words are read as.

    repairs: the words that are searched for otherwise than typed, in order.
    notes: what is told of them, in order.
    """

    syntax: Syntax
    repairs: tuple[Repair, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def text(self) -> str:
        """The query as it would be typed without anything to repair."""
        return self._repaired(self.syntax.text).text

    def tokens(self, analyzer: Analyzer, limit: int) -> tuple[QueryToken, ...]:
        """The words of the query, in order; ``limit``: terms that are taken.

        Analysed in one piece, because a word's language is told from the words around it.
        """
        text = self._repaired(_only_words(self.syntax))
        also = dict(self._also())
        terms = analyzer.analyze(text.text, query=True)[:limit]
        tokens = []
        for slot in slots(_widened(term, also, analyzer) for term in terms):
            whole = (slot[0].start, slot[0].end)
            start, end = text.span(*whole)
            is_minor = self._is_minor(slot[0], end)
            read_as = text.text[slice(*whole)]
            tokens.append(
                QueryToken(read_as, start, end, slot, also=also.get(whole, ()), is_minor=is_minor)
            )
        return tuple(tokens)

    def _repaired(self, text: str) -> Rewritten:
        edits = (Edit(repair.start, repair.end, repair.text) for repair in self.repairs)
        return Rewritten.unchanged(text).rewritten(edits)

    def _also(self) -> Iterator[tuple[Span, tuple[str, ...]]]:
        """What else is searched for, by the places of the repaired words in the repaired text."""
        moved = 0
        for repair in self.repairs:
            start = repair.start + moved
            moved += len(repair.text) - (repair.end - repair.start)
            if repair.also:
                yield (start, start + len(repair.text)), repair.also

    def _is_minor(self, term: Term, end: int) -> bool:
        """Stop words, signs that are no unit (№), letters with a full stop: ``Қ. Тоқаев``."""
        is_initial = len(term.surface) == 1 and self.syntax.text.startswith(".", end)
        is_unit = len(term.stems) > 1  # %, 2025 ж.: its word is among them
        is_little = is_initial or term.kind is TokenKind.SYMBOL
        return term.surface in stop_words() or (is_little and not is_unit)


def _only_words(syntax: Syntax) -> str:
    """The text with every operator blanked, so that places stay and neighbours are seen."""
    pieces: list[str] = []
    done = 0
    for leaf in word_leaves(syntax.root):
        pieces += [" " * (leaf.start - done), syntax.text[leaf.start : leaf.end]]
        done = leaf.end
    return "".join(pieces)


def _widened(term: Term, also: Mapping[Span, Sequence[str]], analyzer: Analyzer) -> Term:
    """A term with the stems of what is searched for as the same word."""
    words = also.get((term.start, term.end))
    if not words:
        return term
    more = (stem for word in words for stem in _stems(word, analyzer))
    return replace(term, stems=tuple(dict.fromkeys((*term.stems, *more))))


def _stems(word: str, analyzer: Analyzer) -> tuple[str, ...]:
    """The stems that articles may have a word under, which one alone may take for Russian."""
    stems = analyzer.stems(word)
    is_cyrillic = _CYRILLIC.fullmatch(word) is not None
    return (*stems, russian_lemma(word)) if is_cyrillic and KAZAKH_ONLY.isdisjoint(word) else stems
