"""Words broken by what stands inside them: line ends, and spaces that mean nothing.

Old pages and scanned text hold ``мек-⏎теп``, ``мек¬⏎теп``, ``жо- тасын`` (a page that lost its line
ends), ``те ң ге`` (the letter came from another font) and ``Қ А З А Қ С Т А Н`` (a heading). What
parts such a word is a *gap*. Where letters alone cannot tell, the letter model does: a word costs
about 14 bits, two halves of one cost twice that, two words written as one cost far more.

The spaces between the digit groups of a number (``15 000``, see ``digit_groups``) are gaps too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from unicodedata import normalize

from kzsearch.text.alphabet import KAZAKH_ONLY, LETTERS
from kzsearch.text.digit_groups import digit_group_spaces, is_before_unit
from kzsearch.text.folding import fold
from kzsearch.text.misreadings import word_price
from kzsearch.text.normalizer import normalize_text

__all__ = [
    "BREAKING",
    "LONE",
    "LONGEST_LONE",
    "Gap",
    "find_gaps",
    "gaps_inside",
    "is_gap",
    "may_part",
]

_HYPHENS = "-\u2010\u2011"
_SOFT = "\u00ad\u00ac"
BREAKING = _HYPHENS + _SOFT
"""What stands before the end of a line that breaks a word."""

_MARKS = "".join(map(chr, range(0x300, 0x370)))
_LETTER = r"[^\W\d_]"
_LETTER_OR_MARK = rf"(?:{_LETTER}|[\u0300-\u036f])"
_SMALL = "[а-яёәғқңөұүһі]"

# It begins with what is rare, so that looking for it costs next to nothing.
_BREAK = re.compile(
    rf"[{_HYPHENS}{_SOFT}](?<={_LETTER_OR_MARK}.)"
    rf"(?:(?P<line>[ \t]*\r?\n[ \t]*)(?={_LETTER})| (?={_SMALL}))"
)
_NEXT_LINE = re.compile(rf"\r?\n[ \t]{{0,99}}{_SMALL}")
_INSIDE = re.compile(rf"([{_HYPHENS}{_SOFT}]?)\s+")
_CYRILLIC = re.compile("[а-яёА-ЯЁәғқңөұүһіӘҒҚҢӨҰҮҺІ]+(?:-[А-ЯЁӘҒҚҢӨҰҮҺІ]?[а-яёәғқңөұүһі]+)*")
_RUN = re.compile(r"\S+")
_OPENING, _CLOSING = "«“\"'([„", ".,;:!?…»”\"')]"


_MARKED_APART = tuple(normalize("NFD", letter) for letter in "йёЙЁ")
LONE = frozenset(
    f"{before}{letter}{after}"
    for letter in (*LETTERS, *LETTERS.upper(), *_MARKED_APART)
    for before in ("", *_OPENING)
    for after in ("", *_CLOSING)
)
"""A letter by itself, as it may stand between white space."""

LONGEST_LONE = max(map(len, LONE))

_LONE_KAZAKH = frozenset(
    run for run in LONE if not KAZAKH_ONLY.isdisjoint(run.lower()) and "І" not in run
)
"""One that no word is, in small letters; І is a Roman numeral."""

_ABBREVIATIONS = ("қ", "ғ")
"""Letters that stand for a word before a full stop or comma: Алматы қ. (қаласы), ХІХ ғ."""

_SHATTERED = 3
"""So many letters by themselves are no abbreviations: the text has lost its joints."""

_SPACED = 4
"""Letters one after the other, each by itself, that are a word written so for show."""

_LONGEST_WORD = 30  # letters; Kazakh words end far earlier
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


def find_gaps(
    text: str, runs: Sequence[str] | None = None, starts: Sequence[int] | None = None
) -> list[Gap]:
    """The gaps of a text, in order. Linear in its length.

    runs, starts: what stands between white space and where, if that is known already.
    """
    gaps = [*_line_ends(text), *(Gap(at, at + 1) for at in digit_group_spaces(text))]
    gaps.sort(key=lambda gap: gap.start)
    runs = text.split() if runs is None else runs
    if not LONE.isdisjoint(runs):
        places = [place for place, run in enumerate(runs) if run in LONE]
        if not _LONE_KAZAKH.isdisjoint(runs) or _are_four_in_a_row(places):
            starts = starts or [match.start() for match in _RUN.finditer(text)]
            gaps += _spaces(text, runs, starts, places)
            gaps.sort(key=lambda gap: gap.start)
    return gaps


def may_part(lone: Sequence[str]) -> bool:
    """Whether white space may part words, as far as the letters by themselves in a text tell."""
    return len(lone) >= _SPACED or not _LONE_KAZAKH.isdisjoint(lone)


def _are_four_in_a_row(places: Sequence[int]) -> bool:
    return any(
        last - first < _SPACED for first, last in zip(places, places[_SPACED - 1 :], strict=False)
    )


def gaps_inside(run: str) -> list[Gap]:
    """The gaps of what is known to be one run: all white space in it, hyphens before it too.

    But for the space between a number and its unit, which are two words.
    """
    if len(run.split()) < 2:
        return []
    return [
        Gap(*match.span(), match[1] != "" and match[1] in _HYPHENS)
        for match in _INSIDE.finditer(run)
        if not is_before_unit(run, match.start())
    ]


def is_gap(text: str, line_end: int) -> bool:
    """Whether a line break at a place of a text stands within a word."""
    before = text[max(line_end - _MOST_PIECES, 0) : line_end].rstrip(" \t\r")[-2:]
    if len(before) < 2 or before[1] not in _HYPHENS + _SOFT or not before[0].isalpha():
        return False
    return _NEXT_LINE.match(text, line_end) is not None


def _line_ends(text: str) -> Iterator[Gap]:
    for match in _BREAK.finditer(text):
        start, end = match.span()
        hyphen = text[start] in _HYPHENS
        if not text[max(start - _MOST_PIECES, 0) : start].rstrip(_MARKS)[-1:].isalpha():
            continue  # a mark on nothing
        if match["line"] is None:
            left, right = _word_before(text, start), _word_after(text, end)
            if (
                len(left) > 1
                and len(right) > 1
                and word_price(left + right) + _SURE < word_price(left) + word_price(right)
            ):
                yield Gap(start, end, hyphen)
        elif not hyphen or text[end].islower() or text[start - 1].isupper():
            yield Gap(start, end, hyphen)


def _word_before(text: str, end: int) -> str:
    start = end
    while start > 0 and _is_letter(text[start - 1]) and end - start < _MOST_PIECES:
        start -= 1
    return normalize_text(text[start:end])


def _word_after(text: str, start: int) -> str:
    end = start
    while end < len(text) and _is_letter(text[end]) and end - start < _MOST_PIECES:
        end += 1
    return normalize_text(text[start:end])


def _is_letter(character: str) -> bool:
    return character.isalpha() or "\u0300" <= character <= "\u036f"


@dataclass(frozen=True, slots=True)
class _Piece:
    """What stands between white space.

    text: as it stands. letters: without punctuation, normalised; '' if it holds more than letters.
    opens, closes: whether punctuation stands before, behind them.
    """

    start: int
    end: int
    text: str
    letters: str
    opens: bool
    closes: bool

    @property
    def is_lone(self) -> bool:
        return len(self.letters) == 1

    @property
    def is_lone_kazakh(self) -> bool:
        return self.text in _LONE_KAZAKH


def _piece(run: str, start: int) -> _Piece:
    letters = run.lstrip(_OPENING).rstrip(_CLOSING)
    opens, closes = not run.startswith(letters), not run.endswith(letters)
    if len(letters) > 1:  # look-alikes are repaired; a Roman numeral is no word then
        letters = normalize_text(letters)
    word = letters if _CYRILLIC.fullmatch(letters) else ""
    return _Piece(start, start + len(run), run, word, opens, closes)


def _spaces(
    text: str, runs: Sequence[str], starts: Sequence[int], places: Sequence[int]
) -> Iterator[Gap]:
    """Single spaces that stand within a word; places: of the letters by themselves."""
    shattered = sum(runs[place] in KAZAKH_ONLY for place in places) >= _SHATTERED
    for pieces in _rows(text, runs, starts, places):
        spaced = _spaced(pieces)
        first = 0
        for at in range(len(pieces)):
            last = at + 1 == len(pieces)
            if last or not (
                {at, at + 1} <= spaced or _may_join(pieces[at], pieces[at + 1], shattered)
            ):
                yield from _joined(pieces[first : at + 1])
                first = at + 1


def _rows(
    text: str, runs: Sequence[str], starts: Sequence[int], places: Sequence[int]
) -> Iterator[list[_Piece]]:
    """Letters by themselves and their neighbours, as far as one space parts each from the next."""
    row: list[_Piece] = []
    done = -1  # the last run looked at
    for place in places:
        for near in range(max(place - 1, done + 1), min(place + 2, len(runs))):
            piece = _piece(runs[near], starts[near])
            beside = row and near == done + 1 and piece.start - row[-1].end == 1
            if not beside or text[piece.start - 1] in "\r\n":
                if row:
                    yield row
                row = []
            row.append(piece)
            done = near
    if row:
        yield row


def _joined(pieces: Sequence[_Piece]) -> Iterator[Gap]:
    """The gaps inside the likeliest words of pieces, each of which may belong to the next."""
    for first in range(0, len(pieces) - 1, _MOST_PIECES):
        part = pieces[first : first + _MOST_PIECES]
        for start, end in _likeliest_words(part):
            for left, right in pairwise(part[start:end]):
                yield Gap(left.end, right.start)


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
    return not (left.closes or right.opens)


def _may_join(left: _Piece, right: _Piece, shattered: bool) -> bool:
    """Whether a letter by itself may belong to its neighbour."""
    if not (left.letters and right.letters and _touch(left, right)):
        return False
    if right.letters in _ABBREVIATIONS and right.closes and not shattered:
        return False
    return (left.is_lone_kazakh or right.is_lone_kazakh) and right.letters[0].islower()


def _likeliest_words(pieces: Sequence[_Piece]) -> Iterator[tuple[int, int]]:
    """The places of pieces that are one word each, where there are two or more, last first."""
    best = [0.0] + [float("inf")] * len(pieces)
    since = [0] * (len(pieces) + 1)
    for start in range(len(pieces)):
        for end, bits, letters in _words_from(pieces, start):
            if end > start + 1:
                if bits > _PLAUSIBLE * (letters + 1):
                    continue
                if letters == 2 and len(pieces) >= _SPACED:  # two letters of an alphabet
                    continue
            price = best[start] + bits + _JOIN * (end - start - 1)
            if price < best[end]:
                best[end], since[end] = price, start
    end = len(pieces)
    while end:
        if end - since[end] > 1:
            yield since[end], end
        end = since[end]


def _words_from(pieces: Sequence[_Piece], start: int) -> Iterator[tuple[int, float, int]]:
    """Where a word may end that begins with a piece, its price and how many letters it has."""
    from kzsearch.text.scripts.letter_model import BEGIN, END, letter_model

    model = letter_model()
    written, bits = BEGIN, 0.0
    for end in range(start + 1, len(pieces) + 1):
        for letter in fold(pieces[end - 1].letters):
            written = written[-model.context :] + letter
            bits += model.price(written)
        letters = sum(len(piece.letters) for piece in pieces[start:end])
        if letters > _LONGEST_WORD and end > start + 1:
            return
        yield end, bits + model.price(written[-model.context :] + END), letters
