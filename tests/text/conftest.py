"""What the tests of the text room share."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

_TIMES_AS_LONG = 8
_FEWEST_RUNS = 2
_MOST_RUNS = 8


@pytest.fixture
def grows_no_faster() -> Callable[[Callable[[str], object], str], bool]:
    """Whether a function takes time in proportion to its text.

    Two lengths of a repeated scrap are compared with each other, so the speed of the machine is
    of no account, each by the least of several runs in turn, so other work on it is of little.
    Eight times the text takes eight times the work; work that grows with the square takes 64.
    Two runs settle nearly every case; only where the machine disturbed them are more needed.
    """

    def judge(work: Callable[[str], object], scrap: str) -> bool:
        short = scrap * (8_000 // len(scrap))
        least = {1: float("inf"), _TIMES_AS_LONG: float("inf")}
        for run in range(1, _MOST_RUNS + 1):
            for times in least:
                text = short * times
                start = time.process_time()
                work(text)
                least[times] = min(least[times], time.process_time() - start)
            in_proportion = least[_TIMES_AS_LONG] < 4 * _TIMES_AS_LONG * least[1]
            if in_proportion and run >= _FEWEST_RUNS:
                return True
        return False

    return judge
