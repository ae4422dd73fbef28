"""Which language each word is read in: Kazakh or Russian, decided from context.

Many words belong to both languages (``адам``, ``мая``, ``сала``, ``дала``), and Kazakh news is
full of Russian loans (``президент``, ``коронавирус``), so no word is judged alone. Each word gives
evidence by its letters (language_model.py), and a two-state Viterbi search finds the likeliest
reading of the whole text, where changing language has a price: high between two words of a
sentence, lower where punctuation stands between them, since quotations and sentences begin there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from kzsearch.text.alphabet import KAZAKH_ONLY
from kzsearch.text.folding import fold
from kzsearch.text.language_model import russian_log_odds
from kzsearch.text.tokens import Language, Token, TokenKind

__all__ = ["WordEvidence", "evidence_of", "label_languages", "label_words"]

# All in units of log odds, Russian above zero. Chosen while looking at the sample that
# benchmarks/language_choice.py measures: halving or doubling any one of them costs that sample
# at most twelve words in a thousand.
_BEFORE_ANY_WORD = -1.5  # the news searched here is Kazakh unless it shows otherwise
_KAZAKH_LETTER = -5.0  # evidence of a letter that Russian does not have
_MOST_EVIDENCE = 4.0  # of one word without such a letter
_CAPITALISED = 0.5  # what the evidence of a word with a capital is worth: it may be a name
_CHANGE_INSIDE = 5.0  # price of changing language between two words
_CHANGE_AT_BORDER = 2.0  # the same where more than a space stands between them

_LONGEST = 64  # letters of a word that are looked at, so that the cache holds no giants

_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_NO_LANGUAGE = frozenset({TokenKind.NUMBER, TokenKind.SYMBOL, TokenKind.URL, TokenKind.EMAIL})


WordEvidence = tuple[int, int, int, float | None]
"""Position, start and end of a word, and what it says for Russian (see ``evidence_of``)."""


def label_languages(tokens: Sequence[Token]) -> list[Language]:
    """The language each token of a text is read in, in linear time.

    tokens: the tokens of one text as ``tokenize`` gives them. Tokens that share a position share
    the language; numbers, symbols, addresses and mostly-Latin words are ``Language.OTHER``, and a
    word with a letter that only Kazakh has is never Russian.
    """
    return label_words([(t.position, t.start, t.end, evidence_of(t)) for t in tokens])


def evidence_of(token: Token) -> float | None:
    """How much a token by itself speaks for Russian, in log odds; None if for no language."""
    return None if token.kind in _NO_LANGUAGE else _evidence(token.text[:_LONGEST])


def label_words(words: Sequence[WordEvidence]) -> list[Language]:
    """``label_languages`` for words whose evidence is known already."""
    russian = _read_in_russian(words)
    labels = []
    for position, _, _, strength in words:
        if strength is None:
            labels.append(Language.OTHER)
        elif position in russian and strength != _KAZAKH_LETTER:
            labels.append(Language.RUSSIAN)
        else:
            labels.append(Language.KAZAKH)
    return labels


def _read_in_russian(words: Sequence[WordEvidence]) -> set[int]:
    """The positions whose words the likeliest reading takes as Russian."""
    lead = _BEFORE_ANY_WORD  # how far reading the last word as Russian is ahead
    furthest = lead
    steps: list[tuple[int, float, float]] = []  # position, lead before it, price of a change
    last, last_end = -1, 0
    for position, start, end, strength in words:
        if position == last or strength is None:
            continue
        price = _CHANGE_INSIDE if start - last_end <= 1 else _CHANGE_AT_BORDER
        steps.append((position, lead, price))
        lead = (-price if lead < -price else min(lead, price)) + strength
        if lead > furthest:
            furthest = lead
        last, last_end = position, end
    russian = set[int]()
    if furthest <= 0:
        return russian  # Russian never led, as in most Kazakh texts
    reading_russian = lead > 0
    for position, lead_before, price in reversed(steps):
        if reading_russian:
            russian.add(position)
        if abs(lead_before) > price:  # the way here changed language, or came the leading way
            reading_russian = lead_before > 0
    return russian


@lru_cache(maxsize=1 << 16)
def _evidence(text: str) -> float | None:
    """How much a word speaks for Russian; None if it is not mainly Cyrillic."""
    if 2 * len(_CYRILLIC.findall(text)) <= sum(map(str.isalpha, text)):
        return None
    word = fold(text)
    if not KAZAKH_ONLY.isdisjoint(word):
        return _KAZAKH_LETTER
    if len(word) == 1 and word != text:
        return 0.0  # an initial
    worth = 1.0 if word == text else _CAPITALISED
    return max(-_MOST_EVIDENCE, min(_MOST_EVIDENCE, worth * russian_log_odds(word)))
