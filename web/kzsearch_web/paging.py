"""Which page numbers to offer under the results."""

from __future__ import annotations

__all__ = ["page_numbers"]


def page_numbers(current: int, last: int, around: int = 1) -> list[int | None]:
    """Page numbers from 1 to ``last``, None where some are left out: 1 … 4 5 6 … 20.

    A gap of a single page is never left out: its number is no wider than the dots.
    """
    shown = {1, last, *range(max(current - around, 1), min(current + around, last) + 1)}
    shown |= {number for number in range(2, last) if {number - 1, number + 1} <= shown}
    numbers: list[int | None] = []
    for number in sorted(shown):
        if numbers and numbers[-1] != number - 1:
            numbers.append(None)
        numbers.append(number)
    return numbers
