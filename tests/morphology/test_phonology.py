"""Harmony, and the sound changes that may be undone."""

from __future__ import annotations

import pytest

from kzsearch.morphology.phonology import (
    BACK,
    FRONT,
    NEUTRAL,
    NO_VOWEL,
    Repair,
    harmony_of,
    opposed,
    repair_options,
    restore_root,
    skeleton,
)


@pytest.mark.parametrize(
    ("written", "harmony"),
    [
        ("қол", BACK),
        ("күн", FRONT),
        ("кітап", BACK),  # the last vowel decides
        ("оқу", BACK),  # у passes on the harmony before it
        ("жүру", FRONT),
        ("су", NEUTRAL),
        ("медаль", NEUTRAL),  # ь takes front suffixes against its vowel
        ("жшс", NO_VOWEL),
        ("", NO_VOWEL),
    ],
)
def test_the_last_vowel_decides_harmony(written: str, harmony: int) -> None:
    assert harmony_of(written) == harmony


def test_only_back_and_front_are_opposed() -> None:
    everything = (NO_VOWEL, BACK, FRONT, NEUTRAL)
    clashes = {(a, b) for a in everything for b in everything if opposed(a, b)}
    assert clashes == {(BACK, FRONT), (FRONT, BACK)}


@pytest.mark.parametrize(
    ("written", "repair", "following", "root"),
    [
        ("бала", Repair.NONE, "л", "бала"),
        ("кітаб", Repair.SOFTEN, "ы", "кітап"),
        ("жүрег", Repair.SOFTEN, "і", "жүрек"),
        ("орталығ", Repair.SOFTEN, "ы", "орталық"),
        ("тау", Repair.SOFTEN_U, "ы", "тап"),
        ("орн", Repair.ELIDE, "ы", "орын"),
        ("қауп", Repair.ELIDE, "і", "қауіп"),  # the dropped vowel is the one of the suffix
        ("даус", Repair.ELIDE, "ы", "дауыс"),
        ("қол", Repair.ELIDE, "ы", ""),  # no cluster: nothing was dropped
        ("оқ", Repair.ADD_I, "у", "оқы"),
        ("жүр", Repair.ADD_I, "у", "жүрі"),
        ("қо", Repair.ADD_Y, "ю", "қой"),
        ("турис", Repair.RESTORE_T, "т", "турист"),
        ("фестивал", Repair.RESTORE_SOFT, "і", "фестиваль"),
        ("момышұл", Repair.KEEP_POSSESSIVE, "ы", "момышұлы"),
        ("процес", Repair.RESTORE_DOUBLE, "і", "процесс"),
        ("металл", Repair.RESTORE_DOUBLE, "ы", ""),  # doubled already
        ("абъ", Repair.SOFTEN, "а", ""),  # ъ shields the consonant
        ("үлг", Repair.SOFTEN, "і", ""),  # softened only between vowels
    ],
)
def test_a_repair_gives_the_root_back(
    written: str, repair: Repair, following: str, root: str
) -> None:
    assert restore_root(written, repair, harmony_of(written), following) == root


def test_repairs_are_offered_only_where_the_letter_fits() -> None:
    licensed = frozenset(Repair) - {Repair.NONE}
    assert Repair.SOFTEN in repair_options(licensed, "ғ")
    assert Repair.SOFTEN not in repair_options(licensed, "д")
    assert Repair.ADD_I not in repair_options(licensed, "а")
    assert repair_options(frozenset(), "ғ") == []


@pytest.mark.parametrize(("root", "letters"), [("күн", "cvc"), ("үлк", "vcc"), ("ауыл", "vvvc")])
def test_a_root_is_seen_as_vowels_and_consonants(root: str, letters: str) -> None:
    assert skeleton(root) == letters
