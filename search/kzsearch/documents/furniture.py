"""Page furniture: menus, tag bars, "read also" lists and the like inside the text of an article.

Such text is told from running text by its shape alone, word after word: running text has commas
and full stops every few words and capitals at the beginnings of sentences and names; a list of
links or headlines has capitals anywhere and no full stop for long. Each word is evidence for one or
the other, to change between them costs something, and of all divisions of a text the likeliest is
taken (Viterbi 1967, with two states). So one odd name or heading changes nothing.

Letters without case (Arabic script) and texts in small letters throughout have no furniture.

Most texts have none, and nothing is done in Python for each of their words: what a word is by
itself is remembered, as news repeats its words, and arrays tell how far furniture gets ahead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from enum import IntEnum
from itertools import chain

import numpy as np
from numpy.typing import NDArray

__all__ = ["Span", "furniture_spans", "shape_of", "spans_of_texts", "spans_of_words"]

Span = tuple[int, int]
Numbers = NDArray[np.int64]

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

_MEMORY = 1 << 17
"""Words that are remembered; then all are forgotten."""

_LONGEST = 64  # code points of a word that is remembered, so that the memory holds no giants

_SURELY = 0.01
"""By how much more than rounding two sums of evidence differ if they differ at all."""


class _Kind(IntEnum):
    """What a word is by itself."""

    SMALL = 0  # or without case
    NO_WORD = 1
    LINK = 2
    CAPITAL_LINK = 3
    CAPITAL = 4


class _Ending(IntEnum):
    """The punctuation behind a word."""

    NONE = 0
    PAUSE = 1
    STOP = 2  # it may be that of an abbreviation
    FULL_STOP = 3


_EVIDENCE = np.array([SMALL, NO_WORD, LINK, LINK, CAPITAL])
_AFTER_LONG = np.array([SMALL_AFTER_LONG, NO_WORD, LINK, LINK, CAPITAL_AFTER_LONG])
_OF_ENDING = np.array([NEITHER, PAUSE, NEITHER, FULL_STOP])

_ENDINGS = len(_Ending)


class _Shapes(dict[str, int]):
    """The shapes of words: ``_Kind`` and ``_Ending`` in one number."""

    def __missing__(self, written: str) -> int:
        kind, ending = _read(written)
        shape = kind * _ENDINGS + ending
        if len(written) <= _LONGEST:
            if len(self) >= _MEMORY:
                self.clear()
            self[written] = shape
        return shape


_shapes = _Shapes()


def _read(written: str) -> tuple[_Kind, _Ending]:
    """Kind and ending of a word as it stands between white space."""
    word = written.strip(_BEFORE)
    is_capital = word[:1].isupper()
    if _LINK.match(word):
        kind = _Kind.CAPITAL_LINK if is_capital else _Kind.LINK
    elif is_capital:
        kind = _Kind.CAPITAL
    else:
        kind = _Kind.SMALL if word[:1].isalpha() else _Kind.NO_WORD
    last = written.rstrip(_AFTER)[-1:]
    if last and last in ".!?…":
        sure = len(word) > 3 and not is_capital and word[0].isalpha()
        return kind, _Ending.FULL_STOP if sure else _Ending.STOP
    pauses = (last and last in ",;:") or not word
    return kind, _Ending.PAUSE if pauses else _Ending.NONE


def furniture_spans(text: str) -> tuple[Span, ...]:
    """The stretches of a text that are page furniture: code points, rising, apart."""
    return spans_of_texts([text])[0]


def spans_of_texts(texts: Sequence[str]) -> list[tuple[Span, ...]]:
    """``furniture_spans`` of each text; of many at once it takes a fraction of the time."""
    words = [text.split() for text in texts]
    shapes = bytes(map(_shapes.__getitem__, chain.from_iterable(words)))
    return spans_of_words(
        texts,
        np.frombuffer(shapes, np.uint8),
        np.cumsum(np.fromiter(map(len, words), np.int64, len(words)), dtype=np.int64),
        np.cumsum([len(line.split()) for text in texts for line in text.split("\n")]),
    )


def shape_of(word: str) -> int:
    """The shape of a word, which has no white space in it: below 256, for ``spans_of_words``."""
    return _shapes[word]


def spans_of_words(
    texts: Sequence[str],
    shapes: NDArray[np.uint8],
    ends: Numbers,
    line_ends: Numbers,
    *,
    but: Set[int] = frozenset(),
) -> list[tuple[Span, ...]]:
    """``spans_of_texts`` for who has parted the texts already.

    shapes: of all words of the texts, those of one behind those of another.
    ends: behind the last word of each text.
    line_ends: of each line, or of more, in order.
    but: texts that are not to be looked at.
    """
    spans: list[tuple[Span, ...]] = [()] * len(texts)
    counts = np.diff(ends, prepend=0)
    looked_at = [
        number
        for number, count in enumerate(counts.tolist())
        if count and number not in but and not texts[number].islower()
    ]
    if not looked_at:
        return spans
    chosen = np.zeros(len(texts), np.bool_)
    chosen[looked_at] = True
    line_ends = np.union1d(line_ends[line_ends > 0], ends[chosen])
    if not chosen.all():
        kept = np.repeat(chosen, counts)
        shapes, line_ends = shapes[kept], np.append(0, kept.cumsum())[line_ends]
        line_ends = np.unique(line_ends[line_ends > 0])
    ends = counts[chosen].cumsum()
    evidence, is_border = _weighed(shapes, line_ends, ends)
    costs = np.where(is_border, CHANGE, CHANGE_WITHIN)
    for place in np.flatnonzero(_may_have(evidence, costs, ends)).tolist():
        begin, end = int(ends[place - 1]) if place else 0, int(ends[place])
        number = looked_at[place]
        weighed = zip(evidence[begin:end].tolist(), costs[begin:end].tolist(), strict=True)
        spans[number] = _divided(texts[number], weighed)
    return spans


def _weighed(
    shapes: NDArray[np.uint8], line_ends: Numbers, ends: Numbers
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Of each word of some texts how much it speaks for furniture, and whether a sentence may
    begin there.

    line_ends, ends: behind the last word of each line and of each text.
    """
    kind, ending = np.divmod(shapes, np.uint8(_ENDINGS))
    is_name = kind == _Kind.CAPITAL
    is_capital = kind >= _Kind.CAPITAL_LINK
    begins = _behind(ending >= _Ending.STOP, line_ends)
    since = _since(_behind(ending > _Ending.NONE, ends))
    evidence = np.where(since > LONG, _AFTER_LONG[kind], _EVIDENCE[kind])
    names = is_name.cumsum()
    names -= (names - is_name)[np.arange(len(names)) - _since(_behind(~is_capital, ends))]
    evidence[is_name & (names == 2)] = SECOND_CAPITAL
    evidence[is_name & begins] = NEITHER
    return evidence + _OF_ENDING[ending], begins | is_capital


def _behind(words: NDArray[np.bool_], ends: Numbers) -> NDArray[np.bool_]:
    """The words behind some words, and the first of all, and those at ``ends``."""
    behind = np.empty(len(words), np.bool_)
    behind[0] = True
    behind[1:] = words[:-1]
    behind[ends[:-1]] = True
    return behind


def _since(marked: NDArray[np.bool_]) -> Numbers:
    """How many words each is behind the last marked one, itself included."""
    places = np.arange(len(marked))
    since: Numbers = places - np.maximum.accumulate(np.where(marked, places, 0))
    return since


def _may_have(
    evidence: NDArray[np.float64], costs: NDArray[np.float64], ends: Numbers
) -> NDArray[np.bool_]:
    """Whether furniture is ever so far ahead in a text that some of it may be furniture."""
    counts = np.diff(ends, prepend=0)
    begins = ends - counts
    sums = evidence.cumsum()
    before = sums - evidence
    texts = np.repeat(np.arange(len(ends)), counts)
    apart = 2 * (float(np.ptp(sums)) + CHANGE_WITHIN) * texts  # so that no text sees the one before
    lead = sums + np.maximum.accumulate(apart - costs - before) - apart
    lead_before = np.append(-CHANGE, lead[:-1])
    lead_before[begins] = -CHANGE
    may_have: NDArray[np.bool_] = np.logical_or.reduceat(lead_before > costs - _SURELY, begins)
    may_have |= lead[ends - 1] > -_SURELY
    return may_have


def _divided(text: str, weighed: Iterable[tuple[float, float]]) -> tuple[Span, ...]:
    """The furniture of a text.

    weighed: the evidence of each word, and what a change before it costs.
    """
    running, furniture = 0.0, -CHANGE
    came: list[tuple[bool, bool]] = []  # whether each state was changed to before the word
    for evidence, cost in weighed:
        opens, closes = running - cost > furniture, furniture - cost > running
        came.append((closes, opens))
        running, furniture = (
            furniture - cost if closes else running,
            (running - cost if opens else furniture) + evidence,
        )
    words = [match.span() for match in _WORD.finditer(text)]
    return tuple(_traced(words, came, furniture > running))


def _traced(
    words: Sequence[Span], came: Sequence[tuple[bool, bool]], is_furniture: bool
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
