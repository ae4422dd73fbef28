"""What must hold for any text whatever, Unicode's odd corners included
(some words are mixed-script on purpose).
"""

from __future__ import annotations

import unicodedata

from hypothesis import example, given, settings
from hypothesis import strategies as st

from kzsearch.text import (
    fold,
    label_languages,
    normalize,
    normalize_text,
    sentence_spans,
    tokenize,
)
from kzsearch.text.gaps import find_gaps
from kzsearch.text.misreadings import meant_by_digits

WRITINGS = """
Қ.Тоқаев ел-жұрт 55-ші %-ке АҚШ-тың COVID-19 12.09.2025 25,5 #Қазақстан @kz news@baq.kz
https://baq.kz/a BAQ.KZ-тің Ақорда.kz ХХІ ХV Бүгiн жəне 0аза0стан 5млн оrtalyǵy т.б. ж. kz .kz
www. http:// :// — – - . , _ « » " ( ) / ? ! … @ # ’ ' İ ı Σ ß ﬁ ² ½ Å о a б ə Y X I V І Х Ү
"""
ODDITIES = [
    *("\n", "\t", " ", "\xa0", "\u200b", "\ufeff", "қа\xadзақ", "ра\u0301но", "a\u0301", "y\u0306"),
    *("и\u0306", "\u0301", "\u0306", "\u0316", "\u0488", "\u0344", "\u0663", "\u0674", "\u060c"),
    *("\u0915", "\u094d", "\u09c7", "\u09be", "\u1100", "\u1161", "\u11a8", "\U0001f600", "\ud800"),
]
SCRAPS = st.sampled_from(WRITINGS.split() + ODDITIES)
PIECES = [
    *("те ", "ң ", "ге ", "қ ", "Қ ", "А ", "З ", "т", "ү "),
    *("мек-\n", "теп", "мек- ", "¬\n", "\xad\n ", " ", "|"),
    *("к1тап", "б|рл|к", "¥лы", "ӧзен", "ӮЛТ", "１５", "Ⅻ", "㎞", "𝐐𝐚𝐳", "ﬁ", "①", "ﻗﺎ"),
]
BROKEN = st.sampled_from(PIECES)
any_text = settings(deadline=None, max_examples=settings.default.max_examples * 3)
"""No deadline: the first example loads the language model, and machines are busy."""

TEXTS = st.one_of(
    st.text(max_size=60),
    st.lists(SCRAPS, max_size=14).map("".join),
    st.lists(st.one_of(SCRAPS, BROKEN), max_size=14).map("".join),
    st.lists(st.one_of(SCRAPS, st.characters()), max_size=20).map("".join),
)


@any_text
@given(TEXTS)
@example("а" + "\u0301\u0316" * 40)
def test_a_token_is_what_its_slice_normalises_to(text: str) -> None:
    for token in tokenize(text):
        assert 0 <= token.start < token.end <= len(text)
        written = text[token.start : token.end]
        if written.split() == [written] and meant_by_digits(normalize_text(written)) != token.text:
            assert normalize_text(written) == token.text


@any_text
@given(st.lists(st.one_of(SCRAPS, BROKEN), max_size=14).map("".join))
def test_a_token_of_broken_text_lies_in_it(text: str) -> None:
    end = 0
    for token in tokenize(text):
        written = text[token.start : token.end]
        assert written == written.strip()
        assert token.text
        assert token.start >= 0
        end = max(end, token.end)
        assert tokenize(text, find_gaps(text)) == tokenize(text)
    assert end <= len(text)


MARKS = "".join(map(chr, range(0x300, 0x370)))


@any_text
@given(st.lists(st.one_of(SCRAPS, BROKEN), max_size=14).map("".join))
@example("\u0301\u00ac\nҚ.Тоқаев")
def test_gaps_are_in_order_and_between_letters(text: str) -> None:
    end = 0
    for gap in find_gaps(text):
        assert end < gap.start < gap.end < len(text)
        before = text[: gap.start].rstrip(MARKS)  # a letter may carry accents
        assert before[-1:].isalnum()
        assert text[gap.end].isalnum()
        end = gap.end


@any_text
@given(TEXTS)
def test_positions_rise_one_by_one_and_parts_lie_inside_their_whole(text: str) -> None:
    wholes = {}
    last = -1
    for token in tokenize(text):
        assert token.position in (last, last + 1)
        last = token.position
        whole = wholes.setdefault(token.position, token)
        assert whole.start <= token.start
        assert token.end <= whole.end


@any_text
@given(TEXTS)
def test_wholes_do_not_overlap(text: str) -> None:
    end = 0
    position = -1
    for token in tokenize(text):
        if token.position != position:
            assert token.start >= end
            end, position = token.end, token.position


@any_text
@given(TEXTS)
def test_normalised_text_is_nfc_and_stays_as_it_is(text: str) -> None:
    once = normalize_text(text)
    assert unicodedata.normalize("NFC", once) == once
    assert normalize_text(once) == once


@any_text
@given(TEXTS)
def test_every_normalised_character_has_its_place(text: str) -> None:
    normal = normalize(text)
    assert len(normal.text) == len(normal.shape) == len(normal.starts) == len(normal.ends)
    before = 0
    for start, end in zip(normal.starts, normal.ends, strict=True):
        assert before <= start < end <= len(text)
        before = start


@any_text
@given(TEXTS)
def test_equal_texts_in_other_unicode_forms_give_equal_tokens(text: str) -> None:
    composed = [(token.text, token.kind) for token in tokenize(unicodedata.normalize("NFC", text))]
    apart = [(token.text, token.kind) for token in tokenize(unicodedata.normalize("NFD", text))]
    assert composed == apart


@any_text
@given(st.text())
def test_folding_keeps_the_length(word: str) -> None:
    assert len(fold(word)) == len(word)


@any_text
@given(TEXTS)
def test_every_token_gets_a_language(text: str) -> None:
    tokens = tokenize(text)
    assert len(label_languages(tokens)) == len(tokens)


@any_text
@given(TEXTS)
def test_sentences_cover_the_text_in_order(text: str) -> None:
    end = 0
    for start, stop in sentence_spans(text):
        assert end <= start < stop <= len(text)
        assert text[end:start].strip() == ""
        assert text[start:stop].strip() == text[start:stop]
        end = stop
    assert text[end:].strip() == ""
