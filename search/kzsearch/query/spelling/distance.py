"""The weighted edit distance: the cheapest way to mistype one word as another.

Letters replaced, missing, extra and swapped (optimal string alignment), each at the cost of
that very mistake (Brill and Moore 2000, An improved error model for noisy channel spelling
correction, in its simplest form).
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile

from kzsearch.query.spelling.costs import EditCosts

__all__ = ["mistyping_cost"]

_SIGNS = frozenset("ьъ")


def mistyping_cost(typed: str, meant: str, costs: EditCosts) -> float:
    """What it costs to type ``typed`` for ``meant``, both folded; 0 if they are the same."""
    begin = _agreeing(typed, meant)
    same_end = _agreeing(reversed(typed[begin:]), reversed(meant[begin:]))
    rows = range(begin, len(typed) - same_end)
    columns = range(begin, len(meant) - same_end)
    missing = [_missing(meant, column, costs) for column in columns]
    row_before: list[float] = []
    row = [0.0]
    for cost in missing:
        row.append(row[-1] + cost)
    for i in rows:
        row_before, last_row = row, row_before
        extra = _extra(typed, i, costs)
        row = [row_before[0] + extra]
        for place, j in enumerate(columns):
            best = min(
                row_before[place] + costs.replaced(typed[i], meant[j]),
                row_before[place + 1] + extra,
                row[place] + missing[place],
            )
            if last_row and place and typed[i] == meant[j - 1] and typed[i - 1] == meant[j]:
                best = min(best, last_row[place - 1] + costs.swapped)
            row.append(best)
    return row[-1]


def _agreeing(one: Iterable[str], other: Iterable[str]) -> int:
    """How many letters two words have in common from where they begin."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _missing(meant: str, place: int, costs: EditCosts) -> float:
    """What it costs to leave out a letter of the word meant."""
    letter = meant[place]
    if letter in _SIGNS:
        return costs.missing_sign
    if letter in _around(meant, place):
        return costs.missing_double
    return costs.missing_letter


def _extra(typed: str, place: int, costs: EditCosts) -> float:
    """What it costs to type a letter too many."""
    letter, around = typed[place], _around(typed, place)
    if letter in around:
        return costs.extra_double
    if any((letter, other) in costs.beside for other in around):
        return costs.extra_beside
    return costs.extra_letter


def _around(word: str, place: int) -> str:
    """The letters before and after a place of a word."""
    return word[max(place - 1, 0) : place] + word[place + 1 : place + 2]
