"""Which documents a whole query matches: set algebra over its clauses.

The tree is walked with a stack of its own, so that no depth of nesting can exhaust Python's.
Where all parts must match, the rarest are looked at first and nothing is read once none is left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from kzsearch.engine.local.search.clauses import (
    Clause,
    ClauseNode,
    make_clause,
    posting_count,
)
from kzsearch.engine.local.search.postings import (
    NO_DOCS,
    Docs,
    intersected,
    united,
    without,
)
from kzsearch.engine.local.search.snapshot import Snapshot
from kzsearch.engine.nodes import All, Any, Node, Not

__all__ = ["Matcher", "scoring_clauses"]


class Matcher:
    """Matches queries against one snapshot, looking each clause up once."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._clauses: dict[ClauseNode, Clause] = {}
        self._costs: dict[ClauseNode, int] = {}

    def clause(self, node: ClauseNode) -> Clause:
        """What a clause matches, and what to score it by."""
        if (found := self._clauses.get(node)) is None:
            found = self._clauses[node] = make_clause(node, self._snapshot)
        return found

    def cost(self, node: Node) -> int:
        """How many postings must be read to look up all clauses of a node."""
        total = 0
        stack = [node]
        while stack:
            match stack.pop():
                case All(parts) | Any(parts):
                    stack += parts
                case Not(part):
                    stack.append(part)
                case clause:
                    if clause not in self._costs:
                        self._costs[clause] = posting_count(clause, self._snapshot)
                    total += self._costs[clause]
        return total

    def matches(self, query: Node) -> Docs:
        """The documents that match."""
        if not isinstance(query, All | Any | Not):
            return self.clause(query).docs
        stack = [_Level(Any((query,)), self)]
        while True:
            top = stack[-1]
            part = top.next_part()
            if part is None:
                stack.pop()
                docs = top.docs()
                if not stack:
                    return docs
                stack[-1].take(docs)
            elif isinstance(part, All | Any | Not):
                stack.append(_Level(part, self))
            else:
                top.take_clause(self.clause(part))

    @property
    def everything(self) -> Docs:
        """All live documents."""
        return self._snapshot.everything

    def united(self, sets: list[Docs]) -> Docs:
        """The documents of any set."""
        return united(sets, self._snapshot.documents)


class _Level:
    """An inner node on its way to a set of documents, one part after another."""

    def __init__(self, node: All | Any | Not, matcher: Matcher) -> None:
        self._node = node
        self._matcher = matcher
        self._parts = _in_order(node, matcher)
        self._found: Docs | None = None
        self._any: list[Docs] = []

    def next_part(self) -> Node | None:
        """The next part to look at, or None when no further one can change the result."""
        if isinstance(self._node, All) and self._found is not None and not len(self._found):
            return None
        return next(self._parts, None)

    def take_clause(self, clause: Clause) -> None:
        """Fold in what a clause matches."""
        if isinstance(self._node, Any):
            self._any += clause.sets
        else:
            self.take(clause.docs)

    def take(self, docs: Docs) -> None:
        """Fold in what a part matches."""
        match self._node:
            case All():
                self._found = docs if self._found is None else intersected(self._found, docs)
            case _:
                self._any.append(docs)

    def docs(self) -> Docs:
        """What the node matches."""
        match self._node:
            case All():
                return self._matcher.everything if self._found is None else self._found
            case Any():
                return self._matcher.united(self._any)
            case Not():
                excluded = self._any[0] if self._any else NO_DOCS
                return without(self._matcher.everything, excluded)


def _in_order(node: All | Any | Not, matcher: Matcher) -> Iterator[Node]:
    """The parts; where all must match, clauses the rarest first, what excludes last.

    No method of a level: where a search stops early, level and iterator would hold each other,
    and with them the generation, until garbage is collected.
    """
    match node:
        case Not(part):
            yield part
        case Any(parts):
            yield from parts
        case All(parts):
            clauses = [part for part in parts if not isinstance(part, All | Any | Not)]
            yield from sorted(clauses, key=matcher.cost)
            yield from (part for part in parts if isinstance(part, All | Any))
            yield from (part for part in parts if isinstance(part, Not))


def scoring_clauses(query: Node) -> Mapping[ClauseNode, int]:
    """Clauses that add score, and how often each stands in the query: all but negated ones."""
    if not isinstance(query, All | Any | Not):
        return {query: 1}
    clauses: Counter[ClauseNode] = Counter()
    stack: list[Node] = [query]
    while stack:
        match stack.pop():
            case All(parts) | Any(parts):
                stack.extend(reversed(parts))
            case Not():
                pass
            case clause:
                clauses[clause] += 1
    return clauses
