"""All phrases of a text, against counting them one by one."""

from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kzsearch.engine.local.suggest.phrases import BREAK, Phrases
from kzsearch.engine.local.suggest.weights import LONGEST
from kzsearch.engine.title_words import Edge

EDGES = [0, 3, 3, 3, Edge.BEGIN, Edge.END]

TEXTS = st.lists(st.integers(BREAK, 5), max_size=40)


@given(TEXTS)
def test_every_phrase_is_found_once_with_all_its_places(text: list[int]) -> None:
    used = sorted({word for word in text if word != BREAK})
    numbers = {word: number for number, word in enumerate(used, 1)} | {BREAK: BREAK}
    text = [numbers[word] for word in text]
    edges = [0, *(EDGES[word] for word in used)]

    expected: Counter[tuple[int, ...]] = Counter()
    for begin in range(len(text)):
        for length in range(1, LONGEST + 1):
            phrase = tuple(text[begin : begin + length])
            if len(phrase) < length or BREAK in phrase:
                break
            if edges[phrase[0]] & Edge.BEGIN and edges[phrase[-1]] & Edge.END:
                expected[phrase] += 1

    phrases = Phrases(np.array(text, np.uint32), np.array(edges, np.uint8))
    found = []
    columns = (phrases.first, phrases.count, phrases.length)
    for first, count, length in zip(*(column.tolist() for column in columns), strict=True):
        places = phrases.places[first : first + count].tolist()
        (phrase,) = {tuple(text[place : place + length]) for place in places}
        found.append((phrase, count))
    assert found == sorted(expected.items())

    for word in range(1, len(used) + 1):
        span = slice(phrases.word_phrases[word], phrases.word_phrases[word + 1])
        assert [item for item in found if item[0][0] == word] == found[span]
        places = phrases.word_places[word + 1] - phrases.word_places[word]
        assert places == text.count(word)
