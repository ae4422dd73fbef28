"""Choosing between analyses: a small log-linear model over the features.

The score of an analysis is the sum of its features' weights; the highest wins. The weights are
learned by ``benchmarks/train_stemmer.py`` from word forms with known lemmas and shipped in
``data/weights.tsv``, readable line by line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kzsearch.morphology.automaton import Chain, Ending, EndingGroup
from kzsearch.morphology.data_files import read_rows
from kzsearch.morphology.features import (
    BARE,
    Feature,
    chain_features,
    clash_features,
    root_features,
    shape_features,
)
from kzsearch.morphology.lexicon import UNKNOWN, Evidence, Lexicon
from kzsearch.morphology.phonology import Repair, opposed
from kzsearch.morphology.tables import NOUN, VERB

__all__ = ["Choice", "Scorer", "load_weights"]

Choice = tuple[float, int, Ending]
"""An ending with its score, the letters of the root not counted, and its slot: 0 noun, 1 verb,
2 and 3 the same where root and chain break vowel harmony."""


def load_weights() -> dict[Feature, float]:
    """The shipped weights."""
    return {
        (template, kind, value): float(weight)
        for template, kind, value, weight in read_rows("weights.tsv")
    }


class Scorer:
    """Scores analyses; sums that recur are kept."""

    def __init__(self, lexicon: Lexicon, weights: Mapping[Feature, float]) -> None:
        self.lexicon = lexicon
        self._weights = weights
        self._alone: dict[Evidence, float] = {}
        self._alone_shapes: dict[tuple[str, bool], float] = {}
        self.known_shapes: dict[tuple[str, bool], tuple[float, ...]] = {}

    def chain(self, kind: str, repair: Repair, chain: Chain) -> float:
        """Score of a chain of suffixes on a kind of root."""
        return self._sum(chain_features(kind, repair, chain))

    def alone(self, root: str, evidence: Evidence) -> float:
        """Score of a word without suffixes."""
        if evidence not in self._alone:
            self._alone[evidence] = self._sum(root_features(BARE, evidence, "", Repair.NONE))
        key = (root[-3:], evidence is UNKNOWN)
        if key not in self._alone_shapes:
            self._alone_shapes[key] = self._sum(shape_features(BARE, root, evidence))
        return self._alone[evidence] + self._alone_shapes[key]

    def shapes(self, root: str, evidence: Evidence) -> tuple[float, ...]:
        """Scores of the letters of a root, one for each slot of ``Choice``.

        The last three letters decide them, and they are kept in ``known_shapes`` by those.
        """
        plain = [self._sum(shape_features(kind, root, evidence)) for kind in (NOUN, VERB)]
        clash = [self._sum(clash_features(kind, root, evidence)) for kind in (NOUN, VERB)]
        found = (*plain, *(shape + extra for shape, extra in zip(plain, clash, strict=True)))
        self.known_shapes[root[-3:], evidence is UNKNOWN] = found
        return found

    def choices(self, group: EndingGroup, evidence: Evidence, harmony: int) -> list[Choice]:
        """The best ending of a group in each slot, for roots of some evidence and harmony.

        What is left to score, the letters of the root, is the same for all endings of a slot.
        They are kept in ``group.choices``.
        """
        best: dict[int, Choice] = {}
        for choice in self.every_choice(group, evidence, harmony):
            slot = choice[1]
            if slot not in best or choice[0] > best[slot][0]:
                best[slot] = choice
        found = group.choices[evidence, harmony] = list(best.values())
        return found

    def every_choice(self, group: EndingGroup, evidence: Evidence, harmony: int) -> list[Choice]:
        """All endings of a group, for roots of some evidence and harmony."""
        found: list[Choice] = []
        for ending in group.endings:
            layer = ending.chain[0].layer
            known = self._sum(root_features(ending.root, evidence, layer, group.repair))
            slot = (ending.root == VERB) + 2 * opposed(harmony, ending.harmony)
            found.append((ending.score + known, slot, ending))
        return found

    def _sum(self, features: Iterable[Feature]) -> float:
        return sum([self._weights.get(feature, 0.0) for feature in features])
