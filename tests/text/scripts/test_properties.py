"""What must hold for any text whatever, Unicode's odd corners included
(some words are mixed-script on purpose).
"""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kzsearch.text import normalize_text, tokenize
from kzsearch.text.scripts import (
    Reason,
    Script,
    detect_script,
    from_cyrillic,
    readings,
    repair_layout,
    skeleton,
    to_cyrillic,
)
from kzsearch.text.scripts.script import LATIN_ALPHABETS

WRITINGS = """
Qazaqstan jańa sýdyń úıi Azııa ShQO XXI Iran İle jan'a zan' bır su ūlt jaña zañ ğ şç çempïon zhanga
Kazakhstan baq.kz https://qz.inform.kz/a news@a.kz قازاقستان ءۇشىن ٴبىر ، ؟ ۱۲ ـ ى ء ەۋرو İ ı ß ' -
Қазақ казакстан 0fpf0cnfy 0аза0стан ;f4fks0 5G Ьшскщ .
"""
ODDITIES = [
    *("a\u0301", "n\u0303", "\u0301", "\xad", "\u200c", " ", "\n", "\ud800", "\U0001f600", "ⅷ"),
]
SCRAPS = st.sampled_from(WRITINGS.split() + ODDITIES)
TEXTS = st.one_of(
    st.text(max_size=40),
    st.lists(st.one_of(SCRAPS, st.characters()), max_size=12).map("".join),
    st.lists(SCRAPS, max_size=12).map(" ".join),
)
SCRIPTS = st.sampled_from(list(Script))
CONVERTIBLE = (*LATIN_ALPHABETS, Script.ARABIC)
any_text = settings(deadline=None, max_examples=settings.default.max_examples * 2)
"""No deadline: the first example loads the letter model, and machines are busy."""

WORDS = (
    *("қазақстан", "үкімет", "президент", "республика", "жаңалық", "өңір", "әлем", "ғалым"),
    *("құқық", "мұғалім", "тәуелсіздік", "аймақ", "халықаралық", "экономика", "қызметкер"),
    *("мектептерімізде", "балалар", "денсаулық", "министрлік", "облыс", "ауыл", "қала"),
)


@any_text
@given(TEXTS, SCRIPTS)
def test_every_converted_character_has_its_place_in_the_original(text: str, script: Script) -> None:
    converted = to_cyrillic(text, script)
    assert len(converted.text) == len(converted.starts) == len(converted.ends)
    assert list(converted.starts) == sorted(converted.starts)
    assert list(converted.ends) == sorted(converted.ends)
    for start, end in zip(converted.starts, converted.ends, strict=True):
        assert 0 <= start < end <= len(text)


@any_text
@given(TEXTS, SCRIPTS)
def test_tokens_of_the_reading_lie_in_the_original_in_order(text: str, script: Script) -> None:
    converted = to_cyrillic(text, script)
    last = 0
    for token in tokenize(converted.text):
        start, end = converted.span(token.start, token.end)
        assert last <= start < end <= len(text)
        last = start


@any_text
@given(TEXTS, SCRIPTS)
def test_converting_is_deterministic_and_keeps_digits(text: str, script: Script) -> None:
    converted = to_cyrillic(text, script).text
    assert converted == to_cyrillic(text, script).text
    if script is not Script.ARABIC:
        assert digits(converted) == digits(normalize_text(text))


def digits(text: str) -> list[str]:
    return [character for character in text if character in "0123456789"]


@any_text
@given(TEXTS)
def test_detecting_never_fails_and_is_certain_of_nothing_without_letters(text: str) -> None:
    found = detect_script(text)
    assert 0.0 <= found.confidence <= 1.0
    if not any(unicodedata.category(character)[0] == "L" for character in text):
        assert found.script is Script.OTHER
        assert found.confidence == 0.0


@any_text
@given(TEXTS)
def test_a_word_as_typed_is_always_among_its_readings(typed: str) -> None:
    found = readings(typed, lambda word: float(word in WORDS))
    assert sum(reading.reason is Reason.AS_TYPED for reading in found) == 1
    assert len({reading.text for reading in found}) == len(found) <= 8


@any_text
@given(TEXTS)
def test_a_layout_is_repaired_only_to_a_known_word(typed: str) -> None:
    meant = repair_layout(typed, lambda word: float(word in WORDS))
    assert meant is None or meant.lower() in WORDS
    assert repair_layout(typed, lambda word: 0.0) is None


@any_text
@given(st.text(max_size=30))
def test_a_skeleton_has_itself_for_skeleton(word: str) -> None:
    assert skeleton(skeleton(word)) == skeleton(word)


@any_text
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6), st.sampled_from(CONVERTIBLE))
def test_there_and_back_again(words: list[str], script: Script) -> None:
    text = " ".join(words)
    assert to_cyrillic(from_cyrillic(text, script), script).text == text


@any_text
@given(st.text(max_size=30), st.sampled_from(CONVERTIBLE))
def test_writing_touches_cyrillic_letters_only(text: str, script: Script) -> None:
    plain = "".join(character for character in text if not "\u0400" <= character <= "\u052f")
    assert from_cyrillic(plain, script) == plain


@pytest.mark.parametrize("script", CONVERTIBLE)
def test_hostile_runs_are_taken_in_stride(script: Script) -> None:
    for run in ("ıııı", "a'", "ىيا", "sh", "http://", "ءء", "a\u0301"):
        text = run * 5_000
        converted = to_cyrillic(text, script)
        assert len(converted.starts) == len(converted.text)
    assert len(readings("q" * 10_000, lambda word: 0.0)) == 1
