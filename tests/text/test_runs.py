"""Words read run by run must be the words of the whole text, in every script
(some words are mixed-script on purpose).
"""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kzsearch.text import fold, tokenize
from kzsearch.text.gaps import find_gaps
from kzsearch.text.languages import strength_of
from kzsearch.text.runs import Word, read_run, split_runs, split_texts
from kzsearch.text.scripts import Script, to_cyrillic

WRITINGS = """
Қ.Тоқаев ел-жұрт 55-ші АҚШ-тың COVID-19 12.09.2025 #Қазақстан news@baq.kz https://baq.kz/a ХХІ
Бүгiн оrtalyǵy Qyrǵyzstanda is-sharalar ShQO-da jańa' o’qıdy İz ūlt zhanga قازاقستان ءتىل ۱۸,۶
Telegram-da Facebook-te IT 5G #Kazinform @x_y New-York
"""
BROKEN = [
    "те ",
    "ң ",
    "ге ",
    " қ ",
    "А ",
    "мек-\n",
    "теп",
    "мек- ",
    "¬\n",
    "\xad\n ",
    "к1тап",
    "т|ка",
]
ODDITIES = ["қа\xadзақ", "ра\u0301но", "\u0301", "\u0344", "и\u0306", "\u200b", "\u1100", "\u1161"]
SPACES = [" ", "\n", "\xa0", "\u2009", "\u3000", "\x1c", "\x85", "-", "'", ".", "»", "« "]
SCRAPS = st.sampled_from([*WRITINGS.split(), *ODDITIES, *SPACES, *BROKEN])
TEXTS = st.lists(st.one_of(SCRAPS, st.characters()), max_size=20).map("".join)


def read_words(text: str, script: Script = Script.CYRILLIC) -> list[Word]:
    """The words of all runs, with their places in the text."""
    words: list[Word] = []
    first = 0
    for start, run in zip(*split_runs(text), strict=True):
        assert text[start : start + len(run)] == run
        words += [
            word._replace(
                start=start + word.start, end=start + word.end, position=first + word.position
            )
            for word in read_run(run, script)
        ]
        first = words[-1].position + 1 if words else 0
    return words


@settings(max_examples=settings.default.max_examples * 3)
@given(TEXTS)
def test_words_are_the_tokens_of_the_whole_text(text: str) -> None:
    assert read_words(text) == [
        Word(fold(t.text), t.start, t.end, t.position, t.kind, strength_of(t))
        for t in tokenize(text)
    ]


@settings(max_examples=settings.default.max_examples * 3)
@given(TEXTS, st.sampled_from([script for script in Script if script != Script.CYRILLIC_BARE]))
def test_words_of_other_scripts_are_the_tokens_of_the_converted_text(
    text: str, script: Script
) -> None:
    converted = to_cyrillic(text, script)
    assume(not find_gaps(text) and not find_gaps(converted.text))
    whole = [
        (fold(t.text), *converted.span(t.start, t.end), t.position)
        for t in tokenize(converted.text)
    ]
    words = [word[:4] for word in read_words(text, script)]
    assert [word for word in words if word in whole] == whole
    assert {word[1:] for word in words} == {word[1:] for word in whole}
    assert all(0 <= start < end <= len(text) for _, start, end, _ in words)


@pytest.mark.parametrize(
    ("written", "surfaces"),
    [
        ("Google", ["гоогле", "google"]),
        ("IT", ["ит", "it"]),
        ("5G", ["5г", "5g"]),
        ("Facebook-te", ["facebook-те"]),
        ("prezıdenti", ["президенті"]),
        ("da", ["да"]),
        ("Kóktem", ["көктем"]),
        ("қазақ", ["қазақ"]),
        ("Warner", ["warner"]),
    ],
)
def test_what_may_be_foreign_is_found_as_written_too(written: str, surfaces: list[str]) -> None:
    words = read_words(written, Script.LATIN_2018)
    assert [word.surface for word in words] == surfaces
    assert {(word.start, word.end, word.position) for word in words} == {(0, len(written), 0)}


def test_a_giant_run_is_read_like_any_other() -> None:
    assert len(read_words("мектеп,оқу." * 50)) == 100


GAPS = ["5", "15", "000", "ә", "(ә)", "қ.", "м", "ж.", "😀", "\r\n", "\t", "ХІХ ғ.", "5 м", "\n"]


@settings(max_examples=settings.default.max_examples * 3)
@given(st.lists(st.one_of(TEXTS, st.lists(st.sampled_from([*GAPS, *SPACES])).map("".join))))
def test_texts_together_are_split_as_each_by_itself(texts: list[str]) -> None:
    split = split_texts(texts)
    assert len(split.ends) == len(texts)
    for number, text in enumerate(texts):
        runs, starts = split.of(number)
        assert (starts.tolist(), list(runs)) == split_runs(text)


def test_gaps_are_found_in_texts_together() -> None:
    texts = ["мек-\nтеп ашылды", "жаңа 15 000 теңге 😀", "Қ А З А Қ С Т А Н", "", "5 м жол", "ал"]
    split = split_texts(texts)
    assert [list(split.of(number)[0]) for number in range(len(texts))] == [
        ["мек-\nтеп", "ашылды"],
        ["жаңа", "15 000", "теңге", "😀"],
        ["Қ А З А Қ С Т А Н"],
        [],
        ["5 м", "жол"],
        ["ал"],
    ]
