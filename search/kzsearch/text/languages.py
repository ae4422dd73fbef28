"""Which language each word is read in: Kazakh or Russian, decided from context.

Many words belong to both languages (``адам``, ``мая``, ``сала``, ``дала``), and Kazakh news is
full of Russian loans (``президент``, ``коронавирус``), so no word is judged alone. Each word gives
evidence by its letters (language_model.py), and a two-state Viterbi search finds the likeliest
reading of the whole text, where changing language has a price: high between two words of a
sentence, lower where punctuation stands between them, since quotations and sentences begin there.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from kzsearch.text.alphabet import KAZAKH_ONLY
from kzsearch.text.folding import fold
from kzsearch.text.language_model import russian_log_odds
from kzsearch.text.tokens import Language, Token, TokenKind

__all__ = [
    "LanguageEvidence",
    "evidence_of",
    "label",
    "label_languages",
    "russian_positions",
    "strength_of",
]

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


class WordEvidence(NamedTuple):
    """What a word by itself says for Russian: ``strength`` in log odds, and where it stands."""

    position: int
    start: int
    end: int
    strength: float


class LanguageEvidence(NamedTuple):
    """What the words of a stretch of text say, places counted from its beginning.

    words: those that say something, one a position.
    speaks: whether any of them speaks for Russian.
    ends_kazakh: whether the last of them has a letter that only Kazakh has.
    """

    words: Sequence[WordEvidence]
    speaks: bool
    ends_kazakh: bool


def label_languages(tokens: Sequence[Token]) -> list[Language]:
    """The language each token of a text is read in, in linear time.

    tokens: the tokens of one text as ``tokenize`` gives them. Tokens that share a position share
    the language; numbers, symbols, addresses and mostly-Latin words are ``Language.OTHER``, and a
    word with a letter that only Kazakh has is never Russian.
    """
    strengths = [strength_of(token) for token in tokens]
    places = [(token.position, token.start, token.end) for token in tokens]
    russian = russian_positions((0,), (0,), (evidence_of(places, strengths),))
    return [
        label(strength, token.position in russian)
        for token, strength in zip(tokens, strengths, strict=True)
    ]


def strength_of(token: Token) -> float | None:
    """How much a token by itself speaks for Russian, in log odds; None if for no language."""
    return None if token.kind in _NO_LANGUAGE else _strength(token.text[:_LONGEST])


def evidence_of(
    places: Iterable[tuple[int, int, int]], strengths: Iterable[float | None]
) -> LanguageEvidence:
    """The evidence of words: position, start and end of each, and its strength."""
    words: list[WordEvidence] = []
    for place, strength in zip(places, strengths, strict=True):
        if strength is not None and not (words and words[-1].position == place[0]):
            words.append(WordEvidence(*place, strength))
    speaks = any(word.strength > 0 for word in words)
    return LanguageEvidence(
        tuple(words), speaks, bool(words) and words[-1].strength == _KAZAKH_LETTER
    )


def label(strength: float | None, russian: bool) -> Language:
    """The language of a word of such strength, its position being read as Russian or not."""
    if strength is None:
        return Language.OTHER
    return Language.RUSSIAN if russian and strength != _KAZAKH_LETTER else Language.KAZAKH


def russian_positions(
    starts: Sequence[int], positions: Sequence[int], stretches: Sequence[LanguageEvidence]
) -> set[int]:
    """The positions whose words the likeliest reading of a text takes as Russian.

    starts, positions: where each stretch of the text begins, and its first word's position.

    As long as no word speaks for Russian, a word with a Kazakh letter puts it so far behind that
    what stands before the word and what stands behind it are read apart. Most Kazakh text is
    passed over so.
    """
    russian = set[int]()
    done = 0
    for at in [number for number, stretch in enumerate(stretches) if stretch.speaks]:
        if at >= done:
            since = at
            while since > done and not stretches[since - 1].ends_kazakh:
                since -= 1
            done = _follow(starts, positions, stretches, since, at, russian)
    return russian


def _follow(
    starts: Sequence[int],
    positions: Sequence[int],
    stretches: Sequence[LanguageEvidence],
    since: int,
    to: int,
    russian: set[int],
) -> int:
    """Add the Russian positions from stretch ``since`` until, after ``to``, Russian is far behind.

    Far behind: so far that any change of language is behind it too. It was so before ``since``,
    unless that is the beginning of the text. Returns the number of the stretch after the last.
    """
    lead, last_end = _BEFORE_ANY_WORD, 0  # how far reading the last word as Russian is ahead
    if since:
        lead, last_end = -math.inf, starts[since - 1] + stretches[since - 1].words[-1].end
    steps: list[tuple[int, float, float]] = []  # position, lead before it, price of a change
    at = since
    while at < len(stretches) and (
        at <= to or lead >= -_CHANGE_INSIDE or not stretches[at - 1].words
    ):
        for place, start, end, strength in stretches[at].words:
            price = _CHANGE_INSIDE if starts[at] + start - last_end <= 1 else _CHANGE_AT_BORDER
            steps.append((positions[at] + place, lead, price))
            lead = max(-price, min(price, lead)) + strength
            last_end = starts[at] + end
        at += 1
    reading_russian = lead > 0
    for position, lead_before, price in reversed(steps):
        if reading_russian:
            russian.add(position)
        if abs(lead_before) > price:  # the way here changed language, or came the leading way
            reading_russian = lead_before > 0
    return at


@lru_cache(maxsize=1 << 16)
def _strength(text: str) -> float | None:
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
