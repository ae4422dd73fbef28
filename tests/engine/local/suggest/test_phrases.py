"""All phrases of a text, against counting them one by one."""

from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kzsearch.engine.local.suggest.phrases import BREAK, Phrases
from kzsearch.engine.local.suggest.weights import LONGEST
from kzsearch.engine.title_words import Use

ANY = Use.BEGIN | Use.END | Use.ALONE
USES = [0, ANY, ANY | Use.CLOSES, Use.BEGIN, Use.END, Use.ALONE]

TEXTS = st.lists(st.integers(BREAK, 5), max_size=40)


@given(TEXTS)
def test_every_phrase_is_found_once_with_all_its_places(text: list[int]) -> None:
    used = sorted({word for word in text if word != BREAK})
    numbers = {word: number for number, word in enumerate(used, 1)} | {BREAK: BREAK}
    text = [numbers[word] for word in text]
    uses = [0, *(USES[word] for word in used)]

    expected: Counter[tuple[int, ...]] = Counter()
    for begin in range(len(text)):
        for length in range(1, LONGEST + 1):
            phrase = tuple(text[begin : begin + length])
            if len(phrase) < length or BREAK in phrase:
                break
            if length == 1:
                expected[phrase] += bool(uses[phrase[0]] & Use.ALONE)
            elif uses[phrase[0]] & Use.BEGIN and uses[phrase[-1]] & Use.END:
                expected[phrase] += 1
    expected += Counter()

    no = [False] * len(text)
    phrases = Phrases(text, uses, no, no, np.ones(len(text)))
    found = []
    for first, count, length in phrases:
        places = phrases.places[first : first + count]
        (phrase,) = {tuple(text[place : place + length]) for place in places}
        found.append((phrase, count))
    assert found == sorted(expected.items())
    for length, count, free, weight in zip(
        phrases.length, phrases.count, phrases.free, phrases.weight, strict=True
    ):
        assert free == count if length == 1 else free <= count
        assert weight == free

    for word in range(1, len(used) + 1):
        span = slice(phrases.word_phrases[word], phrases.word_phrases[word + 1])
        assert [item for item in found if item[0][0] == word] == found[span]
        places = phrases.word_places[word + 1] - phrases.word_places[word]
        assert places == text.count(word)


def free(text: list[int], uses: list[int], capitals: str = "", cased: str = "") -> dict[str, int]:
    """How often each phrase is one of its own; words are single digits."""
    large = [letter == "C" for letter in capitals or "c" * len(text)]
    lost = [letter == "x" for letter in cased or "." * len(text)]
    phrases = Phrases(text, uses, large, lost, np.ones(len(text)))
    return {
        "".join(str(word) for word in text[place : place + length]): own
        for first, own, length in zip(phrases.first, phrases.free, phrases.length, strict=True)
        for place in [phrases.places[first]]
    }


def test_a_part_of_a_longer_phrase_is_not_free() -> None:
    assert free([0, 1, 2, 3, 0], [0, ANY, ANY, ANY])["12"] == 0
    assert free([0, 1, 2, 3, 0], [0, ANY, ANY, ANY])["23"] == 0
    assert free([0, 1, 2, 3, 0], [0, ANY, ANY, ANY])["123"] == 1


def test_an_ending_closes_a_phrase_and_an_adjective_opens_one() -> None:
    assert free([0, 1, 2, 3, 0], [0, ANY, ANY | Use.CLOSES, ANY])["12"] == 1
    assert free([0, 1, 2, 3, 0], [0, Use.BEGIN, ANY, ANY])["23"] == 1


def test_a_name_is_told_by_its_capitals() -> None:
    assert free([0, 1, 2, 3, 0], [0, ANY, ANY, ANY], "ccCCc")["23"] == 1
    assert free([0, 1, 2, 3, 0], [0, ANY, ANY, ANY], "cCCcc")["12"] == 1


def test_two_bare_nouns_are_no_phrase_where_the_second_has_a_case() -> None:
    assert free([0, 1, 2, 0], [0, ANY, ANY], cased="..x.")["12"] == 0
    assert free([0, 1, 2, 0], [0, ANY, ANY | Use.CLOSES | Use.POSSESSED], cased="..x.")["12"] == 1
    assert free([0, 1, 2, 0], [0, Use.BEGIN, ANY], cased="..x.")["12"] == 1
