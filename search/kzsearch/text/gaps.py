"""Words broken by what stands inside them: line ends, and spaces that mean nothing.

Old pages and scanned text hold ``мек-⏎теп``, ``мек¬⏎теп``, ``жо- тасын`` (a page that lost its line
ends), ``те ң ге`` (the letter came from another font) and ``Қ А З А Қ С Т А Н`` (a heading). What
parts such a word is a *gap*. Where letters alone cannot tell, the letter model does: a word costs
about 14 bits, two halves of one cost twice that, two words written as one cost far more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kzsearch.text.alphabet import KAZAKH_ONLY, LETTERS
from kzsearch.text.folding import fold
from kzsearch.text.normalizer import normalize_text

__all__ = ["Gap", "find_gaps", "gaps_inside", "is_gap"]

_HYPHENS = "-\u2010\u2011"
_SOFT = "\u00ad\u00ac"
_LETTER = r"[^\W\d_]"
_SMALL = "[а-яёәғқңөұүһі]"

# Each pattern begins with a letter that is rare, so that looking for it costs next to nothing.
_AT_LINE_END = re.compile(rf"[{_HYPHENS}](?<={_LETTER}.)[ \t]*\r?\n[ \t]*(?={_LETTER}{{2}})")
_SOFT_AT_LINE_END = re.compile(rf"[{_SOFT}](?<={_LETTER}.)[ \t]*\r?\n[ \t]*(?={_LETTER})")
_LOST_LINE_END = re.compile(rf"[{_HYPHENS}{_SOFT}](?<={_SMALL}{{2}}.) (?={_SMALL}{{2}})")
_NEXT_LINE = re.compile(rf"\r?\n[ \t]{{0,99}}{_SMALL}")
_INSIDE = re.compile(rf"([{_HYPHENS}{_SOFT}]?)\s+")
_CYRILLIC = re.compile("[а-яёА-ЯЁәғқңөұүһіӘҒҚҢӨҰҮҺІ]+(?:-[а-яёәғқңөұүһі]+)*")
_RUN = re.compile(r"\S+")
_OPENING, _CLOSING = "«“\"'([„", ".,;:!?…»”\"')]"

_LONE = frozenset(
    f"{before}{letter}{after}"
    for letter in LETTERS + LETTERS.upper()
    for before in ("", *_OPENING)
    for after in ("", *_CLOSING)
)
"""A letter by itself, as it may stand between white space."""

_LONE_KAZAKH = frozenset(
    run for run in _LONE if not KAZAKH_ONLY.isdisjoint(run.lower()) and "І" not in run
)
"""One that no word is, in small letters; І is a Roman numeral."""

_ABBREVIATIONS = ("қ", "ғ")
"""Letters that stand for a word before a full stop or comma: Алматы қ. (қаласы), ХІХ ғ."""

_SHATTERED = 3
"""So many letters by themselves are no abbreviations: the text has lost its joints."""

_SPACED = 4
"""Letters one after the other, each by itself, that are a word written so for show."""

_MOST_PIECES = 30
"""Of one word; longer ones are looked at in parts."""

_JOIN = 2.0
"""Bits that joining two pieces costs: what is written apart mostly is two words."""

_PLAUSIBLE = 4.0
"""Bits a letter up to which joined pieces look like a word; А Б В is none."""

_SURE = 8.0
"""Bits by which a word must be likelier than its halves to be one without a line end there."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Code points ``start`` to ``end`` of a text that part a word.

    hyphen: they hold a hyphen, so that the word may be a compound: ``азық-⏎түлік``.
    """

    start: int
    end: int
    hyphen: bool = False


def find_gaps(text: str, runs: Sequence[str] | None = None) -> list[Gap]:
    """The gaps of a text, in order. Linear in its length.

    runs: what stands between white space, if that is known already.
    """
    gaps = [*_line_ends(text)]
    if not _LONE.isdisjoint(text.split() if runs is None else runs):
        gaps += _spaces(text)
    return sorted(gaps, key=lambda gap: gap.start)


def gaps_inside(word: str) -> list[Gap]:
    """The gaps of what is known to be one word: all white space in it, hyphens before it too."""
    if len(word.split()) < 2:
        return []
    return [
        Gap(*match.span(), match[1] != "" and match[1] in _HYPHENS)
        for match in _INSIDE.finditer(word)
    ]


def is_gap(text: str, line_end: int) -> bool:
    """Whether a line break at a place of a text stands within a word."""
    before = text[max(line_end - _MOST_PIECES, 0) : line_end].rstrip(" \t\r")[-2:]
    if len(before) < 2 or before[1] not in _HYPHENS + _SOFT or not before[0].isalpha():
        return False
    return _NEXT_LINE.match(text, line_end) is not None


def _line_ends(text: str) -> Iterator[Gap]:
    if "\n" in text:
        for match in _AT_LINE_END.finditer(text):
            if text[match.end()].islower() or text[match.start() - 1].isupper():
                yield Gap(*match.span(), hyphen=True)
        for match in _SOFT_AT_LINE_END.finditer(text):
            yield Gap(*match.span())
    for match in _LOST_LINE_END.finditer(text):
        left, right = _word_before(text, match.start()), _word_after(text, match.end())
        if _price(left + right) + _SURE < _price(left) + _price(right):
            yield Gap(*match.span(), match[0][0] in _HYPHENS)


def _word_before(text: str, end: int) -> str:
    start = end
    while start > 0 and text[start - 1].isalpha() and end - start < _MOST_PIECES:
        start -= 1
    return text[start:end]


def _word_after(text: str, start: int) -> str:
    end = start
    while end < len(text) and text[end].isalpha() and end - start < _MOST_PIECES:
        end += 1
    return text[start:end]


def _price(word: str) -> float:
    """Bits that a word costs as it may be written."""
    from kzsearch.text.scripts.letter_model import letter_model  # 0.2 s, and seldom needed

    return letter_model().word_price(fold(normalize_text(word)))


@dataclass(frozen=True, slots=True)
class _Piece:
    """What stands between white space, and its letters without punctuation; '' if it has none."""

    start: int
    end: int
    text: str
    letters: str

    @property
    def is_lone(self) -> bool:
        return len(self.letters) == 1

    @property
    def is_lone_kazakh(self) -> bool:
        return self.text in _LONE_KAZAKH


def _piece(match: re.Match[str]) -> _Piece:
    run = match[0]
    letters = run.lstrip(_OPENING).rstrip(_CLOSING)
    if len(letters) > 1:  # look-alikes are repaired; a Roman numeral is no word then
        letters = normalize_text(letters)
    word = letters if _CYRILLIC.fullmatch(letters) else ""
    return _Piece(*match.span(), run, word)


def _spaces(text: str) -> Iterator[Gap]:
    """Single spaces that stand within a word."""
    rows = list(_rows(text))
    shattered = sum(piece.text in KAZAKH_ONLY for row in rows for piece in row) >= _SHATTERED
    for pieces in rows:
        spaced = _spaced(pieces)
        first = 0
        for at in range(len(pieces)):
            last = at + 1 == len(pieces)
            if last or not (
                {at, at + 1} <= spaced or _may_join(pieces[at], pieces[at + 1], shattered)
            ):
                yield from _joined(pieces[first : at + 1])
                first = at + 1


def _joined(pieces: Sequence[_Piece]) -> Iterator[Gap]:
    """The gaps inside the likeliest words of pieces, each of which may belong to the next."""
    for first in range(0, len(pieces) - 1, _MOST_PIECES):
        part = pieces[first : first + _MOST_PIECES]
        for start, end in _likeliest_words(part):
            for left, right in pairwise(part[start:end]):
                yield Gap(left.end, right.start)


def _rows(text: str) -> Iterator[list[_Piece]]:
    """Pieces that one space each parts, where one of them is a letter by itself."""
    row: list[_Piece] = []
    for match in _RUN.finditer(text):
        if row and (match.start() - row[-1].end > 1 or text[match.start() - 1] == "\n"):
            if any(piece.is_lone for piece in row):
                yield row
            row = []
        row.append(_piece(match))
    if any(piece.is_lone for piece in row):
        yield row


def _spaced(pieces: Sequence[_Piece]) -> set[int]:
    """The places of pieces in a row of letters each by itself, with no punctuation between."""
    spaced = set[int]()
    first = 0
    for at in range(len(pieces) + 1):
        goes_on = at < len(pieces) and pieces[at].is_lone
        if goes_on and (at == first or _touch(pieces[at - 1], pieces[at])):
            continue
        if at - first >= _SPACED and len({piece.letters for piece in pieces[first:at]}) > 2:
            spaced.update(range(first, at))
        first = at if goes_on else at + 1
    return spaced


def _touch(left: _Piece, right: _Piece) -> bool:
    """Whether no punctuation stands between."""
    return left.text[-1] == left.letters[-1:] and right.text[0] == right.letters[:1]


def _may_join(left: _Piece, right: _Piece, shattered: bool) -> bool:
    """Whether a letter by itself may belong to its neighbour."""
    if not (left.letters and right.letters and _touch(left, right)):
        return False
    if right.letters in _ABBREVIATIONS and right.text != right.letters and not shattered:
        return False
    return (left.is_lone_kazakh or right.is_lone_kazakh) and right.letters[0].islower()


def _likeliest_words(pieces: Sequence[_Piece]) -> Iterator[tuple[int, int]]:
    """The places of pieces that are one word each, where there are two or more, last first."""
    best = [0.0] + [float("inf")] * len(pieces)
    since = [0] * (len(pieces) + 1)
    for end in range(1, len(pieces) + 1):
        word = ""
        for start in range(end - 1, -1, -1):
            word = pieces[start].letters + word
            price = _price(word)
            if start < end - 1 and (
                price > _PLAUSIBLE * (len(word) + 1) or len(word) == end - start == 2
            ):
                continue
            price += best[start] + _JOIN * (end - start - 1)
            if price < best[end]:
                best[end], since[end] = price, start
    end = len(pieces)
    while end:
        if end - since[end] > 1:
            yield since[end], end
        end = since[end]
