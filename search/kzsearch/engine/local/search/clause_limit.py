"""What answering a query may cost: pasted books and thousands of operators stay cheap.

Time goes into reading postings, and how many a term has is known before reading them. Where
a query asks for any of many words that together cost too much, the commonest are left out,
which say least about what is meant.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kzsearch.engine.nodes import All, Any, Node

__all__ = ["MOST_POSTINGS", "affordable"]

MOST_POSTINGS = 300_000
"""Postings to read for the alternatives of a query: see benchmarks/hostile.py."""

ALWAYS_KEPT = 12
"""Alternatives kept whatever they cost: as many as the words of a long headline."""

Cost = Callable[[Node], int]


def affordable(query: Node, cost: Cost) -> Node:
    """The query with no more alternatives than can be paid for.

    cost: the postings that a node needs read. Alternatives are left out of the query itself
    and of the parts of a query that asks for all of them; deeper ones are few.
    """
    match query:
        case Any(parts):
            return Any(_cheapest(parts, cost))
        case All(parts):
            return All(
                tuple(Any(_cheapest(p.parts, cost)) if isinstance(p, Any) else p for p in parts)
            )
        case _:
            return query


def _cheapest(parts: Sequence[Node], cost: Cost) -> tuple[Node, ...]:
    """The parts that can be paid for, the cheapest first to be kept, in their own order."""
    if len(parts) <= ALWAYS_KEPT:
        return tuple(parts)
    costs = list(map(cost, parts))
    left = MOST_POSTINGS
    kept: list[int] = []
    for number in sorted(range(len(parts)), key=costs.__getitem__):
        left -= costs[number]
        if left < 0 and len(kept) >= ALWAYS_KEPT:
            break
        kept.append(number)
    return tuple(parts[number] for number in sorted(kept))
