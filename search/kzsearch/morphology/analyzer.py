"""The one analyzer: text in, terms out, the same for indexing and querying.

Kazakh text in Latin or Arabic script is read as Cyrillic, its places kept. Each token goes to the
stemmer of its language: Kazakh words, and numbers and foreign words with a Kazakh ending, to the
Kazakh stemmer; Russian words to pymorphy3; addresses stay as they are.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Set
from functools import cache, lru_cache
from hashlib import sha256
from importlib import import_module
from pathlib import Path

from kzsearch.morphology.reader import LITERAL, RunReader, RunReading
from kzsearch.morphology.russian import is_russian_word, russian_lemma
from kzsearch.morphology.stemmer import default_stemmer, is_root
from kzsearch.morphology.terms import Term
from kzsearch.morphology.user_words import protected_words, user_roots
from kzsearch.morphology.variants import unit_words
from kzsearch.text import Language, TokenKind
from kzsearch.text.alphabet import KAZAKH_ONLY
from kzsearch.text.languages import label
from kzsearch.text.scripts import Script

__all__ = ["ANALYZER_VERSION", "Analyzer", "stems_of"]

ANALYZER_VERSION = 8
"""Raised when code, not data, changes which terms come out, or which of them are page furniture."""

_MEMORY = 100_000  # words whose stems are remembered
_DATA_OF = ("kzsearch.text", "kzsearch.text.scripts", "kzsearch.morphology")


class Analyzer:
    """Turns text into terms; safe to share between threads."""

    def __init__(self) -> None:
        self.stems = lru_cache(_MEMORY)(default_stemmer().stems)
        self._reader = RunReader(self.stems)

    @property
    def fingerprint(self) -> str:
        """Short hex digest of everything that decides which terms come out."""
        return _fingerprint()

    def analyze(
        self, text: str, *, query: bool = False, script: Script = Script.CYRILLIC
    ) -> list[Term]:
        """Terms of a text, in order of position, then start.

        query: the text is something typed to search for; a word whose language is in doubt
            for want of context then carries both its Kazakh stem and its Russian lemma.
        script: what the text is written in (see ``article_script``); the Kazakh words of a script
            other than Cyrillic come out in Cyrillic, those that may be foreign as written too.
        """
        runs = self._reader.read(text, script)
        in_doubt = query and all(
            KAZAKH_ONLY.isdisjoint(word.surface)
            for reading in runs.readings
            for word, _ in reading.words
        )
        russian = runs.russian()
        return [
            term
            for number in range(len(runs.readings))
            for term in _terms(*runs.at(number), russian, in_doubt=in_doubt)
        ]

    def reading(self, run: str, script: Script = Script.CYRILLIC) -> RunReading:
        """What a run without white space holds, read anew, for who remembers it in another way."""
        return self._reader.read_run(run, script)

    def find(
        self,
        text: str,
        words: Set[str],
        beginnings: tuple[str, ...] = (),
        *,
        script: Script = Script.CYRILLIC,
    ) -> list[Term]:
        """The terms whose surface or a stem is one of ``words``, or whose surface begins so.

        They are those of ``analyze``, found without making terms of the rest.
        """
        runs = self._reader.read(text, script)
        russian = runs.russian()
        holding = {
            number
            for number, reading in enumerate(runs.readings)
            if not words.isdisjoint(reading.keys)
            or (beginnings and any(key.startswith(beginnings) for key in reading.keys))
        }
        holding.update(bisect_right(runs.positions, position) - 1 for position in russian)
        return [
            term
            for number in sorted(holding)
            for term in _terms(*runs.at(number), russian)
            if term.surface in words
            or not words.isdisjoint(term.stems)
            or term.surface.startswith(beginnings)
        ]


def _terms(
    start: int, position: int, reading: RunReading, russian: Set[int], *, in_doubt: bool = False
) -> Iterator[Term]:
    """Terms of the run of a text that begins at ``start`` with word number ``position``.

    russian: the positions of the text that are read as Russian.
    in_doubt: whether the language of every word is.
    """
    for (surface, begin, end, place, kind, strength), stems in reading.words:
        language = label(strength, position + place in russian)
        stems = stems_of(surface, stems, kind, language, in_doubt=in_doubt)
        yield Term(surface, stems, start + begin, start + end, position + place, kind, language)


def stems_of(
    surface: str,
    stems: tuple[str, ...],
    kind: TokenKind,
    language: Language,
    *,
    in_doubt: bool = False,
) -> tuple[str, ...]:
    """The stems of a word in the language it is read in.

    stems: those it has unless it is read as Russian.
    in_doubt: whether the language of every word of the text is.
    """
    if language is not Language.OTHER and kind not in LITERAL:
        if in_doubt and is_russian_word(surface):
            return _unique(*_both(surface, stems[0], language), *unit_words(stems))
        if language is Language.RUSSIAN:
            return _unique(russian_lemma(surface), *unit_words(stems))
    return stems


def _unique(*stems: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(stems))


def _both(word: str, kazakh: str, language: Language) -> tuple[str, ...]:
    """Lemma and stem of a word that may be of either language, the likelier first.

    A form of another Russian word is not thought of where the word is a Kazakh root: сот is a
    court, not of hundreds.
    """
    if language is not Language.RUSSIAN and word == kazakh and is_root(word):
        return (kazakh,)  # whatever its lemma is, for which the dictionary had to be loaded
    lemma = russian_lemma(word)
    if language is Language.RUSSIAN:
        return (lemma, kazakh)
    return (kazakh,) if lemma != word and is_root(word) else (kazakh, lemma)


@cache
def _fingerprint() -> str:
    digest = sha256(f"analyzer {ANALYZER_VERSION}".encode())
    for package in _DATA_OF:
        folder = Path(*import_module(package).__path__, "data")
        for file in sorted(folder.iterdir(), key=lambda f: f.name):
            digest.update(file.name.encode())
            digest.update(file.read_bytes())
    digest.update(repr((sorted(protected_words()), sorted(user_roots().items()))).encode())
    return digest.hexdigest()[:16]
