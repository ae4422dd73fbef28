"""Numbers in words and digits: finding them among analysed words, writing them out.

«он бес», «15» and «15-ші» are one number; so are «2,5 млн», «екі жарым миллион» and
«2500000». A number goes on as long as its words can add up, in falling order of size, and
ends with the first inflected one: «он бестен», «елуден», «жеті бүтін оннан бір».
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from kzsearch.morphology import Term
from kzsearch.query.expansion.run import Atom, run_of
from kzsearch.query.tables import read_rows
from kzsearch.text import TokenKind

__all__ = [
    "PERCENT",
    "Numeral",
    "find_numerals",
    "in_digits",
    "in_words",
    "is_number_alone",
    "is_numeral",
    "is_ordinal",
    "normalize_numbers",
    "other_forms",
]

PERCENT = frozenset(("%", "пайыз", "процент"))
"""Words for per cent, as stems."""

_DIGITS = re.compile(r"(?:0|[1-9][0-9]{0,14})(?:[.,][0-9]{1,6})?")
_FIRST_SCALE = 1000
_MOST = Decimal(10) ** 15


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number that ``atoms[first:end]`` of a run stand for.

    certain: False for a single word that is more often something else («бір», «жүз»).
    """

    first: int
    end: int
    value: Decimal
    certain: bool


def find_numerals(atoms: Sequence[Atom]) -> Iterator[Numeral]:
    """The numbers in a run, in order. Linear in its length."""
    at = 0
    while at < len(atoms):
        number = _Number()
        end = number.take(atoms, at)
        if end > at and number.value < _MOST:
            word = _word(atoms[at])
            yield Numeral(at, end, number.value, end > at + 1 or not word or word.alone)
        at = max(end, at + 1)


def normalize_numbers(terms: Iterable[Term]) -> list[str]:
    """The stems of a text with numbers in digits and per cent as ``%``.

    Two texts that differ only in how they write numbers come out the same.
    """
    atoms = run_of(terms).atoms
    words: list[str] = []
    at = 0
    for numeral in find_numerals(atoms):
        words += map(_plain, atoms[at : numeral.first])
        words.append(in_digits(numeral.value))
        at = numeral.end
    return [*words, *map(_plain, atoms[at:])]


def in_digits(value: Decimal) -> str:
    """``2500000``, ``7,1``."""
    return f"{value.normalize():f}".replace(".", ",")


def in_words(value: Decimal) -> str:
    """«екі мың он жеті», «екі жарым», «жеті бүтін оннан бір»; '' where nobody would say it."""
    whole = int(value)
    fraction = value - whole
    words = _integer_in_words(whole) if whole else "нөл"
    if not fraction:
        return words
    if whole and fraction == Decimal("0.5"):
        return f"{words} жарым"
    places = -int(fraction.normalize().as_tuple().exponent)
    denominator = _fraction_words().get(10**places)
    if denominator is None:
        return ""
    return f"{words} бүтін {denominator} {_integer_in_words(int(fraction * 10**places))}"


def is_number_alone(word: str) -> bool:
    """Whether one word by itself is a number to a searcher: «он», but not «бір» or «жүз»."""
    row = _words().get(word)
    return row is not None and row.alone


def is_numeral(atom: Atom) -> bool:
    """Whether a word is a number without a case ending: «29», «бесінші», but not «29-дан»."""
    surface = atom.term.surface
    return surface in _words() or surface == atom.term.stems[0] or surface[-1].isdigit()


def is_ordinal(atom: Atom) -> bool:
    """Whether a word is an ordinal number by itself: «екінші», but no «29» or «он»."""
    word = _word(atom)
    return word is not None and word.form == "ordinal"


def other_forms(word: str) -> tuple[str, ...]:
    """The other numerals of the same value: бесінші and бесеу for бес."""
    row = _words().get(word)
    if row is None:
        return ()
    return tuple(
        other
        for other, its in _words().items()
        if (its.value, its.kind) == (row.value, row.kind) and other != word
    )


@dataclass(frozen=True, slots=True)
class _Word:
    """A row of ``numerals.tsv``."""

    kind: str
    value: Decimal
    form: str
    alone: bool

    @property
    def ends(self) -> bool:
        """Whether no other word of the number follows."""
        return self.form != "cardinal"


@cache
def _words() -> Mapping[str, _Word]:
    return {
        word: _Word(kind, Decimal(value), form, alone == "yes")
        for word, kind, value, form, alone, _example in read_rows("numerals.tsv")
    }


@cache
def _names() -> Mapping[int, str]:
    """The first word of each size: 5 бес, 20 жиырма, 1000 мың."""
    names: dict[int, str] = {}
    for word, row in _words().items():
        if row.kind in ("unit", "ten", "hundred", "scale"):
            names.setdefault(int(row.value), word)
    return names


@cache
def _fraction_words() -> Mapping[int, str]:
    return {int(row.value): word for word, row in _words().items() if row.kind == "fraction"}


def _integer_in_words(number: int) -> str:
    names = _names()
    words: list[str] = []
    for scale in sorted((size for size in names if size >= _FIRST_SCALE), reverse=True):
        count, number = divmod(number, scale)
        if count:
            # «мың», but «миллион бір мың»
            says_one = count > 1 or scale > _FIRST_SCALE or bool(words)
            words += [_integer_in_words(count)] * says_one
            words.append(names[scale])
    hundreds, rest = divmod(number, 100)
    if hundreds:
        words += [names[hundreds]] * (hundreds > 1) + [names[100]]
    words += [names[size] for size in (rest - rest % 10, rest % 10) if size]
    return " ".join(words)


def _word(atom: Atom) -> _Word | None:
    """The row of a word: as written, else by its stem."""
    words = _words()
    for form in (atom.term.surface, *atom.term.stems):
        if (found := words.get(form)) and found.kind != "fraction":
            return found
    return None


def _denominator(atom: Atom) -> Decimal | None:
    word = _words().get(atom.term.surface)
    return word.value if word and word.kind == "fraction" else None


def _digits(atom: Atom) -> Decimal | None:
    """The value of digits or of a Roman numeral, whose second stem is in digits."""
    term = atom.term
    if term.kind is TokenKind.NUMBER or (len(term.surface) == 1 and len(term.stems) > 1):
        for stem in term.stems:
            if _DIGITS.fullmatch(stem):
                return Decimal(stem.replace(",", "."))
    return None


def _plain(atom: Atom) -> str:
    stem = atom.term.stems[0]
    return "%" if stem in PERCENT else stem


class _Number:
    """A number that grows word by word.

    The group is what will be multiplied by the next мың or миллион; ``_room`` is the size
    that the next word of the group must stay below.
    """

    def __init__(self) -> None:
        self._total = Decimal(0)
        self._group: Decimal | None = None
        self._room = Decimal(_FIRST_SCALE)
        self._last_scale = _MOST

    @property
    def value(self) -> Decimal:
        return self._total + (self._group or 0)

    def take(self, atoms: Sequence[Atom], at: int) -> int:
        """Read as far as a number goes from ``at`` on; returns where it ends."""
        while at < len(atoms):
            atom = atoms[at]
            digits = _digits(atom)
            word = None if digits is not None else _word(atom)
            if digits is not None:
                if not self._add_digits(digits):
                    break
            elif word is None:
                break
            elif word.kind == "whole":
                end = self._take_fraction(atoms, at)
                if end == at:
                    break
                at = end - 1
                atom, word = atoms[at], _word(atoms[at])
            elif not self._add(word):
                break
            at += 1
            if (word and word.ends) or not is_numeral(atom):
                break
        return at

    def _add_digits(self, digits: Decimal) -> bool:
        if self._group is not None or (self._total and digits >= _FIRST_SCALE):
            return False
        self._group, self._room = digits, Decimal(0)
        return True

    def _add(self, word: _Word) -> bool:
        value, group = word.value, self._group
        match word.kind:
            case "unit" | "ten" if value < self._room:
                self._group = (group or 0) + value
                self._room = Decimal(10 if word.kind == "ten" else 1)
            case "hundred" if group is None or (group < 10 and self._room <= 1):
                self._group = (group or 1) * value
                self._room = Decimal(100)
            case "scale" if value < self._last_scale and (group or not self._total):
                self._total += (group or 1) * value
                self._group, self._room, self._last_scale = None, Decimal(_FIRST_SCALE), value
            case "half" if group and group % 1 == 0:
                self._group, self._room = group + value, Decimal(0)
            case "half" if group is None and self._total:
                self._total += value * self._last_scale
                self._room = self._last_scale = Decimal(0)
            case "zero" if group is None and not self._total:
                self._group, self._room = value, Decimal(0)
            case _:
                return False
        return True

    def _take_fraction(self, atoms: Sequence[Atom], at: int) -> int:
        """The end of «… бүтін оннан бір», whose first word is ``atoms[at]``; else ``at``."""
        denominator = _denominator(atoms[at + 1]) if at + 1 < len(atoms) else None
        if self._group is None or denominator is None:
            return at
        numerator = _Number()
        numerator._last_scale = Decimal(0)  # a scale multiplies the whole: 2,5 миллион
        end = numerator.take(atoms, at + 2)
        if end == at + 2 or numerator.value >= denominator or numerator.value % 1:
            return at
        self._group += numerator.value / denominator
        self._room = Decimal(0)
        return end
