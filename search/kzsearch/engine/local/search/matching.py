"""Which articles a whole query matches: set algebra over its leaves.

The tree is walked with a stack of its own, so that no depth of nesting can
exhaust Python's, and parts are folded as they come, so that thousands of parts
need the memory of one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Set

from kzsearch.engine.local.search.leaves import Evidence, Leaf, evaluate_leaf, postings_of
from kzsearch.engine.local.search.snapshot import Snapshot
from kzsearch.engine.nodes import All, Any, Node, Not

__all__ = ["Matcher", "scoring_leaves"]


class Matcher:
    """Matches queries against one snapshot, looking each leaf up once."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._evidence: dict[Leaf, Evidence] = {}
        self._costs: dict[Leaf, int] = {}

    def evidence(self, leaf: Leaf) -> Evidence:
        """What a leaf matches, and what to score it by."""
        if (found := self._evidence.get(leaf)) is None:
            found = self._evidence[leaf] = evaluate_leaf(leaf, self._snapshot)
        return found

    def cost(self, node: Node) -> int:
        """How many postings must be read to look up all leaves of a node."""
        total = 0
        stack = [node]
        while stack:
            match stack.pop():
                case All(parts) | Any(parts):
                    stack += parts
                case Not(part):
                    stack.append(part)
                case leaf:
                    if leaf not in self._costs:
                        self._costs[leaf] = postings_of(leaf, self._snapshot)
                    total += self._costs[leaf]
        return total

    def matches(self, query: Node) -> Set[int]:
        """Numbers of the articles that match."""
        root = Fold(Any((query,)), self._snapshot.everything)
        stack = [root]
        while True:
            top = stack[-1]
            part = top.next_part()
            if part is None:
                stack.pop()
                if not stack:
                    return top.found
                stack[-1].take(top.found)
            elif isinstance(part, All | Any | Not):
                stack.append(Fold(self._rarest_first(part), self._snapshot.everything))
            else:
                top.take(self.evidence(part).matches)

    def _rarest_first(self, node: All | Any | Not) -> All | Any | Not:
        """A node that asks for everything, in the order in which it is soonest found wanting."""
        if not isinstance(node, All):
            return node
        leaves = [part for part in node.parts if not isinstance(part, All | Any | Not)]
        inner = [part for part in node.parts if isinstance(part, All | Any | Not)]
        return All((*sorted(leaves, key=self.cost), *inner))


class Fold:
    """An inner node on its way to a set of articles, one part after another."""

    def __init__(self, node: All | Any | Not, everything: Set[int]) -> None:
        self._node = node
        self._everything = everything
        self._parts = iter(node.parts if isinstance(node, All | Any) else (node.part,))
        self.found: Set[int] = frozenset() if isinstance(node, Any) else everything

    def next_part(self) -> Node | None:
        """The next part to look at, or None when no further one can change the result."""
        if isinstance(self._node, All) and not self.found:
            return None
        return next(self._parts, None)

    def take(self, matches: Set[int]) -> None:
        """Fold in what a part matches."""
        match self._node:
            case All():
                self.found = self.found & matches
            case Any():
                self.found = self.found | matches if self.found else matches
            case Not():
                self.found = self.found - matches


def scoring_leaves(query: Node) -> Counter[Leaf]:
    """Leaves that add score, and how often each stands in the query: all but negated ones."""
    leaves: Counter[Leaf] = Counter()
    stack = [query]
    while stack:
        match stack.pop():
            case All(parts) | Any(parts):
                stack.extend(reversed(parts))
            case Not():
                pass
            case leaf:
                leaves[leaf] += 1
    return leaves
