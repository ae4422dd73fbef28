"""Decoding single words: harmony, hamza and the letters around decide."""

from __future__ import annotations

import pytest

from kzsearch.text.scripts.alphabets import alphabet_of
from kzsearch.text.scripts.decoder import decode
from kzsearch.text.scripts.hamza import takes_hamza
from kzsearch.text.scripts.script import Script

WORDS = [
    (Script.ARABIC, "قازاقستان", "қазақстан"),
    (Script.ARABIC, "الەم", "әлем"),
    (Script.ARABIC, "ٴۇشىن", "үшін"),
    (Script.ARABIC, "ءۇشىن", "үшін"),
    (Script.ARABIC, "ۇلت", "ұлт"),
    (Script.ARABIC, "ازيا", "азия"),
    (Script.ARABIC, "كوميسسيا", "комиссия"),
    (Script.ARABIC, "تىيىستى", "тиісті"),
    (Script.LATIN_2018, "aıaqtaldy", "аяқталды"),
    (Script.LATIN_2018, "sheshim", "шешім"),
    (Script.LATIN_2018, "respýblıkalyq", "республикалық"),
    (Script.LATIN_2021, "bır", "бір"),
    (Script.LATIN_2021, "aimaqta", "аймақта"),
    (Script.LATIN_KAZINFORM, "jılı", "жылы"),
    (Script.LATIN_KAZINFORM, "sw", "су"),
    (Script.LATIN_2017, "jan'a", "жаңа"),
    (Script.LATIN_DIGRAPH, "zhanga", "жаңа"),
    (Script.LATIN_ASCII, "kyzylorda", "қызылорда"),
    (Script.LATIN_ASCII, "nazarbayev", "назарбаев"),
]


@pytest.mark.parametrize(("script", "typed", "meant"), WORDS)
def test_the_likeliest_spelling_is_the_word(script: Script, typed: str, meant: str) -> None:
    assert decode(typed, alphabet_of(script), 8)[0].text == meant


def test_pieces_cover_what_was_read_and_what_was_written() -> None:
    for script, typed, _ in WORDS:
        for spelling in decode(typed, alphabet_of(script), 8):
            assert sum(read for read, _ in spelling.pieces) == len(typed)
            assert sum(written for _, written in spelling.pieces) == len(spelling.text)


def test_spellings_come_cheapest_first_and_each_once() -> None:
    found = decode("قادىر", alphabet_of(Script.ARABIC), 16)
    assert [spelling.bits for spelling in found] == sorted(spelling.bits for spelling in found)
    assert len({spelling.text for spelling in found}) == len(found)
    assert {"қадыр", "қадір"} <= {spelling.text for spelling in found}


@pytest.mark.parametrize("word", ["warner", "жол", "", "a" * 65])
def test_what_the_alphabet_cannot_spell_is_not_decoded(word: str) -> None:
    assert decode(word, alphabet_of(Script.LATIN_2018), 8) == []


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("үшін", True),
        ("өмір", True),
        ("кітап", False),
        ("әлем", False),
        ("ұлт", False),
        ("ғәріп", False),
    ],
)
def test_the_hamza_is_written_where_nothing_else_tells(word: str, expected: bool) -> None:
    assert takes_hamza(word) is expected
