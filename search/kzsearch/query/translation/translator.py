"""From the Russian words of a query to Kazakh ones, by vocabulary.

What no vocabulary holds needs no translation more often than not: Kazakh writes most names
and loanwords as Russian does (Ливерпуль, сенатор), and the five-letter beginnings that the
engine compares find them under the endings of either language.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from kzsearch.morphology import Term, stem
from kzsearch.morphology.lexicon import load_parts
from kzsearch.morphology.russian import is_russian_word, searched_lemma
from kzsearch.query.tables import stop_words
from kzsearch.query.translation.translations import Translations, shipped_translations
from kzsearch.text import Language, TokenKind
from kzsearch.text.alphabet import KAZAKH_ONLY

__all__ = ["MAX_MEANINGS", "Translation", "Translator"]

MAX_MEANINGS = 4
"""Kazakh words or phrases that one Russian word is searched as, at most."""

_MEMORY = 20_000
_TRANSLATED = frozenset((TokenKind.WORD, TokenKind.ACRONYM))


@dataclass(frozen=True, slots=True)
class Translation:
    """Kazakh for ``terms[first:end]``.

    meanings: Kazakh words and phrases, the usual one first; at least one, and none with the
        stem of the Russian word or of another meaning.
    """

    first: int
    end: int
    meanings: tuple[str, ...]


class Translator:
    """Translates the Russian words of a query. Safe for many threads."""

    def __init__(self, translations: Translations | None = None) -> None:
        """``translations``: by default those that ship with kzsearch, read at first use."""
        self._given = translations
        self.meanings = lru_cache(_MEMORY)(self._meanings)

    def translate(self, terms: Sequence[Term]) -> Iterator[Translation]:
        """Translations of neighbouring terms, in order, none overlapping.

        Of several phrases that begin at a word the longest is taken. Words that are read as
        Kazakh are left alone.
        """
        alone_tell_little = all(KAZAKH_ONLY.isdisjoint(term.surface) for term in terms)
        lemmas = [
            searched_lemma(term.surface) if _is_russian(term, alone_tell_little) else ""
            for term in terms
        ]
        at = 0
        while at < len(terms):
            found = self._longest_at(at, terms, lemmas)
            if found:
                yield found
            at = found.end if found else at + 1

    def _longest_at(
        self, at: int, terms: Sequence[Term], lemmas: Sequence[str]
    ) -> Translation | None:
        if not lemmas[at]:
            return None
        for end in range(min(len(lemmas), at + self._most_words), at, -1):
            if all(lemmas[at:end]) and (meanings := self.meanings(" ".join(lemmas[at:end]))):
                return Translation(at, end, meanings)
        surface = terms[at].surface  # a name that pymorphy3 cuts (Конаев) stands as it is
        meanings = self.meanings(surface)
        return Translation(at, at + 1, meanings) if meanings else None

    @cached_property
    def _translations(self) -> Translations:
        return shipped_translations() if self._given is None else self._given

    @cached_property
    def _most_words(self) -> int:
        """Words of the longest Russian phrase."""
        return max((russian.count(" ") + 1 for russian in self._translations), default=1)

    def _meanings(self, russian: str) -> tuple[str, ...]:
        chosen: dict[str, str] = {_stems(russian): ""}
        for kazakh in self._translations.get(russian, ()):
            chosen.setdefault(_stems(kazakh), kazakh)
        return tuple(chosen.values())[1 : MAX_MEANINGS + 1]


def _stems(text: str) -> str:
    return " ".join(map(stem, text.split()))


def _is_russian(term: Term, alone_tell_little: bool) -> bool:
    """Whether a word is read as Russian.

    alone_tell_little: no word beside it has a Kazakh letter. Then a short query (дом, закон)
        may be Russian even if its letters suit Kazakh: a word is that the Russian dictionary
        has and the Kazakh lexicon has not.
    """
    is_letter = len(term.surface) == 1
    if term.kind not in _TRANSLATED or is_letter or term.surface in stop_words():
        return False
    if term.language is Language.KAZAKH and alone_tell_little:
        return stem(term.surface) not in load_parts() and is_russian_word(term.surface)
    return term.language is Language.RUSSIAN
