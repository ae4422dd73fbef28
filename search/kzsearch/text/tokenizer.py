"""Splitting text into words, with their place in the original.

Written for Kazakh news, where the usual ``\\w+`` rules fail: ``Қ.Тоқаев`` and ``Алматы.Кеше`` are
two words each, ``ел-жұрт`` is three things to find (itself, ``ел``, ``жұрт``), ``55-ші`` and
``АҚШ-тың`` are one, and a word of one letter is still a word. docs/text.md lists what becomes of
each kind of writing.

One pattern walks over the text once, possessive throughout, so that no text can make it slow.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from kzsearch.text.affixes import KAZAKH_ENDING, attaches, is_acronym
from kzsearch.text.digit_groups import UNITS
from kzsearch.text.entities import find_entities
from kzsearch.text.gaps import Gap, find_gaps
from kzsearch.text.misreadings import meant_by_digits
from kzsearch.text.normalizer import MARK, Normalized, normalize, normalize_text
from kzsearch.text.roman import is_roman
from kzsearch.text.tokens import Token, TokenKind

__all__ = ["tokenize"]

_MOST_PARTS = 8
"""A chain of more parts than this is a line of a table or a drawing, not a compound."""

_RUN = rf"(?:[^\W_]++{MARK}*+)++"
_CLOCK = r"(?<![\d:])(?:[01]?\d|2[0-4]):[0-5]\d(?![\d:])"
_CHUNK = rf"(?:\d++(?:[.,]\d++)++{MARK}*+|{_CLOCK}|{_RUN}(?:'(?=[^\W\d_]){_RUN})*+)"
_ENDING = rf"-(?i:{KAZAKH_ENDING})(?![\w{MARK}'-])"
_SYMBOLS = "%‰№§°$€₽₸₺£¥"
_TOKEN = re.compile(
    rf"(?P<word>{_CHUNK}(?:-{_CHUNK})*+)"
    rf"|(?P<symbol>(?:°[CF\u0421\u0424](?!\w)|[{_SYMBOLS}]){MARK}*+(?:{_ENDING})?)"
    rf"""|(?P<ending>(?<=[»"”)\]']){_ENDING})"""
)
_AFTER_ENTITY = re.compile(_ENDING)
_QUOTED = re.compile(rf"([а-яёА-ЯЁәғқңөұүһіӘҒҚҢӨҰҮҺІ]{{3,}})'{KAZAKH_ENDING}")
_DATE = re.compile(r"(\d{1,4})\.(\d{1,2})\.(\d{2,4})(?=-|\Z)")
_GLUED = re.compile(rf"(\d+)([^\W\d_]{{2,}}|{UNITS})")
_DIGITS = re.compile(r"\d+(?:[.,:]\d+)*")

Piece = tuple[int, int, TokenKind]
"""A span of the normalised text and what it holds."""


def tokenize(text: str, gaps: Sequence[Gap] | None = None) -> list[Token]:
    """The tokens of a text, in order of position, then start; a whole before its parts.

    gaps: what parts words in it (see ``find_gaps``), if that is known already.
    Every token is a slice of the text: ``normalize_text(text[token.start:token.end])`` is
    ``token.text``, but for words broken by a gap and what was meant by digits in a word. The
    parts of a compound, an address or a date share the position of the whole.
    Time is linear in the length of the text.
    """
    if gaps is None:
        gaps = find_gaps(text)
    if gaps:
        return list(_with_compounds(_tokens(_closed(normalize(text), gaps)), text, gaps))
    return _tokens(normalize(text))


def _tokens(normal: Normalized) -> list[Token]:
    tokens: list[Token] = []
    position = 0
    done = 0
    for entity in find_entities(normal.shape):
        position = _add_words(tokens, normal, done, entity.start, position)
        _add(tokens, normal, entity.start, entity.end, position, entity.kind)
        for start, end, kind in entity.parts:
            _add(tokens, normal, start, end, position, kind)
        position += 1
        ending = _AFTER_ENTITY.match(normal.shape, entity.end)
        done = ending.end() if ending else entity.end
    _add_words(tokens, normal, done, len(normal.text), position)
    return tokens


def _closed(normal: Normalized, gaps: Sequence[Gap]) -> Normalized:
    """A normalised text without what stands in its gaps."""
    inside = {place for gap in gaps for place in range(gap.start, gap.end)}
    kept = [place for place, start in enumerate(normal.starts) if start not in inside]
    return Normalized(
        "".join(normal.text[place] for place in kept),
        "".join(normal.shape[place] for place in kept),
        [normal.starts[place] for place in kept],
        [normal.ends[place] for place in kept],
    )


def _with_compounds(tokens: list[Token], text: str, gaps: Sequence[Gap]) -> Iterator[Token]:
    """Words with a hyphen in a gap as compounds too: nothing tells whether азық-⏎түлік is one."""
    hyphens = [gap for gap in gaps if gap.hyphen]
    starts = [gap.start for gap in hyphens]
    for token in tokens:
        inside = hyphens[bisect_right(starts, token.start) : bisect_left(starts, token.end)]
        if len(inside) == 1 and token.text.isalpha():
            left = normalize_text(_without_gaps(text, token.start, inside[0].start, gaps))
            yield from _joined_and_apart(token, left, inside[0])
        else:
            yield token


def _without_gaps(text: str, start: int, end: int, gaps: Sequence[Gap]) -> str:
    """A stretch of a text without what stands in its gaps."""
    pieces = []
    for gap in gaps:
        if start <= gap.start and gap.end <= end:
            pieces.append(text[start : gap.start])
            start = gap.end
    return "".join([*pieces, text[start:end]])


def _joined_and_apart(token: Token, left: str, gap: Gap) -> Iterator[Token]:
    """A word broken at a hyphen, the same with its hyphen, and its halves; ``left``: the first."""
    right = token.text[len(left) :]
    if attaches(left, right):
        word = f"{left}-{right}"
        yield token._replace(text=word, kind=_kind(word))
        return
    whole = token._replace(kind=TokenKind.COMPOUND)
    yield whole
    yield whole._replace(text=f"{left}-{right}")
    yield token._replace(text=left, end=gap.start, kind=_kind(left))
    yield token._replace(text=right, start=gap.end, kind=_kind(right))


def _add(
    tokens: list[Token], normal: Normalized, start: int, end: int, position: int, kind: TokenKind
) -> None:
    text = normal.text[start:end]
    tokens.append(Token(text, normal.starts[start], normal.ends[end - 1], position, kind))


def _add_words(tokens: list[Token], normal: Normalized, start: int, end: int, position: int) -> int:
    """Add the tokens of a stretch without addresses; the position after them."""
    text, starts, ends = normal.text, normal.starts, normal.ends
    for match in _TOKEN.finditer(normal.shape, start, end):
        begin, stop = match.span()
        word = text[begin:stop]
        if word.isalpha():
            kind = _kind(word)
        elif match.lastgroup == "ending":
            continue  # the ending of a quoted name: «Астана»-да
        elif match.lastgroup == "symbol":
            kind = TokenKind.SYMBOL
        else:
            position = _add_structured(tokens, normal, begin, stop, position)
            continue
        tokens.append(Token(word, starts[begin], ends[stop - 1], position, kind))
        position += 1
    return position


def _add_structured(
    tokens: list[Token], normal: Normalized, start: int, end: int, position: int
) -> int:
    """Add a word that holds more than letters: hyphens, digits, an apostrophe."""
    word = normal.text[start:end]
    if quoted := _QUOTED.fullmatch(word):  # the ending of a name in single quotes: ‘Болашақ’тың
        end = start + len(quoted[1])
        word = quoted[1]
    pieces = list(_hyphenated(word))
    if len(pieces) > _MOST_PARTS:
        for begin, stop in pieces:
            _add(tokens, normal, start + begin, start + stop, position, _kind(word[begin:stop]))
            position += 1
        return position
    parts = [(begin, stop, _kind(word[begin:stop])) for begin, stop in pieces]
    whole = parts[0][2] if len(parts) == 1 else TokenKind.COMPOUND
    if len(parts) == 1:
        parts = list(_number_parts(word))
        if parts and parts[-1][2] is TokenKind.WORD:
            whole = TokenKind.COMPOUND
    _add(tokens, normal, start, end, position, whole)
    if len(pieces) == 1 and (meant := _meant(word)):
        tokens.append(tokens[-1]._replace(text=meant, kind=TokenKind.WORD))
    for begin, stop, kind in parts:
        _add(tokens, normal, start + begin, start + stop, position, kind)
    return position + 1


def _meant(word: str) -> str | None:
    """The word that was meant by one with digits in place of letters: те0із."""
    glued = _GLUED.fullmatch(word)
    if word.isascii() or (glued and attaches(glued[1], glued[2])):  # 1ші
        return None
    return meant_by_digits(word)


def _hyphenated(word: str) -> Iterator[tuple[int, int]]:
    """The spans between hyphens, an ending or particle joined to what it stands after."""
    start = end = 0
    for chunk in word.split("-"):
        if end and not attaches(word[start:end], chunk):
            yield start, end
            start = end + 1
        end = end + 1 + len(chunk) if end else len(chunk)
    yield start, end


def _number_parts(word: str) -> Iterator[Piece]:
    """Day, month and year of a date, or number and word written together: 12.09.2025, 5млн."""
    date = _DATE.match(word)
    if date:
        for group in (1, 2, 3):
            yield *date.span(group), TokenKind.NUMBER
    glued = _GLUED.fullmatch(word)
    if glued:
        yield *glued.span(1), TokenKind.NUMBER
        yield *glued.span(2), TokenKind.WORD


def _kind(word: str) -> TokenKind:
    """What a word is by its letters; a word with an ending is what its head is."""
    if word.isalpha() and not word[-1].isupper():
        return TokenKind.WORD
    head = word.partition("-")[0]
    if _DIGITS.fullmatch(head) or is_roman(head):
        return TokenKind.NUMBER
    return TokenKind.ACRONYM if is_acronym(head) else TokenKind.WORD
