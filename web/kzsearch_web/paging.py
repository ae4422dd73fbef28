"""Which page numbers and page sizes to offer under the results."""

from __future__ import annotations

from flask import current_app

__all__ = ["page_numbers", "page_sizes"]

_SIZES = (10, 20, 50, 100)


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


def page_sizes(total: int) -> list[int]:
    """How many hits a page may have: none to choose where the smallest holds them all."""
    config = current_app.config
    sizes = sorted({config["PAGE_SIZE"], *_SIZES})
    sizes = [size for size in sizes if size <= config["MAX_PAGE_SIZE"]]
    return sizes if len(sizes) > 1 and total > sizes[0] else []
