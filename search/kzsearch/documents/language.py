"""The language an article is written in: detected, since what documents say of it is often wrong.

Kazakh in any of its scripts (``kk``), Russian (``ru``), English (``en``), anything else
(``other``). What a document states counts only where its text is too short to tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from kzsearch.documents.article import Article
from kzsearch.text.alphabet import KAZAKH_ONLY
from kzsearch.text.code_units import code_units, marked
from kzsearch.text.language_model import russian_log_odds
from kzsearch.text.memory import remember
from kzsearch.text.scripts import Script, detect_script

__all__ = ["article_language", "detect_language", "language_code"]

_SAMPLE = 2_500
_LEAST_LETTERS = 20
_MOST_WORDS = 200

_CYRILLIC = range(0x400, 0x530)
_CYRILLIC_WORD = re.compile(r"[\u0400-\u052f]+")
_LATIN_WORD = re.compile(r"[A-Za-z\u00c0-\u024f'’]+")

_KAZAKH_NOT_KYRGYZ = frozenset("әғқұіһ")
_KYRGYZ = frozenset("өүң")
"""Kyrgyz, Tuvan and Mongolian have these, but none of Kazakh's other letters."""

_ELSEWHERE = frozenset("ўҳҷӣӯҗҙҫҡєїґјљњћђџѓќѕ")
"""Letters of Uzbek, Tajik, Tatar, Bashkir, Ukrainian, Serbian: neither Kazakh nor Russian."""

_ELSEWHERE_SHARE = 0.005
_HARD_SIGN_SHARE = 0.01
"""Of Bulgarian's letters ъ is more than this, and ы is none; in Russian it is the other way."""

_CERTAIN = 4.0
"""Log odds that a single word counts for at most."""

_ENGLISH = frozenset([
    "the", "of", "and", "to", "in", "is", "that", "for", "on", "with", "as", "was", "by", "at",
    "from", "it", "are", "be", "his", "has", "have", "said", "will", "this", "an", "not", "but",
    "were", "they", "their", "which", "or", "who", "he", "she", "we", "had", "been", "its",
    "after", "more", "about",
])  # fmt: skip
_ENGLISH_SHARE = 0.12

_CODES = {
    "kk": ("kk", "kaz", "kz", "kazakh", "қазақша", "қазақ", "қазақ тілі", "казахский", "kazakca"),
    "ru": ("ru", "rus", "russian", "русский", "орысша", "орыс тілі"),
    "en": ("en", "eng", "english", "ағылшынша", "английский"),
}
_CODE_OF = {name: code for code, names in _CODES.items() for name in names}


def article_language(article: Article) -> str:
    """``kk``, ``ru``, ``en`` or ``other``; '' when neither text nor document tells.

    From title and body together, whatever the document states, unless they are too short.
    """
    return detect_language(f"{article.body[:_SAMPLE]}\n{article.title}") or language_code(
        article.language
    )


def language_code(stated: str) -> str:
    """The code for a language as documents name it: ``kk-KZ``, ``kaz``, ``Kazakh`` are ``kk``.

    ``other`` for other languages, '' for nothing.
    """
    name = stated.strip().casefold()
    if not name or name in {"und", "unknown", "mul"}:
        return ""
    return _CODE_OF.get(name) or _CODE_OF.get(re.split(r"[-_.]", name)[0], "other")


@remember
def detect_language(text: str) -> str:
    """The language of a text; '' when it is too short to tell."""
    sample = text[:_SAMPLE].casefold()
    units = code_units(sample)
    is_cyrillic = (units >= _CYRILLIC.start) & (units < _CYRILLIC.stop)
    letters = np.count_nonzero(is_cyrillic)
    if letters and letters >= np.count_nonzero(_latin()[units]):
        return _cyrillic_language(sample, units, is_cyrillic)
    script = detect_script(text).script
    if script not in {Script.OTHER, Script.CYRILLIC}:
        return "kk"
    if sum(map(str.isalpha, sample)) < _LEAST_LETTERS:
        return ""
    latin = _LATIN_WORD.findall(sample)
    english = sum(word in _ENGLISH for word in latin)
    return "en" if latin and english >= _ENGLISH_SHARE * len(latin) else "other"


def _cyrillic_language(
    sample: str, units: NDArray[np.uint16], is_cyrillic: NDArray[np.bool_]
) -> str:
    counts = np.bincount(units[is_cyrillic] - np.uint16(_CYRILLIC.start), minlength=len(_CYRILLIC))
    letters = int(counts.sum())
    if letters < _LEAST_LETTERS:
        return "kk" if _count(counts, KAZAKH_ONLY) else ""
    if _count(counts, _ELSEWHERE) > _ELSEWHERE_SHARE * letters:
        return "other"
    if not _count(counts, _KAZAKH_NOT_KYRGYZ) and _count(counts, _KYRGYZ) > 1:
        return "other"
    if _count(counts, "ъ") > _HARD_SIGN_SHARE * letters and not _count(counts, "ы"):
        return "other"
    begins = is_cyrillic.copy()
    begins[1:] &= ~is_cyrillic[:-1]
    words = begins.cumsum()
    of_kazakh = words[_kazakh()[units]]
    kazakh_words = len(of_kazakh) and 1 + np.count_nonzero(of_kazakh[1:] != of_kazakh[:-1])
    return "kk" if kazakh_words * 2 > words[-1] else _of_words(_CYRILLIC_WORD.findall(sample))


def _of_words(words: Sequence[str]) -> str:
    """Kazakh or Russian, by what words look like."""
    step = max(1, len(words) // _MOST_WORDS)
    russian = sum(
        -_CERTAIN
        if not KAZAKH_ONLY.isdisjoint(word)
        else max(-_CERTAIN, min(_CERTAIN, russian_log_odds(word)))
        for word in words[::step]
        if len(word) > 1
    )
    return "ru" if russian > 0 else "kk"


def _count(counts: NDArray[np.int64], letters: Iterable[str]) -> int:
    """How many letters of a text are one of some.

    counts: of each Cyrillic letter.
    """
    return int(counts[[ord(letter) - _CYRILLIC.start for letter in letters]].sum())


@cache
def _kazakh() -> NDArray[np.bool_]:
    return marked(KAZAKH_ONLY)


@cache
def _latin() -> NDArray[np.bool_]:
    """What a Latin word is made of."""
    return marked(
        [range(ord("A"), ord("Z") + 1), range(ord("a"), ord("z") + 1), range(0xC0, 0x250), *"'’"]
    )
