"""Which capitals phrases mostly have, against counting all places one by one."""

from __future__ import annotations

from collections import Counter
from unittest.mock import patch

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kzsearch.engine.local.suggest import examples as module
from kzsearch.engine.local.suggest.phrases import BREAK, Phrases
from kzsearch.engine.title_words import Use

WORDS = [BREAK, 1, 1, 2, 2, 2, 3]
CAPITALS = [0, module.SMALL, module.CAPITAL, module.SMALL, module.CAPITAL, module.ACRONYM, 1]
"""The word of each form, and how it is written."""

TITLES = st.lists(st.lists(st.integers(1, len(WORDS) - 1), min_size=1, max_size=6), max_size=12)


def test_how_a_word_is_written() -> None:
    words = ["", "ауыл", "Ауыл", "АҚШ", "АҚШ-тың", "Қ"]
    assert [module.capitals_of(word) for word in words] == [0, 1, 2, 3, 3, 2]


@given(TITLES, st.sampled_from([1, 5, 1 << 20]), st.sampled_from([2, 32]))
def test_the_commonest_way_of_writing_within_titles(
    titles: list[list[int]], batch: int, sample: int
) -> None:
    used = sorted({WORDS[form] for title in titles for form in title})
    numbers = {word: number for number, word in enumerate(used, 1)} | {BREAK: BREAK}
    forms = [form for title in titles for form in (BREAK, *title)] + [BREAK]
    initial = [place > 0 and forms[place - 1] == BREAK for place in range(len(forms))]
    words = [numbers[WORDS[form]] for form in forms]
    capitals = [CAPITALS[form] for form in forms]
    no = [False] * len(forms)
    use = [int(Use.BEGIN | Use.END | Use.ALONE)] * (len(used) + 1)
    phrases = Phrases(words, use, no, no, np.ones(len(forms)))
    with patch.object(module, "BATCH", batch), patch.object(module, "SAMPLE", sample):
        found = module.examples(phrases, np.array(capitals, np.uint8), np.array(initial))
    for number, place in enumerate(found.tolist()):
        first, count = int(phrases.first[number]), int(phrases.count[number])
        length = int(phrases.length[number])
        places = list(phrases.places[first : first + count])[:: -(-count // sample)]
        inside = [each for each in places if not initial[each]] or places
        written = {each: tuple(capitals[each : each + length]) for each in inside}
        often = Counter(written.values())
        for spelling in often:
            often[spelling] *= module.AS_MANY if module.ACRONYM in spelling else 1
        assert place == max(inside, key=lambda each: (often[written[each]], -each))
