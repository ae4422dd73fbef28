"""Walking a word from its end through every chain of suffixes the tables allow.

The walk is a breadth-first search over the ordered layers, one letter at a time from the right,
with harmony and assimilation checked as it goes. Words share endings, so the search is done
once per ending and kept: a node of the automaton stands for a string of final letters and holds
every unfinished and finished chain of suffixes that spells it. Nodes are made on demand (a news
archive uses some thousands of them) and the whole automaton is dropped and begun anew when it
grows past a bound, so memory stays small whatever is typed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from kzsearch.morphology.lexicon import RootEvidence
from kzsearch.morphology.phonology import (
    NO_VOWEL,
    Repair,
    opposed,
    repair_options,
)
from kzsearch.morphology.tables import NOUN, VERB, Suffix, attachments, suffixes_by_layer

__all__ = ["DEAD_END", "Automaton", "Chain", "Choice", "Ending", "EndingGroup", "Node"]

_MAX_NODES = 16_000
_OWN = frozenset(("passive", "reciprocal", "action", "plural"))
"""Layers whose suffix may belong to a listed word: қатыс, жолдау, дәптер."""

Chain = tuple[Suffix, ...]


class _Trie:
    """A tree of suffixes spelled from the right."""

    __slots__ = ("branches", "suffixes")

    def __init__(self) -> None:
        self.branches: dict[str, _Trie] = {}
        self.suffixes: list[Suffix] = []


class Ending(NamedTuple):
    """A chain of suffixes that a root may carry.

    root: NOUN or VERB, what the chain attaches to.
    harmony: what the chain asks of the root's last vowel.
    score: how usual the chain is there (log scale).
    chain: the suffixes, left to right.
    own: the first letters of the chain, where they may belong to a word of its own.
    """

    root: str
    harmony: int
    score: float
    chain: Chain
    own: str


Choice = tuple[float, int, Ending]
"""An ending with its score, the letters of the root not counted, and the slot of ``Tail`` that
scores those (scoring.py)."""


class EndingGroup:
    """The endings that go with one repair of roots of one harmony.

    seldom: whether the repair fits few roots, all known.
    new: the endings worth a look where nothing is known of the root.
    known: the same by what is known of the root, filled by ``Scorer.choices``.
    """

    __slots__ = ("endings", "harmony", "known", "new", "repair", "seldom")

    def __init__(self, repair: Repair, harmony: int, endings: list[Ending]) -> None:
        self.repair = repair
        self.seldom = repair in (Repair.RESTORE_DOUBLE, Repair.KEEP_POSSESSIVE)
        self.harmony = harmony
        self.endings = endings
        self.new: list[Choice] = []
        self.known: dict[RootEvidence, list[Choice]] = {}


_Path = tuple[_Trie, int, Chain, frozenset[str] | None]
"""An unfinished suffix: where it stands, the harmony and the finished chain to its right, and the
letters that may stand before the chain, None inside a suffix."""


class Node:
    """Everything the tables say about one string of final letters."""

    __slots__ = ("chains", "children", "endings", "groups", "paths", "seldom")

    def __init__(self, paths: list[_Path], chains: list[tuple[Chain, int]]) -> None:
        self.paths = paths
        self.chains = chains  # chains that spell exactly these letters, with their harmony
        self.children: dict[str, Node] = {}
        self.endings: dict[str, dict[Repair, list[Ending]]] = {}  # by the last letter of the root
        self.groups: dict[str, list[EndingGroup]] = {}  # by ``Tail.key``
        self.seldom: dict[str, list[EndingGroup]] = {}  # those of seldom repairs


DEAD_END = Node([], [])
"""The node of all final letters that no chain of suffixes spells."""


class Automaton:
    """The suffix automaton.

    chain_score: how usual a chain is on a kind of root after some repair (log scale); asked
    once per chain and letter before it.
    """

    def __init__(self, chain_score: Callable[[str, Repair, Chain], float]) -> None:
        self._chain_score = chain_score
        self._tries: dict[frozenset[str], _Trie] = {}
        self._roots = {
            layer: [root for root in (NOUN, VERB) if root in left]
            for layer, left in attachments().items()
        }
        self._count = 0
        self.start = Node([(self._trie(frozenset(attachments())), NO_VOWEL, (), None)], [])

    def step(self, node: Node, letter: str) -> Node:
        """The node one letter further left, ``DEAD_END`` where no chain of suffixes goes on."""
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
                paths.append((further, harmony, chain, None))
            for suffix in further.suffixes:
                if opposed(suffix.harmony, harmony):
                    continue
                longer = (suffix, *chain)
                merged = suffix.harmony or harmony
                if self._roots[suffix.layer]:
                    chains.append((longer, merged))
                left = self._trie(attachments()[suffix.layer])
                paths.append((left, merged, longer, suffix.after))
        child = node.children[letter] = Node(paths, chains) if paths else DEAD_END
        return child

    def endings(self, node: Node, last: str) -> dict[Repair, list[Ending]]:
        """The chains of a node that fit a written root ending in ``last``, by repair of the root.

        They are kept with the node.
        """
        if last in node.endings:
            return node.endings[last]
        found: dict[Repair, list[Ending]] = {}
        for chain, harmony in node.chains:
            leftmost = chain[0]
            if last not in leftmost.after:
                continue
            repairs = repair_options(leftmost.repairs, last) if leftmost.repairs else []
            if not leftmost.needs_repair:
                repairs.append(Repair.NONE)
            for repair in repairs:
                own = _own_letters(chain, repair)
                for root in self._roots[leftmost.layer]:
                    score = self._chain_score(root, repair, chain)
                    found.setdefault(repair, []).append(Ending(root, harmony, score, chain, own))
        node.endings[last] = found
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


def _own_letters(chain: Chain, repair: Repair) -> str:
    """What of a chain may belong to a word of its own: дәптер, түлкі (түлік-і?), от-те-гі."""
    first = chain[0]
    if first.layer in _OWN or (first.layer == "possessive_third" and repair is Repair.ELIDE):
        return first.form
    is_relative = len(chain) > 1 and chain[1].layer == "relative"
    return first.form + chain[1].form if is_relative else ""
