"""The best one to three pieces of a text to show under a hit.

Sentences are chosen greedily, each for the parts of the query it adds; so two words
that stand in one sentence give one piece, and in two sentences two. A sentence too
long to show is cut at word borders around its matches.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from kzsearch.results.marks import Mark
from kzsearch.results.page import Fragment
from kzsearch.text import sentence_spans
from kzsearch.text.memory import remember
from kzsearch.text.sentences import each_sentence

__all__ = ["MAX_FRAGMENTS", "MAX_LENGTH", "fragments", "whole"]

MAX_FRAGMENTS = 3

MAX_LENGTH = 240
"""Code points of a fragment at most: about three lines on a telephone."""

ENOUGH = 160
"""Fragments go on being added up to this length though no new word comes with them."""

_AROUND = 2 * MAX_LENGTH
"""So far around a mark the borders of its sentence are looked for."""

_OPENING = 4 * MAX_LENGTH
"""So far into a text that begins with no mark its sentences are looked for."""

_CLOSING = "»”\")]' \n"
_FULL_STOPS = (".", "!", "?", "…")

_Span = tuple[int, int]


def whole(text: str, marks: Sequence[Mark]) -> Fragment:
    """The whole text as one fragment."""
    return Fragment(text, tuple((mark.start, mark.end) for mark in marks))


def fragments(text: str, marks: Sequence[Mark]) -> tuple[Fragment, ...]:
    """One to three pieces of the text in its own order; its beginning if nothing is marked.

    Only an empty text gives none.
    """
    matching = _matching(_sentences_at(text, marks), marks)
    if not matching:
        opening = _opening(_sentences_of(text))
        return (_cut(text, opening, ()),) if opening else ()
    chosen = sorted(_choose(text, matching))
    return tuple(_cut(text, span, inside) for span, inside in (matching[i] for i in chosen))


def _sentences_at(text: str, marks: Sequence[Mark]) -> Iterator[_Span]:
    """The sentences that hold a mark, and some beside them.

    Only the text around marks is read, and further than can be shown: what is left of a long
    sentence counts as one.
    """
    done = 0
    for mark in marks:
        if mark.end <= done:
            continue
        line = max(done, text.rfind("\n", 0, mark.start) + 1)
        stop = text.find("\n", max(mark.end - 1, line))
        stop = len(text) if stop < 0 else stop
        start = max(line, mark.start - _AROUND)
        end = min(stop, mark.end + _AROUND)
        for first, last in _sentences(text, start, end):
            if last == end < stop and first > mark.end:
                break  # it goes on, and the mark is not in it
            yield first, last
            done = last


def _sentences_of(text: str) -> Iterator[_Span]:
    """The first sentences of a text, by its lines: more than are shown."""
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        for first, last in each_sentence(text[start:end]):
            yield start + first, start + last
            if start + first > _OPENING:
                return
        start = end + 1


def _sentences(text: str, start: int, end: int) -> Iterator[_Span]:
    for first, last in _spans(text[start:end]):
        yield start + first, start + last


@remember
def _spans(text: str) -> tuple[_Span, ...]:
    return tuple(sentence_spans(text))


def _opening(sentences: Iterable[_Span]) -> _Span | None:
    """The first sentences, as many as fit; None if there are none."""
    opening: _Span | None = None
    for start, end in sentences:
        if opening is None:
            opening = start, end
        elif end - opening[0] > MAX_LENGTH:
            break
        else:
            opening = opening[0], end
    return opening


def _matching(
    sentences: Iterable[_Span], marks: Sequence[Mark]
) -> list[tuple[_Span, tuple[Mark, ...]]]:
    """The sentences with marks, and the marks of each, cut where a phrase runs on."""
    found: list[tuple[_Span, tuple[Mark, ...]]] = []
    first = 0
    for start, end in sentences:
        while first < len(marks) and marks[first].end <= start:
            first += 1
        last = first
        while last < len(marks) and marks[last].start < end:
            last += 1
        if inside := _clipped(marks[first:last], start, end):
            found.append(((start, end), inside))
        first = max(first, last - 1)  # a mark may reach into the next sentence
    return found


def _clipped(marks: Sequence[Mark], start: int, end: int) -> tuple[Mark, ...]:
    return tuple(
        Mark(max(mark.start, start), min(mark.end, end), mark.parts)
        for mark in marks
        if mark.start < end and mark.end > start
    )


def _choose(text: str, matching: Sequence[tuple[_Span, tuple[Mark, ...]]]) -> list[int]:
    """Which sentences to show: first those that add most parts of the query, whole sentences before
    lines of menus and lists."""
    parts = [frozenset[int]().union(*(mark.parts for mark in marks)) for _, marks in matching]
    runs = [_is_running(text, span) for span, _ in matching]
    chosen: list[int] = []
    shown: frozenset[int] = frozenset()
    length = 0
    while len(chosen) < min(MAX_FRAGMENTS, len(matching)):
        best = max(
            (i for i in range(len(matching)) if i not in chosen),
            key=lambda i: (len(parts[i] - shown), runs[i], len(parts[i]), -i),
        )
        start, end = matching[best][0]
        if chosen and parts[best] <= shown and length + end - start > ENOUGH:
            break
        chosen.append(best)
        shown |= parts[best]
        length += min(end - start, MAX_LENGTH)
    return chosen


def _is_running(text: str, span: _Span) -> bool:
    """Whether a sentence ends as sentences of running text do, not as lines of menus."""
    return text[slice(*span)].rstrip(_CLOSING).endswith(_FULL_STOPS)


def _cut(text: str, span: _Span, marks: Sequence[Mark]) -> Fragment:
    """A sentence as a fragment, cut to MAX_LENGTH around the marks that say most."""
    start, end = span if span[1] - span[0] <= MAX_LENGTH else _window(text, span, marks)
    return Fragment(
        text[start:end],
        tuple((m.start - start, m.end - start) for m in _clipped(marks, start, end)),
        before=start > span[0],
        after=end < span[1],
    )


def _window(text: str, span: _Span, marks: Sequence[Mark]) -> _Span:
    first, last = _densest(marks) if marks else (span[0], span[0])
    last = min(last, first + MAX_LENGTH)
    start = max(span[0], first - (MAX_LENGTH - (last - first)) // 2)
    end = min(span[1], start + MAX_LENGTH)
    start = max(span[0], end - MAX_LENGTH)
    return _word_start(text, start, first, span), _word_end(text, last, end, span)


def _word_start(text: str, start: int, first: int, span: _Span) -> int:
    """The first border of a word from ``start`` on, no later than ``first``."""
    if start == span[0] or text[start - 1].isspace():
        return start
    return next((i + 1 for i in range(start, first) if text[i].isspace()), start)


def _word_end(text: str, last: int, end: int, span: _Span) -> int:
    """The last border of a word up to ``end``, no earlier than ``last``."""
    if end == span[1] or text[end].isspace():
        return end
    return next((i for i in range(end - 1, last - 1, -1) if text[i].isspace()), end)


def _densest(marks: Sequence[Mark]) -> _Span:
    """From the first to the last of the marks that fit together and answer most parts."""
    best: tuple[int, int, int] = (0, 0, 0)
    result = (marks[0].start, marks[0].end)
    inside: Counter[int] = Counter()
    first = 0
    for last, mark in enumerate(marks):
        inside.update(mark.parts)
        while first < last and mark.end - marks[first].start > MAX_LENGTH:
            inside.subtract(marks[first].parts)
            inside += Counter()  # drops the parts that are gone
            first += 1
        score = (len(inside), last - first + 1, -marks[first].start)
        if score > best:
            best, result = score, (marks[first].start, mark.end)
    return result
