"""Normalising text while every character keeps its place in the original.

Kazakh news comes from many keyboards: і typed as Latin i, ə for ә, soft hyphens from word
processors, stress marks, four kinds of dash, Roman numerals in Cyrillic letters. Two spellings
of one word must become one token, and a match must still be shown in the text as it was written,
so normalising yields a map of offsets beside the text.

The tables are data files. Each rule looks no further than one run of letters, and no token ever
cuts a run of letters, so that normalising the slice of a token gives the token again.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, groupby

from kzsearch.text.alphabet import LETTERS, VOWELS
from kzsearch.text.data_files import rows
from kzsearch.text.misreadings import BARRED, without_bars
from kzsearch.text.roman import is_roman

__all__ = ["MARK", "Normalized", "normalize", "normalize_text"]

MARK = "\u0301"
"""The one combining mark that occurs in ``Normalized.shape``; it stands for all of them."""

_STRESS = "\u0301"

# A run of combining marks is cut after so many (Unicode's Stream-Safe Text Format): ordering
# marks takes time quadratic in the run, and no language writes more than a handful.
_MOST_MARKS = 30

_COMPATIBILITY = re.compile(
    "[\u2160-\u2188\u2460-\u2473\u3371-\u33df\ufb00-\ufb06\uff01-\uff5e"
    "\ufb50-\ufbff\ufe70-\ufefc\U0001d400-\U0001d7ff]"
)
"""Ⅻ ① ㎞ ﬁ Ａ, Arabic letters in the shape of a place, mathematical letters."""

# Characters that are composed already, never join the one before, are not deleted and stand for
# themselves. A text that holds others takes the careful way.
_SAFE_RANGES = "\x00-\xab\xae-\u02ff\u0370-\u0373\u0375-\u037d\u037f-\u0386\u0388-\u0482"
_SAFE_RANGES += "\u048a-\u0590\u0620-\u063f\u0641-\u064a\u0660-\u066f\u0671-\u06d5"
_SAFE_RANGES += "\u2010-\u2027\u2030-\u205e\u2070-\u20cf\u2116\u2190-\u21ff"

_LATIN = "A-Za-z\u00c0-\u024f\u0259\u0275\u1e00-\u1eff"
_CYRILLIC = "\u0400-\u0482\u048a-\u052f"


@dataclass(frozen=True, slots=True)
class Normalized:
    """A normalised text and where each of its characters came from.

    text: the normalised text, NFC.
    shape: the same, with every combining mark shown as ``MARK``, for patterns to walk over.
    starts, ends: for each character its half-open span in code points of the original.
    """

    text: str
    shape: str
    starts: Sequence[int]
    ends: Sequence[int]


def _one_of(characters: Iterable[str]) -> str:
    return "[" + "".join(re.escape(character) for character in sorted(characters)) + "]"


def _without(ranges: str, characters: Iterable[str]) -> str:
    """The characters of ranges, as a pattern has them between brackets, without some."""
    spans = re.findall("(.)(?:-(.))?", ranges, re.DOTALL)
    all_of = (range(ord(first), ord(last or first) + 1) for first, last in spans)
    codes = sorted(set(chain.from_iterable(all_of)) - set(map(ord, characters)))
    pieces = []
    for _, run in groupby(enumerate(codes), key=lambda item: item[1] - item[0]):
        span = [code for _, code in run]
        pieces.append(f"\\U{span[0]:08x}-\\U{span[-1]:08x}")
    return "".join(pieces)


def _character(code: str) -> str:
    return chr(int(code.removeprefix("U+"), 16))


_TABLE = {_character(code): to for code, to, *_ in rows("characters")}
_DELETED = frozenset(old for old, to in _TABLE.items() if to == "delete")
_REPLACEMENTS = {old: _character(to) for old, to in _TABLE.items() if to != "delete"}
_TO_CYRILLIC = {latin: cyrillic for latin, cyrillic, _ in rows("lookalikes")}
_TO_LATIN = {cyrillic: latin for latin, cyrillic in _TO_CYRILLIC.items() if latin.isascii()}
_NEIGHBOURS = {old: to for old, to, *_ in rows("neighbours")}
_NEIGHBOURS |= {old.upper(): to.upper() for old, to in _NEIGHBOURS.items() if old != "γ"}
_ANY_LETTER = frozenset(LETTERS)
_ONLY_WITH = {old: frozenset(beside) for old, _, beside, _ in rows("neighbours") if beside != "-"}
_TO_ROMAN = {cyrillic: latin for cyrillic, latin, _ in rows("roman")}

_SAFE = _without(_SAFE_RANGES, _NEIGHBOURS)
_REPLACED = re.compile(_one_of(_REPLACEMENTS))
_NEIGHBOUR = re.compile(_one_of(_NEIGHBOURS))
_RISKY = re.compile(f"[^{_SAFE}]")
_RISKY_REGION = re.compile(f"[{_SAFE}]?[^{_SAFE}]+")
_MIXED = re.compile(f"[{_LATIN}][{_CYRILLIC}]|[{_CYRILLIC}][{_LATIN}]")
_LETTERS = re.compile(r"[^\W\d_]+")
_ONLY_LATIN = re.compile(f"[{_LATIN}]+")
_ONLY_CYRILLIC = re.compile(f"[{_CYRILLIC}]+")
_KAZAKH = re.compile(f"[{LETTERS}{LETTERS.upper()}]+")
_YEN = re.compile(f"¥+(?=[{_CYRILLIC}])|(?<=[{_CYRILLIC}])¥+")
_ROMAN_LIKE = re.compile(rf"{_one_of(_TO_ROMAN)}+(?![^\W\d_])")

_CYRILLIC_TABLE = str.maketrans(_TO_CYRILLIC)
_LATIN_TABLE = str.maketrans(_TO_LATIN)
_NEIGHBOUR_TABLE = str.maketrans(_NEIGHBOURS)
_ROMAN_TABLE = str.maketrans(_TO_ROMAN)


def normalize_text(text: str) -> str:
    """The text normalised; see ``normalize`` for the offsets."""
    return normalize(text).text


def normalize(text: str) -> Normalized:
    """Normalise a text, in time linear in its length.

    NFC; soft hyphens, invisible and direction marks and stress marks on Cyrillic vowels deleted;
    spaces, hyphens and apostrophes each made one; compatibility characters as what they stand for
    (Ａ, ﬁ, Ⅻ, ㎞); letters of neighbours' alphabets, ¥ and | in Kazakh words as the Kazakh letters
    they stand for; Latin look-alikes repaired inside words that
    hold Cyrillic (and the reverse where the word is otherwise Latin); Roman numerals in Latin.
    """
    text = _REPLACED.sub(lambda match: _REPLACEMENTS[match[0]], text)
    starts: Sequence[int] = range(len(text))
    ends: Sequence[int] = range(1, len(text) + 1)
    risky = _RISKY.search(text) is not None
    if risky:
        text, starts, ends = _compose(text)
    if "¥" in text:
        text = _YEN.sub(_yen, text)
    if "|" in text:
        text = BARRED.sub(without_bars, text)
    text = _ROMAN_LIKE.sub(_roman, text)
    if _MIXED.search(text):
        text = _LETTERS.sub(_one_alphabet, text)
    if risky and _NEIGHBOUR.search(text):
        text = _LETTERS.sub(_kazakh_letters, text)
    return Normalized(text, _RISKY.sub(_shape, text), starts, ends)


def _shape(match: re.Match[str]) -> str:
    return MARK if unicodedata.category(match[0])[0] == "M" else match[0]


def _roman(match: re.Match[str]) -> str:
    """A Roman numeral in Latin letters; a lone Х is left, it is an initial more often than 10."""
    run = match[0]
    numeral = run.translate(_ROMAN_TABLE)
    before = match.string[match.start() - 1 : match.start()]
    if _LETTERS.match(before) or _is_marked(match) or numeral in ("X", "V"):
        return run
    return numeral if is_roman(numeral) else run


def _kazakh_letters(match: re.Match[str]) -> str:
    """A run of letters with Kazakh ones for those of neighbours, if all of it is Kazakh then."""
    run = match[0]
    foreign = set(run).intersection(_NEIGHBOURS)
    if not foreign or _is_marked(match):
        return run
    kazakh = run.translate(_NEIGHBOUR_TABLE)
    if not _KAZAKH.fullmatch(kazakh):
        return run
    others = set(run.lower()) - {letter.lower() for letter in foreign}
    return run if any(_needs(letter).isdisjoint(others) for letter in foreign) else kazakh


def _needs(letter: str) -> frozenset[str]:
    """The letters of which a run must have one so that a letter of it is read as Kazakh."""
    return _ONLY_WITH.get(letter.lower(), _ANY_LETTER)


def _yen(match: re.Match[str]) -> str:
    """The sign that has the place of Ұ in old Kazakh fonts; of several in a row none is money."""
    before = match.string[match.start() - 1 : match.start()]
    return ("ұ" if before.islower() else "Ұ") * len(match[0])


def _is_marked(match: re.Match[str]) -> bool:
    """Whether a combining mark follows, which another letter might compose with."""
    after = match.string[match.end() : match.end() + 1]
    return after != "" and unicodedata.combining(after) != 0


def _one_alphabet(match: re.Match[str]) -> str:
    """A run of letters in one alphabet, if every letter of the other has a look-alike there."""
    run = match[0]
    if not _MIXED.search(run) or _is_marked(match):
        return run
    cyrillic = run.translate(_CYRILLIC_TABLE)
    numeral = cyrillic.translate(_ROMAN_TABLE)
    if is_roman(numeral):
        return numeral
    if not _ONLY_LATIN.search(cyrillic):
        return cyrillic
    latin = run.translate(_LATIN_TABLE)
    return run if _ONLY_CYRILLIC.search(latin) else latin


def _compose(text: str) -> tuple[str, list[int], list[int]]:
    """Delete and compose, region by region; what lies between the regions is safe as it is."""
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done = 0
    for region in _RISKY_REGION.finditer(text):
        at = region.start()
        pieces.append(text[done:at])
        starts.extend(range(done, at))
        ends.extend(range(done + 1, at + 1))
        for cluster, start, end in _clusters(region[0], at):
            composed = _composed(cluster)
            pieces.append(composed)
            starts.extend([start] * len(composed))
            ends.extend([end] * len(composed))
        done = region.end()
    pieces.append(text[done:])
    starts.extend(range(done, len(text)))
    ends.extend(range(done + 1, len(text) + 1))
    return "".join(pieces), starts, ends


def _composed(cluster: str) -> str:
    """A letter with its marks as NFC, without a stress mark if it is a Cyrillic vowel."""
    if _COMPATIBILITY.match(cluster):
        meant = unicodedata.normalize("NFKC", cluster[0])
        if len(meant) == 1 or meant.isalpha() or meant.isdigit():
            cluster = _REPLACED.sub(lambda match: _REPLACEMENTS[match[0]], meant) + cluster[1:]
    composed = unicodedata.normalize("NFC", cluster)
    if _STRESS in composed and composed[0].lower() in VOWELS:
        return unicodedata.normalize("NFC", composed.replace(_STRESS, ""))
    return composed


def _clusters(region: str, offset: int) -> Iterable[tuple[str, int, int]]:
    """Letters with the marks that belong to them, and their spans in the original."""
    cluster, start, end, marks = "", offset, offset, 0
    for at, character in enumerate(region, offset):
        if character in _DELETED:
            continue
        mark = unicodedata.combining(character) != 0
        if cluster and (mark or _joins(cluster, character)):
            marks += mark
            if marks <= _MOST_MARKS:
                cluster += character
            end = at + 1
            continue
        if cluster:
            yield cluster, start, end
        cluster, start, end, marks = character, at, at + 1, int(mark)
    if cluster:
        yield cluster, start, end


def _joins(cluster: str, character: str) -> bool:
    """Whether a letter composes with the one before, as Korean and Indic letters do."""
    if character < "\u0900":
        return False
    apart = unicodedata.normalize("NFC", cluster) + unicodedata.normalize("NFC", character)
    return unicodedata.normalize("NFC", cluster + character) != apart
