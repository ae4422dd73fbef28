"""Which words of a query are repaired: the vocabulary proposes, the words beside them confirm.

A word that is likeliest as typed is never touched. Of the others some are still left alone,
because a short English or Russian word is a Kazakh one by chance: ``top`` is топ, ``IT`` is ит,
``кот`` is one swap away from a Kazakh word.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from kzsearch.morphology.russian import is_russian_word
from kzsearch.query.repairs.typed_words import TypedWord
from kzsearch.text import fold
from kzsearch.text.alphabet import KAZAKH_ONLY
from kzsearch.text.scripts import Reading, Reason
from kzsearch.text.scripts.letter_model import letter_model

__all__ = ["Repair", "in_case", "repairs"]

_LONGEST_ACRONYM = 5
"""Capitals that may be an acronym, which goes before all other readings: QR is ҚР."""

_NEAR = 3.0
"""Bits within which other readings are searched for as well."""

_MOST_NEAR = 2

_RUSSIAN_SHARE = 2 / 3

_KAZAKH = 4.5
"""Bits a letter: nineteen of twenty Kazakh words that an index lacks take less."""


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


def repairs(words: Sequence[TypedWord], acronyms: Collection[str]) -> Iterator[Repair]:
    """The repairs of a query's words, in order. ``acronyms``: folded."""
    company = _Company.of(words)
    for word in words:
        acronym = company.acronym(word, acronyms)
        if acronym or company.confirms(word):
            meant = acronym or word.first
            yield Repair(
                word.start,
                word.end,
                in_case(word.typed, meant.text),
                meant.reason,
                () if acronym else _near(word),
                word.as_typed.text if word.as_typed.frequency else None,
            )


@dataclass(frozen=True, slots=True)
class _Company:
    """What the words of a query tell together.

    kazakh, foreign: how many Latin words are surely Kazakh, and how many are not.
    short: how many Latin words are too short to tell, and would all be Kazakh.
    cyrillic, russian: whether any word is Cyrillic; whether the Cyrillic words read as Russian.
    """

    kazakh: int
    foreign: int
    short: int
    cyrillic: bool
    russian: bool

    @classmethod
    def of(cls, words: Sequence[TypedWord]) -> _Company:
        latin = [word for word in words if word.is_latin]
        short = [word for word in latin if word.is_short]
        kazakh = sum(_is_known_latin(word) for word in latin if not word.is_short)
        cyrillic = [w for w in words if w.is_cyrillic]
        russian = sum(_may_be_russian(word) for word in cyrillic)
        return cls(
            kazakh,
            len(latin) - len(short) - kazakh,
            len(short) if all(map(_is_known_latin, short)) else 0,
            bool(cyrillic),
            russian > 1 and russian >= _RUSSIAN_SHARE * len(cyrillic),
        )

    def confirms(self, word: TypedWord) -> bool:
        """Whether the first reading of a word is what is meant."""
        first = word.first
        match first.reason:
            case Reason.AS_TYPED:
                return False
            case Reason.LETTERS:
                return self._confirms_letters(word)
            case Reason.LATIN:
                return self._confirms_latin(word)
            case Reason.LAYOUT:
                return not _may_be_russian(word)
            case _:
                return True

    def _confirms_letters(self, word: TypedWord) -> bool:
        meant = word.first
        if _may_be_russian(word):
            # Only if the index has the very word: предприятиями has the stem of something, too.
            is_written = meant.frequency >= 1
            return is_written and not self.russian and not is_russian_word(meant.text)
        return meant.frequency > 0 and (not self.russian or word.typed.istitle())

    def acronym(self, word: TypedWord, acronyms: Collection[str]) -> Reading | None:
        """The acronym that capitals without Kazakh letters mean.

        Who types QR beside Cyrillic words could have typed ҚР.
        """
        typed = word.as_typed
        if not word.typed.isupper() or not 1 < len(word.typed) <= _LONGEST_ACRONYM:
            return None
        if typed.text in acronyms or (self.cyrillic and typed.frequency):
            return None
        return next((found for found in word.readings if found.text in acronyms), None)

    def _confirms_latin(self, word: TypedWord) -> bool:
        if not word.first.frequency:
            return self.kazakh > self.foreign or (not word.is_ascii and _looks_kazakh(word.first))
        if not word.is_ascii:
            return True
        if word.is_short:
            in_doubt = word.as_typed.frequency > 0 or word.typed.isupper()
            return self.kazakh > 0 or (not self.foreign and (self.short > 1 or not in_doubt))
        return True


def _is_known_latin(word: TypedWord) -> bool:
    return word.first.reason is Reason.LATIN and word.first.frequency > 0


def _may_be_russian(word: TypedWord) -> bool:
    typed = fold(word.typed)
    return word.is_cyrillic and KAZAKH_ONLY.isdisjoint(typed) and is_russian_word(typed)


def _looks_kazakh(found: Reading) -> bool:
    return letter_model().word_price(found.text) <= _KAZAKH * (len(found.text) + 1)


def _near(word: TypedWord) -> tuple[str, ...]:
    """Readings nearly as likely as the first."""
    first, *others = word.readings
    near = (found.text for found in others if _is_near(found, first))
    return tuple(islice(near, _MOST_NEAR))


def _is_near(found: Reading, first: Reading) -> bool:
    is_repair = found.reason is not Reason.AS_TYPED
    return is_repair and found.frequency > 0 and found.cost - first.cost <= _NEAR


def in_case(typed: str, meant: str) -> str:
    """A folded word with the capitals of the word typed."""
    if len(typed) > 1 and typed.isupper():
        return meant.upper()
    return meant.capitalize() if typed[:1].isupper() else meant
