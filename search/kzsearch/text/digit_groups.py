"""Numbers and the single spaces inside and behind them: ``15 000 000``, ``5 м``, ``ХІХ ғ.``.

A number is parted into *digit groups*, one to three digits and then threes. What only looks so is
left alone: phone numbers (``701 123 45 67``), a number behind a year, decimals (``2,5 100``). A
column of numbers of three digits, parted by single spaces, cannot be told from one number.

What is a unit behind a number (``м``, ``т``, ``ж.``) may be nothing of the kind elsewhere
(``М. Әуезов``). So a number and such a unit are read together, as one run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kzsearch.text.data_files import rows

__all__ = ["SPACES", "UNITS", "digit_group_spaces", "is_before_unit", "unit_spaces"]

SPACES = " \u00a0\u2007\u2009\u202f"
_SPACE = f"[{SPACES}]"

# They begin with what is rare, so that looking for it costs next to nothing.
_GROUPS = re.compile(
    rf"[1-9](?<![0-9][0-9])(?<![0-9][.,:/{SPACES}][0-9])[0-9]{{0,2}}"
    rf"(?:{_SPACE}[0-9]{{3}})++(?![0-9])(?!{_SPACE}[0-9])"
)
_INSIDE = re.compile(_SPACE)
UNITS = "(?:" + "|".join(unit for unit, _, where, _ in rows("units") if where == "number") + ")"
"""A pattern for what is a unit behind a number only."""

_NUMBER_AND_UNIT = re.compile(rf"[0-9IVX\u0406\u0425\u04ae]{_SPACE}(?={UNITS}(?!\w))")


def digit_group_spaces(text: str) -> Iterator[int]:
    """Where the spaces stand that part digit groups, in order. Linear in the length of the text."""
    for match in _GROUPS.finditer(text):
        for space in _INSIDE.finditer(text, *match.span()):
            yield space.start()


def unit_spaces(text: str) -> Iterator[int]:
    """Where the spaces stand between a number and a unit that is one there only, in order."""
    return (match.end() - 1 for match in _NUMBER_AND_UNIT.finditer(text))


def is_before_unit(text: str, at: int) -> bool:
    """Whether the space at a place stands between a number and a unit that is one there only."""
    return at > 0 and _NUMBER_AND_UNIT.match(text, at - 1) is not None
