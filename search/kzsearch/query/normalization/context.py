"""What the words of a query tell about each other.

A short English or Russian word is a Kazakh one by chance: ``top`` is топ, ``IT`` is ит, ``кот``
is one swap away from a Kazakh word. The words beside it tell which is meant.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from kzsearch.morphology.russian import is_russian_word
from kzsearch.query.normalization.typed_words import TypedWord
from kzsearch.text import fold
from kzsearch.text.alphabet import KAZAKH_ONLY
from kzsearch.text.scripts import Reading, Reason, Script, detect_script, to_cyrillic
from kzsearch.text.scripts.letter_model import letter_model

__all__ = ["Company"]

_LONGEST_ACRONYM = 5
"""Capitals that may be an acronym, which goes before all other readings: QR is ҚР."""

_RUSSIAN_SHARE = 2 / 3

_SENTENCE = 3
"""Latin words that are surely Kazakh, from which on they are a sentence in Latin letters."""

_POSSIBLE, _PLAUSIBLE = 4.5, 3.0
"""Bits a letter: nineteen (three) of twenty (four) Kazakh words that an index lacks take less."""


@dataclass(frozen=True)
class Company:
    """What the words of a query tell together.

    kazakh, foreign: how many Latin words are surely Kazakh, and how many are not.
    short: how many Latin words are too short to tell, if all may be Kazakh and one is likelier so.
    script: the Kazakh alphabet that the Latin words are in, if they are enough to tell.
    cyrillic: the Cyrillic words.
    letters: whether any word has Kazakh letters, so that the keyboard has them.
    """

    kazakh: int
    foreign: int
    short: int
    script: Script
    cyrillic: Sequence[TypedWord]
    letters: bool

    @classmethod
    def of(cls, words: Sequence[TypedWord]) -> Company:
        """The company that the words of a query are in."""
        latin = [word for word in words if word.is_latin]
        short = [word for word in latin if word.is_short]
        kazakh = sum(_is_surely_kazakh(word) for word in latin if not word.is_short)
        cyrillic = [word for word in words if word.is_cyrillic]
        return cls(
            kazakh,
            len(latin) - len(short) - kazakh,
            len(short) if _may_be_kazakh(short) else 0,
            _alphabet(latin),
            cyrillic,
            any(not KAZAKH_ONLY.isdisjoint(fold(word.typed)) for word in cyrillic),
        )

    @cached_property
    def russian(self) -> bool:
        """Whether the Cyrillic words read as Russian."""
        if len(self.cyrillic) < 2:
            return False
        russian = sum(map(_may_be_russian, self.cyrillic))
        return russian > 1 and russian >= _RUSSIAN_SHARE * len(self.cyrillic)

    @property
    def is_kazakh(self) -> bool:
        """Whether the Latin words are mostly Kazakh, short ones included."""
        return self.kazakh > self.foreign or (self.short > 1 and not self.foreign)

    def meant(self, word: TypedWord) -> Reading | None:
        """The reading that is meant; None for the word as typed."""
        if self._confirms(word):
            return self._respelled(word)
        # A short word is as likely English; among Kazakh words it is not.
        if word.is_short and not word.typed.isupper() and self.is_kazakh:
            return next(filter(_is_written, word.readings), None)
        if self._spells(word):
            return Reading(self._spelled(word), Reason.LATIN, word.first.cost, 0.0)
        return None

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

    def _confirms(self, word: TypedWord) -> bool:
        """Whether the first reading of a word is what is meant."""
        match word.first.reason:
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
        if self.letters and word.as_typed.frequency:
            return False
        if _may_be_russian(word):
            # Only if the index has the very word: предприятиями has the stem of something, too.
            is_written = meant.frequency >= 1
            return is_written and not self.russian and not is_russian_word(meant.text)
        return meant.frequency > 0 and (not self.russian or word.typed.istitle())

    def _confirms_latin(self, word: TypedWord) -> bool:
        if word.is_short:
            in_doubt = word.as_typed.frequency > 0 or word.typed.isupper()
            return self.kazakh > 0 or self.is_kazakh or not (self.foreign or in_doubt)
        if word.is_ascii:
            return self.kazakh > self.foreign or _is_surely_kazakh(word)
        is_known = word.first.frequency > 0 or self.kazakh > self.foreign
        return is_known or _looks_kazakh(word.first, _POSSIBLE)

    def _respelled(self, word: TypedWord) -> Reading:
        """The first reading; of a Latin word that the index does not know, by the alphabet."""
        first = word.first
        if first.reason is not Reason.LATIN or first.frequency or self.script is Script.OTHER:
            return first
        return replace(first, text=self._spelled(word))

    def _spells(self, word: TypedWord) -> bool:
        """Whether an unknown Latin word is one of a Kazakh sentence, such as a foreign name."""
        is_unknown = word.is_latin and not (word.is_short or word.first.frequency)
        in_sentence = self.kazakh >= _SENTENCE and self.kazakh > 2 * self.foreign
        return is_unknown and in_sentence and self.script is not Script.OTHER

    def _spelled(self, word: TypedWord) -> str:
        return fold(to_cyrillic(word.typed, self.script).text)


def _is_surely_kazakh(word: TypedWord) -> bool:
    """Whether the index has a Latin word in Cyrillic, or its stem and it looks Kazakh."""
    return _is_written(word.first) or (
        word.first.reason is Reason.LATIN
        and word.first.frequency > 0
        and _looks_kazakh(word.first, _PLAUSIBLE)
    )


def _is_written(found: Reading) -> bool:
    """Whether a reading in other letters occurs in the index as it is written."""
    return found.reason is Reason.LATIN and found.frequency >= 1


def _looks_kazakh(found: Reading, limit: float) -> bool:
    return letter_model().word_price(found.text) <= limit * (len(found.text) + 1)


def _may_be_kazakh(words: Sequence[TypedWord]) -> bool:
    return any(_is_written(word.first) for word in words) and all(
        any(map(_is_written, word.readings)) for word in words
    )


def _may_be_russian(word: TypedWord) -> bool:
    typed = fold(word.typed)
    return word.is_cyrillic and KAZAKH_ONLY.isdisjoint(typed) and is_russian_word(typed)


def _alphabet(words: Sequence[TypedWord]) -> Script:
    """The alphabet of Latin words, asked for only where one of several is unknown."""
    if len(words) < 2 or all(word.first.frequency for word in words):
        return Script.OTHER
    return detect_script(" ".join(word.typed for word in words)).script
