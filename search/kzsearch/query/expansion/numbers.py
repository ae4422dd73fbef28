"""Numbers of a query, also searched in the other ways to write them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kzsearch.engine.nodes import Node, Phrase, TextField, Word
from kzsearch.morphology import Analyzer
from kzsearch.query.expansion.expansion import SAME_MEANING, Expansion
from kzsearch.query.expansion.numerals import (
    find_numerals,
    in_digits,
    in_words,
    is_number_alone,
    other_forms,
)
from kzsearch.query.expansion.run import Run, run_of
from kzsearch.query.notes import NoteKind
from kzsearch.query.tokens import Alternative

__all__ = ["NumberExpander"]

_SCALES = ((10**9, "миллиард"), (10**6, "миллион"), (10**3, "мың"))
_YEARS = range(1000, 2100)
"""Four digits that nobody writes with a space between."""


class NumberExpander:
    """Searches for «он бес» as 15, and for 15 as «он бес»."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer

    def expansions(self, run: Run, field: TextField | None) -> Iterator[Expansion]:
        """See ``Expander.expansions``."""
        for numeral in find_numerals(run.atoms):
            span = run.slots_of(numeral.first, numeral.end)
            if not span or not numeral.certain:
                continue
            typed = tuple(a.term.stems[0] for a in run.atoms[numeral.first : numeral.end])
            ways = {
                text: node
                for text in _spellings(numeral.value)
                if (node := self._node(text, typed, field))
            }
            if ways:
                atoms = run.atoms[numeral.first : numeral.end]
                in_letters = any(atom.term.surface.isalpha() for atom in atoms)
                meant = in_digits(numeral.value) if in_letters else in_words(numeral.value)
                meant = meant if meant in ways else next(iter(ways))
                alternatives = tuple(Alternative(node, SAME_MEANING) for node in ways.values())
                yield Expansion(*span, NoteKind.NUMBER, meant, alternatives)

    def _node(self, text: str, typed: tuple[str, ...], field: TextField | None) -> Node | None:
        """What finds a spelling; None for the one that was typed."""
        atoms = run_of(self._analyzer.analyze(text, query=True)).atoms
        if tuple(atom.term.stems[0] for atom in atoms) == typed:
            return None
        words = [Word(atom.term.surface, atom.term.stems, field) for atom in atoms]
        last = words[-1]
        stems = tuple(dict.fromkeys((*last.stems, *other_forms(last.surface))))
        words[-1] = Word(last.surface, stems, field)
        if len(words) == 1:
            return words[0]
        return Phrase(tuple(words), tuple(range(len(words))), field)


def _spellings(value: Decimal) -> Iterator[str]:
    """Ways to write a number, commonest first: 2500000, «2,5 млн», «екі миллион бес жүз мың»."""
    digits = in_digits(value)
    yield digits
    if "," in digits:
        yield digits.replace(",", ".")
    elif value >= _YEARS.start and int(value) not in _YEARS:
        yield f"{int(value):,}".replace(",", " ")
    for scale, name in _SCALES:
        count = value / scale
        if count >= 1 and (count * 10) % 1 == 0:
            yield f"{in_digits(count)} {name}"
            break
    words = in_words(value)
    if " " in words or is_number_alone(words):
        yield words
