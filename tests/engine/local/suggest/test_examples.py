"""How phrases are mostly written, against counting all places one by one."""

from __future__ import annotations

from collections import Counter
from unittest.mock import patch

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kzsearch.engine.local.suggest import examples as module
from kzsearch.engine.local.suggest.phrases import BREAK, Phrases

WORDS = [BREAK, 1, 1, 2, 2, 2, 3]
"""The word of each form."""

TITLES = st.lists(st.lists(st.integers(1, len(WORDS) - 1), min_size=1, max_size=6), max_size=12)


@given(TITLES, st.sampled_from([1, 5, 1 << 20]), st.sampled_from([2, 32]))
def test_the_commonest_way_of_writing_within_titles(
    titles: list[list[int]], batch: int, sample: int
) -> None:
    used = sorted({WORDS[form] for title in titles for form in title})
    numbers = {word: number for number, word in enumerate(used, 1)} | {BREAK: BREAK}
    forms = [form for title in titles for form in (BREAK, *title)] + [BREAK]
    initial = [place > 0 and forms[place - 1] == BREAK for place in range(len(forms))]
    words = np.array([numbers[WORDS[form]] for form in forms], np.uint32)
    phrases = Phrases(words, np.full(len(used) + 1, 3, np.uint8))
    with patch.object(module, "BATCH", batch), patch.object(module, "SAMPLE", sample):
        found = module.examples(phrases, np.array(forms, np.uint32), np.array(initial))
    for number, place in enumerate(found.tolist()):
        first, count = int(phrases.first[number]), int(phrases.count[number])
        length = int(phrases.length[number])
        places = phrases.places[first : first + count].tolist()[:: -(-count // sample)]
        inside = [each for each in places if not initial[each]] or places
        written = {each: tuple(forms[each : each + length]) for each in inside}
        often = Counter(written.values())
        assert place == max(inside, key=lambda each: (often[written[each]], -each))
