"""The tokens of a query: what every stage behind the syntax takes and gives.

A stage gives a new tuple of tokens, in the order of the query, and changes none. It may put
several words together as one token (a date, an acronym written out); ``words`` keeps them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from kzsearch.engine.nodes import DateRange, Node
from kzsearch.morphology import Term
from kzsearch.query.notes import Note
from kzsearch.text import TokenKind

__all__ = ["Alternative", "QueryToken", "Slot", "divide", "slots", "within", "without_dates"]

Slot = tuple[Term, ...]
"""Terms of one position: first what covers all of it, then its parts in order.

The analyzer puts the parts of a compound (``Қасым-Жомарт``) beside the joined form at one position.
"""

_DIVISIBLE = {TokenKind.COMPOUND, TokenKind.HASHTAG}


@dataclass(frozen=True, slots=True)
class Alternative:
    """What a token may be besides what it was read as.

    node: what finds it.
    weight: what finding it counts for, beside the token itself.
    is_equivalent: whether it means the same, so that an article with it holds the token.
    """

    node: Node
    weight: float = 1.0
    is_equivalent: bool = True


@dataclass(frozen=True, slots=True)
class QueryToken:
    """A word of a query, or several that are read together.

    text: what it was read as: typed, repaired or corrected, in the letter case typed.
    start, end: its span in the query as typed.
    slot: its terms; none of several words.
    words: the words that are read together, one by one; none of a single word.
    also: folded words that are searched for as this same word.
    forms: see ``Word.forms``.
    is_minor: whether it says little beside others: a stop word, a sign, an initial.
    alternatives: what else it may be.
    is_replaced: whether the alternatives hold the token itself, too.
    days: the days it is a date of.
    note: what is told of its alternatives or days.
    """

    text: str
    start: int
    end: int
    slot: Slot = ()
    words: tuple[QueryToken, ...] = ()
    also: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    is_minor: bool = False
    alternatives: tuple[Alternative, ...] = ()
    is_replaced: bool = False
    days: DateRange | None = None
    note: Note | None = None

    @property
    def single(self) -> tuple[QueryToken, ...]:
        """Its words one by one."""
        return self.words or (self,)

    @property
    def slots(self) -> list[Slot]:
        """The terms of its words."""
        return [slot for word in self.words for slot in word.slots] or [self.slot]


def within(tokens: Sequence[QueryToken], start: int, end: int) -> tuple[int, int]:
    """Which tokens begin in a span of the query: ``tokens[first:last]``."""
    first = bisect_left(tokens, start, key=lambda token: token.start)
    return first, bisect_left(tokens, end, lo=first, key=lambda token: token.start)


def without_dates(tokens: Iterable[QueryToken]) -> tuple[QueryToken, ...]:
    """The tokens with the words of dates in the place of the dates."""
    return tuple(word for token in tokens for word in (token.words if token.days else (token,)))


def slots(terms: Iterable[Term]) -> list[Slot]:
    """Terms, in order of position, put together by position."""
    by_position = groupby(terms, key=lambda term: term.position)
    return [
        tuple(sorted(group, key=lambda term: (term.start, -term.end))) for _, group in by_position
    ]


def divide(slot: Slot) -> tuple[Slot, Slot]:
    """The terms that cover the whole slot, and the parts that say the same together.

    The host inside an address is a part too, but who types a whole address wants that one.
    """
    span = (slot[0].start, slot[0].end)
    whole = tuple(term for term in slot if (term.start, term.end) == span)
    return whole, slot[len(whole) :] if slot[0].kind in _DIVISIBLE else ()
