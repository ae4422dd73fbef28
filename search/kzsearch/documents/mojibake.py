"""Text that was broken before it came: read in a wrong encoding, and saved so.

Three things happen to Kazakh news. Its bytes were taken for Western ones (``Æà¾à`` for Жаңа), UTF-8
for one-byte text (``Р–Р°ТЈР°``, ``Ð–Ð°Ò£Ð°``), KZ-1048 for Windows-1251 or a font put the Kazakh
letters in the place of others (``Ќазаќстан``). The first two leave proof in the bytes; the last is
repaired only where the words look Kazakh afterwards and did not before, so that Ukrainian, Serbian
and Macedonian stay as they are. Most of what ftfy knows is taken from it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, zip_longest

import numpy as np
from numpy.typing import NDArray

from kzsearch.text.code_units import code_units, marked

__all__ = ["Mended", "letters_lost", "mend_fields"]

_WESTERN = "\u00c0-\u00ff"
_SECOND = (
    "\u0080-\u00bf\u0152-\u0178\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2116\u2122Ђ-ЏЎўђ-џёєіјґЄЇЅѕ"
)
_RARE = re.compile(f"[{_WESTERN}¤-¦¨¬°-·º¼-¿£¢¡ª\u2550-\u256cЂ-ЅЇ-ЏЎўђ-ѕї-џґҐ]")
_LAST_RARE = 0x256C
_SUSPECT = re.compile(
    f"[{_WESTERN}]{{3}}|[ÂÃÐÑÒÓâ][{_SECOND}]|(?:[РСТУ][{_SECOND}]){{2}}"
    "|[\u2550-\u256c][а-яё\u2500-\u25a0]"
    "|[ЌќЋћЎўЈјҐґЄєЇїЅѕ]|[¤¥±µ¦¨¬°¶·º¼½¾¿£¢¡ª¹²³](?<=[а-яёі].)(?=[а-яёі])"
)
"""What no right Kazakh or Russian text has. Most texts have not even one of the rare letters, and
are looked at no further."""

_UTF_8_TAKEN_FOR = (
    *("sloppy-windows-1251", "sloppy-windows-1252", "latin-1", "kz1048", "koi8_r", "cp866"),
)
_RUN = re.compile("[^\x00-\x7f]+")
_MOST_REPAIRS = 3  # a text may have been broken twice

_LETTER = re.compile(r"[^\W\d_]")
_WESTERN_LETTER = re.compile(f"[{_WESTERN}]")
_WORD_SIGNS = "¤¥±µ¦¨¬°¶·º¼½¾¿£¢¡ª¹²³"
_WORD = re.compile(f"[\u0400-\u052f{_WORD_SIGNS}]+")
_STRANGE = re.compile(f"[{_WORD_SIGNS}ЌќЋћЎўЈјҐґЄєЇїЅѕЃѓЂђЉљЊњЏџ]")
_SMALL = re.compile("[а-яё]")
_KAZAKH = "әғқңөұүһ"

_GAIN = 1.0
"""Bits a letter by which a repair must make the words it touches likelier."""

_LEGIBLE = 3.6
"""Bits a letter that they may cost then: Kazakh words take 1.6 to 3.1."""

_FEWEST_LETTERS = 8
"""Letters of the words touched: with fewer anything may look right."""

_CYRILLIC_SMALL = "[а-яёәғқңөұүһі]"
# It begins with what is rare, so that looking for it costs next to nothing.
_LOST = re.compile(f"[?\ufffd](?:(?<=\ufffd)|(?<={_CYRILLIC_SMALL}.)(?={_CYRILLIC_SMALL}))")


@dataclass(frozen=True, slots=True)
class Mended:
    """Fields of a record with their texts repaired, and what was wrong with them, one clause."""

    fields: Mapping[str, object]
    what: str


def mend_fields(fields: Mapping[str, object]) -> Mended | None:
    """The fields of a record with broken texts repaired; None if none was broken.

    Texts of one record are judged together: a title alone may be too short to be sure.
    """
    if not _rare()[code_units("\n".join(_texts(fields)))].any():
        return None
    texts = [text for text in _texts(fields) if _SUSPECT.search(text)]
    if not texts:
        return None
    found = {text: mended for text in texts if (mended := _by_bytes(text))}
    said = [what for _, what in found.values()]
    repaired = {text: found[text][0] if text in found else text for text in _texts(fields)}
    if letters := _kazakh_letters("\n".join(repaired.values())):
        table, what = letters
        repaired = {text: mended.translate(table) for text, mended in repaired.items()}
        said.append(what)
    if not said:
        return None
    return Mended(_replaced(fields, repaired), ", ".join(dict.fromkeys(said)))


@cache
def _rare() -> NDArray[np.bool_]:
    """For each code unit whether it is a rare letter."""
    return marked(_RARE.findall("".join(map(chr, range(_LAST_RARE + 1)))))


def letters_lost(fields: Mapping[str, object]) -> int:
    """How many letters of the texts of a record were lost to ``?`` or U+FFFD."""
    return sum(
        len(_LOST.findall(text)) for text in _texts(fields) if "\ufffd" in text or "?" in text
    )


def _texts(value: object) -> list[str]:
    """All texts in a value, however deep."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        value = list(value.values())
    return [text for item in value for text in _texts(item)] if isinstance(value, list) else []


def _replaced(value: Mapping[str, object], repaired: Mapping[str, str]) -> dict[str, object]:
    def of(inner: object) -> object:
        if isinstance(inner, str):
            return repaired.get(inner, inner)
        if isinstance(inner, Mapping):
            return {key: of(item) for key, item in inner.items()}
        return [of(item) for item in inner] if isinstance(inner, list) else inner

    return {key: of(item) for key, item in value.items()}


def _by_bytes(text: str) -> tuple[str, str] | None:
    """A text of which the bytes tell what it was, and what was wrong; None if it was right."""
    said = ""
    for _ in range(_MOST_REPAIRS):
        found = _once_utf_8(text) or _once_one_byte(text) or _by_ftfy(text)
        if not found:
            break
        text, said = found
    return (text, said) if said else None


def _once_utf_8(text: str) -> tuple[str, str] | None:
    import ftfy.bad_codecs  # noqa: F401  # codecs that take the bytes no character stands for

    for encoding in _UTF_8_TAKEN_FOR:
        runs = _RUN.findall(text)
        decoded = [_decoded(run, encoding) for run in runs]
        right = sum(len(run) for run, was in zip(runs, decoded, strict=True) if was)
        letters = "".join(was or "" for was in decoded)
        if right * 5 >= sum(map(len, runs)) * 4 and len(_LETTER.findall(letters)) >= 3:
            pieces = [was or run for run, was in zip(runs, decoded, strict=True)]
            return _with_runs(text, pieces), "UTF-8 taken for another encoding"
    return None


def _with_runs(text: str, pieces: Sequence[str]) -> str:
    """A text with other pieces where it has runs that are not ASCII."""
    between = _RUN.split(text)
    return "".join(chain.from_iterable(zip_longest(between, pieces, fillvalue="")))


def _decoded(run: str, encoding: str) -> str | None:
    try:
        return run.encode(encoding).decode("utf-8")
    except UnicodeError:
        return None


def _once_one_byte(text: str) -> tuple[str, str] | None:
    """Cyrillic bytes taken for Western ones: most letters have accents then."""
    letters = len(_LETTER.findall(text))
    if len(_WESTERN_LETTER.findall(text)) * 2 < letters or not letters:
        return None
    from kzsearch.documents.legibility import bits_per_letter

    for encoding in ("sloppy-windows-1252", "latin-1"):
        try:
            mended = text.encode(encoding).decode("kz1048")
        except UnicodeError:
            mended = "".join(_as_cyrillic(character, encoding) for character in text)
        bits = bits_per_letter(mended)
        if bits is not None and bits <= _LEGIBLE:
            return mended, "Windows-1251 or KZ-1048 taken for a Western encoding"
    return None


def _as_cyrillic(character: str, encoding: str) -> str:
    try:
        return character.encode(encoding).decode("kz1048")
    except UnicodeError:
        return character


def _by_ftfy(text: str) -> tuple[str, str] | None:
    import ftfy

    mended = ftfy.fix_encoding(text)
    return (mended, "UTF-8 taken for another encoding") if mended != text else None


def _kazakh_letters(text: str) -> tuple[dict[int, str], str] | None:
    """What other letters stand for in a text whose Kazakh letters were all exchanged for them."""
    words = Counter(word for word in _WORD.findall(text) if _has_strange(word))
    if not words or sum(text.count(letter) for letter in _KAZAKH) > sum(map(_strange_in, words)):
        return None
    if _is_better(words, table := _of_code_page()):
        return table, "KZ-1048 taken for Windows-1251"
    if _is_better(words, table := _of_font(words)):
        return table, "letters of an old Kazakh font"
    return None


def _has_strange(word: str) -> bool:
    return _STRANGE.search(word) is not None and _SMALL.search(word) is not None


def _strange_in(word: str) -> int:
    return len(_STRANGE.findall(word))


def _is_better(words: Mapping[str, int], mapping: Mapping[int, str]) -> bool:
    """Whether words look Kazakh with letters exchanged, and did not before."""
    from kzsearch.documents.legibility import word_bits

    letters = sum(len(word) + 1 for word in words)
    before = sum(map(word_bits, words)) / letters
    after = sum(word_bits(word.translate(mapping)) for word in words) / letters
    return letters >= _FEWEST_LETTERS and after <= _LEGIBLE and after + _GAIN <= before


def _of_code_page() -> dict[int, str]:
    """What KZ-1048 has where Windows-1251 has the letters of other languages."""
    every = bytes(range(128, 256))
    right, wrong = every.decode("kz1048", "replace"), every.decode("cp1251", "replace")
    return {
        ord(w): r for w, r in zip(wrong, right, strict=True) if w != r and "\ufffd" not in w + r
    }


def _of_font(words: Mapping[str, int]) -> dict[int, str]:
    """The Kazakh letter for each strange one that makes the words it stands in likeliest."""
    from kzsearch.documents.legibility import word_bits

    strange = Counter(letter for word in words for letter in _STRANGE.findall(word))
    mapping = dict[int, str]()
    for _ in range(2):  # the second time with the letters that the first has found
        for letter, _count in strange.most_common():
            holding = [word for word in words if letter in word][:50]

            def cost(kazakh: str, letter: str = letter, holding: Sequence[str] = holding) -> float:
                tried = mapping | {ord(letter): kazakh}
                return sum(word_bits(word.translate(tried)) for word in holding)

            choices = _KAZAKH.upper() if letter.isupper() else _KAZAKH
            mapping[ord(letter)] = min(choices, key=cost)
    return mapping
