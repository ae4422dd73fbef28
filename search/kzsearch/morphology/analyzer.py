"""The one analyzer: text in, terms out, the same for indexing and querying.

Kazakh text in Latin or Arabic script is read as Cyrillic, its places kept. Each token goes to the
stemmer of its language: Kazakh words, and numbers and foreign words with a Kazakh ending, to the
Kazakh stemmer; Russian words to pymorphy3; addresses stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from hashlib import sha256
from importlib.resources import files

from kzsearch.morphology.russian import is_russian_word, russian_lemma
from kzsearch.morphology.stemmer import default_stemmer
from kzsearch.morphology.terms import Term
from kzsearch.morphology.user_words import protected_words, user_roots
from kzsearch.text import Language, TokenKind
from kzsearch.text.chunks import read_words
from kzsearch.text.languages import label_words
from kzsearch.text.scripts import Script

__all__ = ["ANALYZER_VERSION", "Analyzer", "Wanted"]

ANALYZER_VERSION = 2
"""Raised when code, not data, changes which terms come out."""

_MEMORY = 100_000  # words whose stems are remembered
_DATA_OF = ("kzsearch.text", "kzsearch.text.scripts", "kzsearch.morphology")
_KAZAKH_ONLY = frozenset("әғқңөұүһі")
_LITERAL = frozenset((TokenKind.URL, TokenKind.EMAIL, TokenKind.HASHTAG))

Wanted = Callable[[str, tuple[str, ...]], bool]
"""Whether a term of this surface and these stems is of interest."""


class Analyzer:
    """Turns text into terms; safe to share between threads."""

    def __init__(self) -> None:
        self.stems = lru_cache(_MEMORY)(default_stemmer().stems)

    @property
    def fingerprint(self) -> str:
        """Short hex digest of everything that decides which terms come out."""
        return _fingerprint()

    def analyze(
        self,
        text: str,
        *,
        query: bool = False,
        script: Script = Script.CYRILLIC,
        wanted: Wanted | None = None,
    ) -> list[Term]:
        """Terms of a text, in order of position, then start.

        query: the text is something typed to search for; a word whose language is in doubt
            for want of context then carries both its Kazakh stem and its Russian lemma.
        script: what the text is written in (see ``article_script``); the Kazakh words of a script
            other than Cyrillic come out in Cyrillic, those that may be foreign as written too.
        wanted: leave out all other terms; saves time where few are of interest.
        """
        words = read_words(text, script)
        languages = label_words(
            [(position, start, end, evidence) for _, start, end, position, _, evidence in words]
        )
        in_doubt = query and not any(_KAZAKH_ONLY.intersection(word.surface) for word in words)
        terms = []
        for (surface, start, end, position, kind, _), language in zip(
            words, languages, strict=True
        ):
            stems = self._stems(surface, kind, language, in_doubt)
            if wanted is None or wanted(surface, stems):
                terms.append(Term(surface, stems, start, end, position, kind, language))
        return terms

    def _stems(
        self, word: str, kind: TokenKind, language: Language, in_doubt: bool
    ) -> tuple[str, ...]:
        if kind in _LITERAL:
            return (word,)
        if in_doubt and language is not Language.OTHER and is_russian_word(word):
            lemma, kazakh = russian_lemma(word), self.stems(word)[0]
            both = (lemma, kazakh) if language is Language.RUSSIAN else (kazakh, lemma)
            return tuple(dict.fromkeys(both))
        if language is Language.RUSSIAN:
            return (russian_lemma(word),)
        return self.stems(word)


@cache
def _fingerprint() -> str:
    digest = sha256(f"analyzer {ANALYZER_VERSION}".encode())
    for package in _DATA_OF:
        for file in sorted(files(package).joinpath("data").iterdir(), key=lambda f: f.name):
            digest.update(file.name.encode())
            digest.update(file.read_bytes())
    digest.update(repr((sorted(protected_words()), sorted(user_roots().items()))).encode())
    return digest.hexdigest()[:16]
