"""A query with a date in it: the days as a filter, and what the filter must not lose.

The date words say when, so they are not asked for as words. But an article without a date
cannot be filtered: it is found as if the words were words. And where few articles of those
days are found, those of other days that hold every word, the date words too, follow below: a short
headline, pasted, finds its article.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from kzsearch.engine.nodes import All, Any, DateRange, Everything, Node, Not, Nothing
from kzsearch.query.parsed import ParsedQuery
from kzsearch.query.words import all_of, any_of

__all__ = ["dated"]

_UNDATED = Not(DateRange(dt.date.min, None))


def dated(rest: ParsedQuery, plain: ParsedQuery, days: Sequence[DateRange]) -> ParsedQuery:
    """A query for ``rest`` in any of some ``days``.

    rest: the query without its date words. plain: the query with them, as words.
    """
    within = any_of(days)
    first = _of_those_days(rest.query, within)
    below = _of_those_days(rest.fallback or rest.query, within)
    wide = plain.fallback or plain.query
    query = any_of([first, All((plain.query, _UNDATED))])
    fallback = any_of([below, All((wide, _UNDATED)), plain.query])
    return replace(
        rest,
        query=_scored(plain.query, query),
        fallback=_scored(wide, fallback),
        ranked=True,
        insists=True,
    )


def _of_those_days(query: Node, within: Node) -> Node:
    return within if isinstance(query, Nothing) else all_of([query, within])


def _scored(words: Node, matches: Node) -> Node:
    """What matches ``matches``, scored by ``words`` alone, so that none counts twice.

    A Not scores nothing, so a double one only matches.
    """
    return All((Any((words, Everything())), Not(Not(matches))))
