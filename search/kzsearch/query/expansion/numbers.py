"""Numbers of a query, also searched in the other ways to write them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from kzsearch.engine.nodes import Node, Phrase, TextField, Word
from kzsearch.morphology import Analyzer
from kzsearch.query.expansion.expansion import SAME_MEANING, Expansion
from kzsearch.query.expansion.numerals import (
    Numeral,
    find_numerals,
    in_digits,
    in_words,
    is_number_alone,
    is_ordinal,
    other_forms,
)
from kzsearch.query.expansion.run import Atom, Run, run_of
from kzsearch.query.notes import NoteKind
from kzsearch.query.tokens import Alternative

__all__ = ["NumberExpander"]

_SCALES = ((10**9, "миллиард"), (10**6, "миллион"), (10**3, "мың"))


class NumberExpander:
    """Searches for «он бес» as 15, for 15 and XV as «он бес», for «екінші орын» as «II орын»."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer

    def expansions(self, run: Run, field: TextField | None) -> Iterator[Expansion]:
        """See ``Expander.expansions``."""
        for numeral in find_numerals(run.atoms):
            atoms = run.atoms[numeral.first : numeral.end]
            if not numeral.certain:
                if ordinal := self._ordinal(run, numeral, field):
                    yield ordinal
                continue
            span = run.slots_of(numeral.first, numeral.end)
            if not span:
                continue
            ways = {
                text: node
                for text in _spellings(numeral.value)
                if (node := self._node(text, atoms, field))
            }
            if ways:
                in_letters = any(atom.term.surface.isalpha() for atom in atoms)
                meant = in_digits(numeral.value) if in_letters else in_words(numeral.value)
                meant = meant if meant in ways else next(iter(ways))
                alternatives = tuple(Alternative(node, SAME_MEANING) for node in ways.values())
                yield Expansion(*span, NoteKind.NUMBER, meant, alternatives)

    def _ordinal(self, run: Run, numeral: Numeral, field: TextField | None) -> Expansion | None:
        """«екінші орын» as the phrase «2 орын»: екінші alone is mostly another one."""
        end = numeral.end + 1
        span = run.slots_of(numeral.first, end) if end <= len(run.atoms) else None
        first, *others = run.atoms[numeral.first : end]
        if not span or len(others) != 1 or not is_ordinal(first):
            return None
        (following,) = others
        digits = in_digits(numeral.value)
        words = (Word(digits, (digits,), field), _word(following, field))
        meant = f"{digits} {following.term.surface}"
        alternative = Alternative(Phrase(words, (0, 1), field), SAME_MEANING)
        return Expansion(*span, NoteKind.NUMBER, meant, (alternative,))

    def _node(self, text: str, typed: Sequence[Atom], field: TextField | None) -> Node | None:
        """What finds a spelling; None for one that what was typed finds."""
        atoms = run_of(self._analyzer.analyze(text, query=True)).atoms
        if len(atoms) == len(typed) and all(
            atom.term.stems[0] in other.term.stems for atom, other in zip(atoms, typed, strict=True)
        ):
            return None
        *words, last = (_word(atom, field) for atom in atoms)
        stems = tuple(dict.fromkeys((*last.stems, *other_forms(last.surface))))
        words.append(Word(last.surface, stems, field))
        if len(words) == 1:
            return words[0]
        return Phrase(tuple(words), tuple(range(len(words))), field)


def _word(atom: Atom, field: TextField | None) -> Word:
    return Word(atom.term.surface, atom.term.stems, field)


def _spellings(value: Decimal) -> Iterator[str]:
    """Ways to write a number, commonest first: 2500000, «2,5 млн», «екі миллион бес жүз мың»."""
    digits = in_digits(value)
    yield digits
    for scale, name in _SCALES:
        count = value / scale
        if count >= 1 and (count * 10) % 1 == 0:
            yield f"{in_digits(count)} {name}"
            break
    words = in_words(value)
    if " " in words or is_number_alone(words):
        yield words
