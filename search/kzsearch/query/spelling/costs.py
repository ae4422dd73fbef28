"""What typing mistakes cost: the tables under ``data/``, read once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product

from kzsearch.text.data_files import table_rows

__all__ = ["EditCosts", "load_costs", "read_rows"]

Pair = tuple[str, str]

_REACH = 1.3
"""Widths of a key between the middles of neighbouring keys, at most."""

_NO_LETTER = "·"


@dataclass(frozen=True, slots=True)
class EditCosts:
    """Costs of mistakes, as minus the logarithm of their likelihood; all are positive.

    another_letter, letter_beside: a letter typed for another, or for one on a key beside it.
    missing_letter, missing_double, missing_sign: a letter left out; one of two that are the
        same; ь or ъ.
    extra_letter, extra_double, extra_beside: a letter too many; one typed twice; one on a
        key beside that of the letter before or after it.
    swapped: two neighbouring letters in the wrong order.
    confused: typed letter and letter meant → cost, for letters that are taken for each other.
    beside: pairs of letters on neighbouring keys, either way round.
    """

    another_letter: float
    letter_beside: float
    missing_letter: float
    missing_double: float
    missing_sign: float
    extra_letter: float
    extra_double: float
    extra_beside: float
    swapped: float
    confused: Mapping[Pair, float]
    beside: frozenset[Pair]

    def replaced(self, typed: str, meant: str) -> float:
        """What typing one letter for another costs."""
        if typed == meant:
            return 0.0
        cost = self.letter_beside if (typed, meant) in self.beside else self.another_letter
        return min(cost, self.confused.get((typed, meant), cost))


def read_rows(name: str) -> Iterator[tuple[str, ...]]:
    """The rows of ``data/<name>``, split at tabs."""
    return table_rows("kzsearch.query.spelling", name)


@cache
def load_costs() -> EditCosts:
    """The costs that ship with kzsearch."""
    mistakes = {name: float(cost) for name, cost, _typed, _meant in read_rows("mistakes.tsv")}
    confused = {
        (typed, meant): float(cost)
        for typed, meant, cost, _example, _word in read_rows("confusions.tsv")
    }
    return EditCosts(**mistakes, confused=confused, beside=_neighbours())


def _neighbours() -> frozenset[Pair]:
    places = {
        key: complex(float(first) + column, row)
        for row, (first, keys, _example) in enumerate(read_rows("keyboard.tsv"))
        for column, key in enumerate(keys)
        if key != _NO_LETTER
    }
    return frozenset(
        (one, other)
        for one, other in product(places, repeat=2)
        if one != other and abs(places[one] - places[other]) <= _REACH
    )
