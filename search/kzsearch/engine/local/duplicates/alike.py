"""Whether one text is a copy of another: the words compared, three in a row at a time.

A reprint changes words here and there, leaves out a paragraph, adds a line of its own. What must
not pass for one: news from a template (the exchange rates of two days), pages of one site that
share its menus, a report that quotes the speech another article gives whole.
``benchmarks/copies.py`` measures the bounds below.
"""

from __future__ import annotations

import re
from itertools import pairwise

from kzsearch.engine.fingerprint import FIRST_NUMBER

__all__ = ["are_copies"]

SHINGLE = 3

LEAST_SIZE = 0.4
"""Of the longer text's length the shorter must have: a quotation is not a copy."""

LEAST_SHARED = 0.5
"""Of the shorter text's shingles the longer must have; ten changed words of 100 leave .73."""

PER_CUT = 0.25
"""The more has been cut, the less may have been changed: added for a text cut to nothing."""

SHORT, SHORTEST = 52, 38
LEAST_OF_SHORTEST = 0.9
"""A text of one or two sentences must be almost the same: «fog in Aqmola» is not «fog in Abay»."""

PASSAGE = 24
LEAST_OF_PASSAGE = 0.25
LEAST_PASSAGES = 0.85
"""Nearly all passages of the shorter text must be known to the longer one, each at least in part:
of two pages with one menu, the articles beside it are not."""

FEW_SHINGLES = 65
MOST_NUMBERS, MOST_NUMBERS_OF_FEW = 0.4, 0.2
"""Of the numbers of the text with fewer, those that may be missing from the other: in a template
the numbers are what is new. One always may, but where the whole text is not much more."""

_NUMBER = re.compile(rb"[\x%02x-\xff]{2}" % FIRST_NUMBER, re.DOTALL)


def are_copies(first: bytes, second: bytes) -> bool:
    """Whether two texts, given as ``Fingerprint.codes``, are copies; the order does not matter."""
    short, long = sorted((first, second), key=lambda codes: (len(codes), codes))
    size = len(short) / len(long)
    if size < LEAST_SIZE:
        return False
    known = {long[place : place + SHINGLE] for place in range(len(long) - SHINGLE + 1)}
    found = [short[place : place + SHINGLE] in known for place in range(len(short) - SHINGLE + 1)]
    return (
        sum(found) >= _least_shared(len(found), size) * len(found)
        and _passages_found(found) >= LEAST_PASSAGES
        and _numbers_agree(short, long, few=len(found) < FEW_SHINGLES)
    )


def _least_shared(shingles: int, size: float) -> float:
    shortness = min(1.0, (SHORT - shingles) / (SHORT - SHORTEST))
    return max(
        LEAST_SHARED + PER_CUT * (1.0 - size),
        LEAST_SHARED + (LEAST_OF_SHORTEST - LEAST_SHARED) * shortness,
    )


def _passages_found(found: list[bool]) -> float:
    """The share of the text that lies in passages known in part."""
    count = max(1, round(len(found) / PASSAGE))
    borders = [len(found) * number // count for number in range(count + 1)]
    passages = [found[start:end] for start, end in pairwise(borders)]
    known = [passage for passage in passages if sum(passage) >= LEAST_OF_PASSAGE * len(passage)]
    return sum(map(len, known)) / len(found)


def _numbers_agree(first: bytes, second: bytes, *, few: bool) -> bool:
    fewer, more = sorted((set(_NUMBER.findall(first)), set(_NUMBER.findall(second))), key=len)
    missing = len(fewer - more)
    if few:
        return missing <= MOST_NUMBERS_OF_FEW * len(fewer)
    return missing <= max(1.0, MOST_NUMBERS * len(fewer))
