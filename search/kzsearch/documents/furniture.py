"""Page furniture: menus, tag bars, "read also" lists and the like inside the text of an article.

Such text is told from running text by its shape alone, word after word: running text has commas
and full stops every few words and capitals at the beginnings of sentences and names; a list of
links or headlines has capitals anywhere and no full stop for long. Each word is evidence for one or
the other, to change between them costs something, and of all divisions of a text the likeliest is
taken (Viterbi 1967, with two states). So one odd name or heading changes nothing.

Letters without case (Arabic script) and texts in small letters throughout have no furniture.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["Span", "furniture_spans"]

Span = tuple[int, int]

CHANGE = 5.0
"""What it costs to change where a sentence or line ends or begins."""

CHANGE_WITHIN = 8.0
"""What it costs to change anywhere else."""

LONG = 12
"""Words without any punctuation that are many for running text."""

NEITHER = 0.0
SMALL, SMALL_AFTER_LONG = -0.2, NEITHER
CAPITAL, CAPITAL_AFTER_LONG = 0.7, 1.1
SECOND_CAPITAL = 0.25  # names have two words: «Әлия Аяпова»
NO_WORD = 0.2  # a number, a sign
LINK = 1.5  # a tag, an address, a day or time of day
PAUSE = -1.0  # a comma and the like
FULL_STOP = -4.0

_WORD = re.compile(r"\S+")
_LINK = re.compile(r"#\w|https?:|www\.|\S+@\S|\w+\.(?:kz|ru|com|org)\b|\d{1,2}[.:]\d\d\b", re.I)
_BEFORE = "«»\"“”„'‘’()[]{}–—-•|*·"
_AFTER = '»"”’)]'


def furniture_spans(text: str) -> tuple[Span, ...]:
    """The stretches of a text that are page furniture: code points, rising, apart."""
    if text.islower():
        return ()
    words = list(_weighed(text))
    running, furniture = 0.0, -CHANGE
    came: list[tuple[bool, bool]] = []  # whether each state was changed to before the word
    for _, _, evidence, is_border in words:
        cost = CHANGE if is_border else CHANGE_WITHIN
        opens, closes = running - cost > furniture, furniture - cost > running
        came.append((closes, opens))
        running, furniture = (
            furniture - cost if closes else running,
            (running - cost if opens else furniture) + evidence,
        )
    return tuple(_traced(words, came, furniture > running))


_Weighed = tuple[int, int, float, bool]
"""Start and end of a word, how much it speaks for furniture, whether a sentence may begin there."""


def _weighed(text: str) -> Iterator[_Weighed]:
    """The words of a text, weighed."""
    capitals = since = end = 0
    begins = True  # a sentence or line
    for match in _WORD.finditer(text):
        start, written = match.start(), match[0]
        begins = begins or "\n" in text[end:start]
        end = match.end()
        word = written.strip(_BEFORE)
        is_capital = word[:1].isupper()
        evidence = NEITHER
        if _LINK.match(word):
            evidence = LINK
        elif is_capital:
            capitals += 1
            if not begins:
                first = CAPITAL_AFTER_LONG if since > LONG else CAPITAL
                evidence = SECOND_CAPITAL if capitals == 2 else first
        elif word[:1].isalpha():
            evidence = SMALL_AFTER_LONG if since > LONG else SMALL
        else:
            evidence = NO_WORD
        if not is_capital:
            capitals = 0
        since += 1
        is_border = begins or is_capital
        begins = False
        last = written.rstrip(_AFTER)[-1:]
        if last and last in ".!?…":
            if len(word) > 3 and not is_capital and word[0].isalpha():
                evidence += FULL_STOP
            begins, since = True, 0
        elif (last and last in ",;:") or not word:
            evidence += PAUSE
            since = 0
        yield start, end, evidence, is_border


def _traced(
    words: list[_Weighed], came: list[tuple[bool, bool]], is_furniture: bool
) -> Iterator[Span]:
    """The spans, found from the last word back to the first."""
    spans: list[Span] = []
    stop = len(words)
    for number in range(len(words) - 1, -1, -1):
        closes, opens = came[number]
        if is_furniture and opens:
            spans.append((words[number][0], words[stop - 1][1]))
            is_furniture = False
        elif not is_furniture and closes:
            stop, is_furniture = number, True
    if is_furniture:
        spans.append((words[0][0], words[stop - 1][1]))
    return reversed(spans)
