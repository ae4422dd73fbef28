"""Russian words inside Kazakh news: their dictionary form, by pymorphy3.

The analyser takes 0.2 s and 40 MB to load, so it is loaded when the first Russian word comes.
Whether a word is Russian at all its list of words tells alone, which loads in a tenth of that.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dawg_python import RecordDAWG
    from pymorphy3 import MorphAnalyzer

__all__ = ["is_russian_word", "russian_lemma", "searched_lemma"]

_MEMORY = 20_000
_VERBAL = ("VERB", "INFN", "GRND", "PRTF", "PRTS")
_HALF = 0.5
_lock = Lock()  # pymorphy3 promises nothing about threads


@cache
def _analyzer() -> MorphAnalyzer:
    from pymorphy3 import MorphAnalyzer
    from pymorphy3_dicts_ru import get_path

    return MorphAnalyzer(get_path(), lang="ru")  # else it searches all packages for dictionaries


@cache
def _words() -> tuple[RecordDAWG, Any]:
    """All forms of the dictionary, and what may be written for what in them: е for ё."""
    from dawg_python import RecordDAWG
    from pymorphy3_dicts_ru import get_path

    words = RecordDAWG(">HH")
    words.load(str(Path(get_path(), "words.dawg")))
    return words, words.compile_replaces({"е": "ё"})


@lru_cache(_MEMORY)
def russian_lemma(word: str) -> str:
    """The dictionary form of a Russian word in small letters, with е for ё."""
    with _lock:
        parses = _analyzer().parse(word)
    lemma: str = parses[0].normal_form if parses else word
    return lemma.replace("ё", "е")


@lru_cache(_MEMORY)
def searched_lemma(word: str) -> str:
    """The dictionary form of a Russian word in small letters that somebody searches for.

    Of all that a word may be a form of, the likeliest (ели: of ель more often than of есть);
    '' for a form of several verbs and no noun, such as стой, of which nothing tells them apart.
    """
    with _lock:
        parses = _analyzer().parse(word)
    shares: dict[str, float] = {}
    for parse in parses:
        shares[parse.normal_form] = shares.get(parse.normal_form, 0.0) + parse.score
    best = max(shares, key=lambda lemma: shares[lemma], default=word)
    is_verb = all(parse.tag.POS in _VERBAL for parse in parses)
    return "" if is_verb and shares.get(best, 1.0) <= _HALF else best.replace("ё", "е")


@lru_cache(_MEMORY)
def is_russian_word(word: str) -> bool:
    """Whether the Russian dictionary holds a word."""
    with _lock:
        words, replaces = _words()
    return bool(words.similar_keys(word.lower(), replaces))
