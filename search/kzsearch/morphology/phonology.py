"""Kazakh sounds: vowel harmony and the changes a root suffers before a suffix.

A suffix is front or back as the last full vowel before it (қол-дар, күн-дер). The letters у, и
and ю stand for both kinds, so they pass on the harmony of the vowel before them (оқу-лар,
жүру-лер), and ь makes a loanword front whatever its vowel (медаль-ді).

Undoing a sound change is a guess; each one is tried only where a row of the suffix tables
licenses it (column ``repair``), and the scorer then says whether the guess is believed.
"""

from __future__ import annotations

from enum import StrEnum

__all__ = [
    "BACK",
    "FRONT",
    "NEUTRAL",
    "NO_VOWEL",
    "Repair",
    "harmony_at_end",
    "harmony_of",
    "opposed",
    "repair_options",
    "restore_root",
    "skeleton",
]

NO_VOWEL, BACK, FRONT, NEUTRAL = 0, 1, -1, 2

_SPREAD = 3  # of у, и, ю: as the vowel before them, neutral if there is none
_SPREADING = frozenset("уию")
_HARMONY = {
    **dict.fromkeys("аоұыяэ", BACK),
    **dict.fromkeys("әеёөүі", FRONT),
    **dict.fromkeys(_SPREADING, _SPREAD),
    "ь": NEUTRAL,
}
_VOWELS = frozenset("аәеёиоөуұүыіэюя")
_SKELETON = str.maketrans(
    dict.fromkeys("аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя", "c") | dict.fromkeys(_VOWELS, "v")
)
_FULL_VOWELS = _VOWELS - _SPREADING  # дауыс-даусы: у closes the syllable like a consonant

_SOFTENED = {"б": "п", "г": "к", "ғ": "қ"}


class Repair(StrEnum):
    """How the root written in the word differs from the root in the dictionary."""

    NONE = "-"  # бала-лар
    SOFTEN = "soften"  # кітаб-ы from кітап
    SOFTEN_U = "soften_u"  # тау-ып from тап
    ELIDE = "elide"  # орн-ы from орын
    ADD_I = "add_i"  # оқ-у from оқы
    ADD_Y = "add_y"  # қо-ю from қой
    RESTORE_T = "restore_t"  # турис-тер from турист
    RESTORE_SOFT = "restore_soft"  # фестивал-і from фестиваль
    RESTORE_DOUBLE = "restore_double"  # процес-і from процесс: a double is written once
    KEEP_POSSESSIVE = "keep_possessive"  # отбас-ы-на from отбасы: the possessive is of the word


_RESTORED = {Repair.ADD_Y: "й", Repair.RESTORE_T: "т", Repair.RESTORE_SOFT: "ь"}

# The letters a written root can end in, by what happened to it.
_ENDS = {
    Repair.SOFTEN: frozenset("бгғ"),
    Repair.SOFTEN_U: frozenset("у"),
    Repair.ELIDE: frozenset("лқкпснзр"),  # орын-орны, халық-халқы, дауыс-даусы
    Repair.ADD_I: frozenset("бвгғджзйкқлмнңпрстуфхһцчшщ"),
    Repair.ADD_Y: _FULL_VOWELS,
    Repair.RESTORE_T: frozenset("с"),
    Repair.RESTORE_SOFT: frozenset("л"),
    Repair.RESTORE_DOUBLE: frozenset("клмнпрстфц"),
    Repair.KEEP_POSSESSIVE: frozenset("гзлст"),  # -тегі, -қызы, -ұлы, -басы, -асты, -үсті
}


def skeleton(root: str) -> str:
    """A root in small Kazakh letters as vowels (у, и, ю too) and consonants: cvc for күн."""
    return root.translate(_SKELETON)


def harmony_of(written: str) -> int:
    """The harmony that the last vowel of a root asks of its suffixes."""
    found = NO_VOWEL
    for letter in reversed(written):
        harmony = _HARMONY.get(letter)
        if harmony is None:
            continue
        if harmony != _SPREAD:
            return harmony
        found = NEUTRAL
    return found


def harmony_at_end(letters: str) -> int:
    """The harmony that some last letters decide, NO_VOWEL if it hangs on what stands before."""
    decided = any(_HARMONY.get(letter, _SPREAD) != _SPREAD for letter in letters)
    return harmony_of(letters) if decided else NO_VOWEL


def opposed(one: int, other: int) -> bool:
    """Whether one harmony is back and the other front."""
    return one * other == BACK * FRONT


def repair_options(repairs: frozenset[Repair], last: str) -> list[Repair]:
    """The licensed repairs that make sense for a written root ending in the letter ``last``."""
    return [repair for repair in sorted(repairs) if last in _ENDS[repair]]


def restore_root(written: str, repair: Repair, harmony: int, following: str) -> str:
    """The root behind the written one, or '' if the repair does not fit it after all.

    harmony: of the written root.
    following: the first letter of the suffix.
    """
    if repair is Repair.NONE:
        return written
    if written[-1] in "ьъ":  # shields the root from change
        return ""
    if repair is Repair.SOFTEN:
        between_vowels = written[-2] in _VOWELS  # үлгі is not үлк-і
        return written[:-1] + _SOFTENED[written[-1]] if between_vowels else ""
    if repair is Repair.SOFTEN_U:
        return written[:-1] + "п"
    if repair is Repair.ELIDE:
        in_cluster = len(written) > 2 and written[-2] not in _FULL_VOWELS
        return written[:-1] + following + written[-1] if in_cluster else ""
    if repair is Repair.RESTORE_DOUBLE:
        return written + written[-1] if written[-2] in _VOWELS else ""
    if repair is Repair.KEEP_POSSESSIVE:
        return written + following
    return written + _RESTORED.get(repair, "і" if harmony == FRONT else "ы")
