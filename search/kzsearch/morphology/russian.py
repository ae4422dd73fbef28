"""Russian words inside Kazakh news: their dictionary form, by pymorphy3.

The analyser takes 0.2 s and 40 MB to load, so it is loaded when the first Russian word comes.
"""

from __future__ import annotations

from functools import cache, lru_cache
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pymorphy3 import MorphAnalyzer

__all__ = ["is_russian_word", "russian_lemma"]

_MEMORY = 20_000
_lock = Lock()  # pymorphy3 promises nothing about threads


@cache
def _analyzer() -> MorphAnalyzer:
    from pymorphy3 import MorphAnalyzer

    return MorphAnalyzer(lang="ru")


@lru_cache(_MEMORY)
def russian_lemma(word: str) -> str:
    """The dictionary form of a Russian word in small letters, with е for ё."""
    with _lock:
        parses = _analyzer().parse(word)
    lemma: str = parses[0].normal_form if parses else word
    return lemma.replace("ё", "е")


@lru_cache(_MEMORY)
def is_russian_word(word: str) -> bool:
    """Whether the Russian dictionary holds a word."""
    with _lock:
        return bool(_analyzer().word_is_known(word))
