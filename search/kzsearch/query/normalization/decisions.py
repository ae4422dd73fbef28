"""Which words of a query are repaired: the vocabulary proposes, the words beside them confirm.

A word that is likeliest as typed is never touched; of the others some are still left alone, see
``context.py``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from kzsearch.query.normalization.context import Company
from kzsearch.query.normalization.typed_words import TypedWord
from kzsearch.text import fold
from kzsearch.text.scripts import Reading, Reason, other_layout

__all__ = ["Repair", "in_case", "repairs"]

_NEAR = 3.0
"""Bits within which other readings are searched for as well."""

_MOST_NEAR = 2


@dataclass(frozen=True, slots=True)
class Repair:
    """A word of a query and what it is searched as.

    text: the word meant, in the letter case of the one typed.
    near: folded words that may be meant as well and are searched for with it.
    typed: the folded word as typed, searched for with it, if the index has it.
    """

    start: int
    end: int
    text: str
    reason: Reason
    near: tuple[str, ...] = ()
    typed: str | None = None

    @property
    def also(self) -> tuple[str, ...]:
        """All that is searched for together with ``text``."""
        return self.near if self.typed is None else (*self.near, self.typed)


def repairs(
    words: Sequence[TypedWord], acronyms: Collection[str], names: Collection[str] = ()
) -> Iterator[Repair]:
    """The repairs of a query's words, in order.

    acronyms, names: folded. A name in Latin letters is left as typed, unless the words beside it
    are Kazakh in Latin letters.
    """
    company = Company.of(words)
    others = [
        word for word in words if not _is_name(word, names) or company.acronym(word, acronyms)
    ]
    if len(others) < len(words) and not Company.of(others).is_kazakh:
        words, company = others, Company.of(others)
    for word in words:
        meant = company.acronym(word, acronyms) or company.meant(word)
        if meant is not None:
            yield Repair(
                word.start,
                word.end,
                in_case(_keys_of(word, meant), meant.text),
                meant.reason,
                _near(word, meant),
                word.as_typed.text if word.as_typed.frequency else None,
            )


def _is_name(word: TypedWord, names: Collection[str]) -> bool:
    return word.is_latin and not word.is_short and fold(word.typed) in names


def _keys_of(word: TypedWord, meant: Reading) -> str:
    """What was typed, on the layout that was meant: ``)`` is a capital there."""
    on_layout = other_layout(word.typed) if meant.reason is Reason.LAYOUT else None
    return on_layout or word.typed


def _near(word: TypedWord, meant: Reading) -> tuple[str, ...]:
    """Readings nearly as likely as the one meant."""
    near = (found.text for found in word.readings if _is_near(found, meant))
    return tuple(islice(near, _MOST_NEAR))


def _is_near(found: Reading, meant: Reading) -> bool:
    is_another = found is not meant and found.reason is not Reason.AS_TYPED
    return is_another and found.frequency > 0 and abs(found.cost - meant.cost) <= _NEAR


def in_case(typed: str, meant: str) -> str:
    """A folded word with the capitals of the word typed."""
    if len(typed) > 1 and typed.isupper():
        return meant.upper()
    return meant.capitalize() if typed[:1].isupper() else meant
