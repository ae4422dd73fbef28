"""The one analyzer: text in, terms out, the same for indexing and querying.

Each token goes to the stemmer of its language: Kazakh words, and numbers and foreign words with
a Kazakh ending, to the Kazakh stemmer; Russian words to pymorphy3; addresses stay as they are.
"""

from __future__ import annotations

from functools import cache, lru_cache
from hashlib import sha256
from importlib.resources import files

from kzsearch.morphology.russian import is_russian_word, russian_lemma
from kzsearch.morphology.stemmer import default_stemmer
from kzsearch.morphology.terms import Term
from kzsearch.morphology.user_words import protected_words, user_roots
from kzsearch.text import Language, Token, TokenKind, fold, label_languages, tokenize

__all__ = ["ANALYZER_VERSION", "Analyzer"]

ANALYZER_VERSION = 2
"""Raised when code, not data, changes which terms come out."""

_MEMORY = 100_000  # words whose stems are remembered
_DATA_OF = ("kzsearch.text", "kzsearch.morphology")
_KAZAKH_ONLY = frozenset("әғқңөұүһі")
_LITERAL = frozenset((TokenKind.URL, TokenKind.EMAIL, TokenKind.HASHTAG))


class Analyzer:
    """Turns text into terms; safe to share between threads."""

    def __init__(self) -> None:
        self.stems = lru_cache(_MEMORY)(default_stemmer().stems)

    @property
    def fingerprint(self) -> str:
        """Short hex digest of everything that decides which terms come out."""
        return _fingerprint()

    def analyze(self, text: str, *, query: bool = False) -> list[Term]:
        """Terms of a text, in order of position, then start.

        query: the text is something typed to search for; a word whose language is in doubt
        for want of context then carries both its Kazakh stem and its Russian lemma.
        """
        tokens = tokenize(text)
        surfaces = [fold(token.text) for token in tokens]
        in_doubt = query and not any(_KAZAKH_ONLY.intersection(word) for word in surfaces)
        return [
            Term(
                surface,
                self._stems(surface, token, language, in_doubt),
                token.start,
                token.end,
                token.position,
                token.kind,
                language,
            )
            for token, surface, language in zip(
                tokens, surfaces, label_languages(tokens), strict=True
            )
        ]

    def _stems(
        self, word: str, token: Token, language: Language, in_doubt: bool
    ) -> tuple[str, ...]:
        if token.kind in _LITERAL:
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
