"""How matches lie in time: how many there are of each day, week, month or year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from kzsearch.engine.interface import Period, Timeline
from kzsearch.engine.local.search.collapsing import Collapsed
from kzsearch.engine.local.search.facets import count_values
from kzsearch.engine.local.search.postings import Docs
from kzsearch.engine.local.search.snapshot import Snapshot

__all__ = ["count_timeline"]

Numbers = NDArray[np.int64]


def _months(days: Numbers) -> Numbers:
    dates = (days - _DAY_OF_1970).astype("datetime64[D]")
    return dates.astype("datetime64[M]").astype(np.int64) + 1970 * 12


_DAY_OF_1970 = 719_163
"""The proleptic ordinal of 1970-01-01."""

_NUMBERS: dict[Period, Callable[[Numbers], Numbers]] = {
    Period.DAY: lambda days: days,
    Period.WEEK: lambda days: (days - 1) // 7,  # the first day of the calendar is a Monday
    Period.MONTH: _months,
    Period.YEAR: lambda days: _months(days) // 12,
}
"""The number of the period that a day lies in, by its ordinal."""

_FIRST_DAYS: dict[Period, Callable[[int], dt.date]] = {
    Period.DAY: dt.date.fromordinal,
    Period.WEEK: lambda week: dt.date.fromordinal(7 * week + 1),
    Period.MONTH: lambda month: dt.date(month // 12, month % 12 + 1, 1),
    Period.YEAR: lambda year: dt.date(year, 1, 1),
}
"""The first day of a period, by its number."""


def count_timeline(
    snapshot: Snapshot, docs: Docs, collapsed: Collapsed, unit: Period | None, most: int
) -> Timeline:
    """Counts over some matches, near-duplicates of one period counted once.

    unit: of the periods; None takes the shortest of which ``most`` are enough, else years.
    """
    days = snapshot.days[docs].astype(np.int64)
    total = len(docs) - len(collapsed.hidden)
    dated = days[days > 0]
    if not len(dated):
        undated = count_values(days, collapsed).tolist()
        return Timeline(unit or Period.YEAR, (), undated[0] if undated else 0, total)
    ends = np.array([dated.min(), dated.max()])
    if unit is None:
        unit = next((each for each in Period if np.ptp(_NUMBERS[each](ends)) < most), Period.YEAR)
    number = _NUMBERS[unit]
    first, last = number(ends).tolist()
    values = np.where(days > 0, number(np.maximum(days, 1)) - first + 1, 0)
    counts = count_values(values, collapsed).tolist()
    bars = tuple(
        (_FIRST_DAYS[unit](period), count)
        for period, count in zip(range(first, last + 1), counts[1:], strict=True)
    )
    return Timeline(unit, bars, counts[0], total)
