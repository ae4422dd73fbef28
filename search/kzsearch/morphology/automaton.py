"""Walking a word from its end through every chain of suffixes the tables allow.

The walk is a breadth-first search over the ordered layers, one letter at a time from the right,
with harmony and assimilation checked as it goes. Words share endings, so the search is done
once per ending and kept: a node of the automaton stands for a string of final letters and holds
every unfinished and finished chain of suffixes that spells it. Nodes are made on demand (a news
archive uses some thousands of them) and the whole automaton is dropped and begun anew when it
grows past a bound, so memory stays small whatever is typed.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import NamedTuple

from kzsearch.morphology.phonology import NO_VOWEL, Repair, opposed, repair_options
from kzsearch.morphology.tables import NOUN, VERB, Suffix, attachments, suffixes_by_layer

__all__ = ["Automaton", "Chain", "Ending", "EndingGroup", "Node"]

_MAX_NODES = 16_000

Chain = tuple[Suffix, ...]


class _Trie:
    """A tree of suffixes spelled from the right."""

    __slots__ = ("branches", "suffixes")

    def __init__(self) -> None:
        self.branches: dict[str, _Trie] = {}
        self.suffixes: list[Suffix] = []


@dataclass(frozen=True, slots=True)
class Ending:
    """A chain of suffixes that a root may carry.

    root: NOUN or VERB, what the chain attaches to.
    harmony: what the chain asks of the root's last vowel.
    score: how usual the chain is there (log scale).
    chain: the suffixes, left to right.
    """

    root: str
    harmony: int
    score: float
    chain: Chain


class EndingGroup:
    """The endings that go with one repair of the root.

    choices: the endings worth a look, by what is known of the root and its harmony; the scorer
    fills it.
    """

    __slots__ = ("choices", "endings", "repair")

    def __init__(self, repair: Repair, endings: list[Ending]) -> None:
        self.repair = repair
        self.endings = endings
        self.choices: dict[Hashable, list[tuple[float, int, Ending]]] = {}


class _Path(NamedTuple):
    """An unfinished suffix: where it stands, and the finished chain to its right."""

    trie: _Trie
    harmony: int
    chain: Chain
    after: frozenset[str] | None  # letters the chain may follow, None inside a suffix


class Node:
    """Everything the tables say about one string of final letters."""

    __slots__ = ("chains", "children", "endings", "paths")

    def __init__(self, paths: list[_Path], chains: list[tuple[Chain, int]]) -> None:
        self.paths = paths
        self.chains = chains  # chains that spell exactly these letters, with their harmony
        self.children: dict[str, Node | None] = {}
        self.endings: dict[str, list[EndingGroup]] = {}


class Automaton:
    """The suffix automaton.

    chain_score: how usual a chain is on a kind of root after some repair (log scale); asked
    once per chain and letter before it.
    """

    def __init__(self, chain_score: Callable[[str, Repair, Chain], float]) -> None:
        self._chain_score = chain_score
        self._tries: dict[frozenset[str], _Trie] = {}
        self._count = 0
        self.start = Node([_Path(self._trie(frozenset(attachments())), NO_VOWEL, (), None)], [])

    def step(self, node: Node, letter: str) -> Node | None:
        """The node one letter further left, None where no chain of suffixes goes on."""
        if letter in node.children:
            return node.children[letter]
        if self._count >= _MAX_NODES:
            self.start.children.clear()
            self._count = 0
        self._count += 1
        paths: list[_Path] = []
        chains: list[tuple[Chain, int]] = []
        for trie, harmony, chain, after in node.paths:
            if after is not None and letter not in after:
                continue
            further = trie.branches.get(letter)
            if further is None:
                continue
            if further.branches:
                paths.append(_Path(further, harmony, chain, None))
            for suffix in further.suffixes:
                if opposed(suffix.harmony, harmony):
                    continue
                longer = (suffix, *chain)
                merged = suffix.harmony or harmony
                left = attachments()[suffix.layer]
                if not left.isdisjoint((NOUN, VERB)):
                    chains.append((longer, merged))
                paths.append(_Path(self._trie(left), merged, longer, suffix.after))
        child = node.children[letter] = Node(paths, chains) if paths else None
        return child

    def endings(self, node: Node, last: str) -> list[EndingGroup]:
        """The chains of a node that fit a written root ending in ``last``, kept with the node."""
        if last in node.endings:
            return node.endings[last]
        groups: dict[Repair, list[Ending]] = {}
        for chain, harmony in node.chains:
            leftmost = chain[0]
            if last not in leftmost.after:
                continue
            roots = [root for root in (NOUN, VERB) if root in attachments()[leftmost.layer]]
            repairs = repair_options(leftmost.repairs, last)
            if not leftmost.needs_repair:
                repairs.append(Repair.NONE)
            for repair in repairs:
                for root in roots:
                    score = self._chain_score(root, repair, chain)
                    groups.setdefault(repair, []).append(Ending(root, harmony, score, chain))
        found = node.endings[last] = [EndingGroup(*group) for group in groups.items()]
        return found

    def _trie(self, layers: frozenset[str]) -> _Trie:
        """The suffixes of some layers as a tree of their letters from the right."""
        if layers in self._tries:
            return self._tries[layers]
        trie = self._tries[layers] = _Trie()
        for layer in sorted(layers - {NOUN, VERB}):
            for suffix in suffixes_by_layer()[layer]:
                place = trie
                for letter in reversed(suffix.form):
                    place = place.branches.setdefault(letter, _Trie())
                place.suffixes.append(suffix)
        return trie
