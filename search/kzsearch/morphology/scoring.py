"""Choosing between analyses: a small log-linear model over the features.

The score of an analysis is the sum of its features' weights; the highest wins. The weights are
learned by ``training/stemmer.py`` from word forms with known lemmas and shipped in
``data/weights.tsv``, readable line by line.

Words share endings, last letters and kinds of roots, so a score is put together from sums that
recur and are kept: of the chain, of what is known of the root, of the last letters of the root.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kzsearch.morphology.automaton import Chain, Choice, Ending, EndingGroup
from kzsearch.morphology.data_files import read_columns
from kzsearch.morphology.features import (
    BARE,
    SHORT_ROOT,
    TAIL,
    Feature,
    border_features,
    chain_features,
    clash_features,
    root_features,
    shape_features,
    sound_features,
)
from kzsearch.morphology.lexicon import UNKNOWN, Lexicon, RootEvidence, may_be_noun, may_be_verb
from kzsearch.morphology.phonology import Repair, harmony_at_end, opposed
from kzsearch.morphology.tables import NOUN, VERB, keepers

__all__ = ["SHORT", "Scorer", "Shapes", "Tail", "load_weights", "tail_key"]

SHORT = "^"
"""What the letters of a short root begin with in ``Scorer.tails``, unlike those of a tail."""

_MOST_TAILS = 20_000
_BARE_SLOT = 4


def load_weights() -> dict[Feature, float]:
    """The shipped weights."""
    templates, kinds, values, weights = read_columns("weights.tsv")
    return dict(zip(zip(templates, kinds, values, strict=True), map(float, weights), strict=True))


Shapes = tuple[float, float, float, float, float]
"""Scores of the last letters of a root by slot: noun, verb, noun and verb where root and chain
break vowel harmony, the bare word."""


class Tail(NamedTuple):
    """What the last letters of a root say.

    last: the letter that decides about assimilation.
    harmony: see ``harmony_at_end``.
    key: both together, the key of ``Node.groups``.
    new: scores of the letters for roots of which nothing else is known.
    seldom: whether a repair that fits few roots may fit: the doubling of the last consonant, or a
    possessive that belongs to the word.
    """

    last: str
    harmony: int
    key: str
    new: Shapes
    seldom: bool


class Scorer:
    """Scores analyses; sums that recur are kept.

    every_chain: whether to choose between the chains of suffixes that leave the same root (all
    are wanted to learn from).
    tails: what ``tail`` said so far, by the last ``TAIL`` letters of roots, or by all letters of
    a shorter one behind ``SHORT``.
    """

    def __init__(
        self, lexicon: Lexicon, weights: Mapping[Feature, float], *, every_chain: bool = False
    ) -> None:
        self.lexicon = lexicon
        self._seldom = tuple(
            {root[-TAIL:] for root in lexicon.doubled} | {part[-TAIL:] for part in keepers()}
        )
        self.tails: dict[str, Tail] = {}
        self._every_chain = every_chain
        self._weights = weights
        self._alone: dict[RootEvidence, float] = {}
        self._chains: dict[tuple[str, tuple[str, ...]], float] = {}
        self._borders: dict[tuple[str, Repair, str], float] = {}
        self._fits: dict[tuple[str, RootEvidence, str, Repair], float] = {}
        self._known_shapes: dict[str, Shapes] = {}
        self._two_letters: dict[tuple[str, bool], Shapes] = {}

    def chain(self, kind: str, repair: Repair, chain: Chain) -> float:
        """Score of a chain of suffixes on a kind of root."""
        names = tuple([suffix.name for suffix in chain])
        score = self._chains.get((kind, names))
        if score is None:
            score = self._chains[kind, names] = self._sum(chain_features(kind, names))
        border = kind, repair, chain[0].form
        if border not in self._borders:
            self._borders[border] = self._sum(border_features(*border))
        return score + self._borders[border]

    def alone(self, word: str, evidence: RootEvidence) -> float:
        """Score of a word without suffixes."""
        shapes = self.tail(word).new if evidence is UNKNOWN else self.known_shapes(word)
        fit = self._alone.get(evidence)
        if fit is None:
            fit = self._alone[evidence] = self._fit(BARE, evidence, "", Repair.NONE)
        return fit + shapes[_BARE_SLOT]

    def tail(self, root: str) -> Tail:
        """What the last letters of a root say."""
        letters = root[-TAIL:] if len(root) > SHORT_ROOT else SHORT + root
        found = self.tails.get(letters)
        if found is None:
            last = root[-2:-1] if root[-1] in "ьъ" else root[-1]  # медаль-ді: л decides
            harmony = harmony_at_end(root[-TAIL:])
            key = tail_key(last, harmony)
            if len(self.tails) >= _MOST_TAILS:
                self.tails.clear()
                self._known_shapes.clear()
            found = self.tails[letters] = Tail(
                last, harmony, key, self._shapes(root, known=False), root.endswith(self._seldom)
            )
        return found

    def known_shapes(self, root: str) -> Shapes:
        """Scores of the last letters of a root of which something is known."""
        letters = root[-TAIL:] if len(root) > SHORT_ROOT else SHORT + root
        found = self._known_shapes.get(letters)
        if found is None:
            found = self._known_shapes[letters] = self._shapes(root, known=True)
        return found

    def _shapes(self, root: str, *, known: bool) -> Shapes:
        """The scores of the last two letters, which many roots share, and of the whole tail."""
        ends = root[-2:], known
        shared = self._two_letters.get(ends)
        if shared is None:
            noun, verb, bare = (
                self._sum(sound_features(kind, root, known)) for kind in (NOUN, VERB, BARE)
            )
            clash = [self._sum(clash_features(kind, root, known)) for kind in (NOUN, VERB)]
            shared = self._two_letters[ends] = noun, verb, noun + clash[0], verb + clash[1], bare
        noun, verb, clashing_noun, clashing_verb, bare = shared
        noun_tail = self._sum(shape_features(NOUN, root, known))
        verb_tail = self._sum(shape_features(VERB, root, known))
        return (
            noun + noun_tail,
            verb + verb_tail,
            clashing_noun + noun_tail,
            clashing_verb + verb_tail,
            bare + self._sum(shape_features(BARE, root, known)),
        )

    def group(self, repair: Repair, harmony: int, endings: list[Ending]) -> EndingGroup:
        """The endings that go with one repair of roots of one harmony, chosen from."""
        found = EndingGroup(repair, harmony, endings)
        found.new = self._choose(found, UNKNOWN)
        return found

    def choices(self, group: EndingGroup, evidence: RootEvidence) -> list[Choice]:
        """The endings of a group worth a look for roots of some evidence; kept in the group."""
        found = group.known[evidence] = self._choose(group, evidence)
        return found

    def _choose(self, group: EndingGroup, evidence: RootEvidence) -> list[Choice]:
        """The best ending of a group in each slot.

        A root listed as no verb takes no verb endings (құну is not құн-у: құн, price, is a noun),
        one listed as a particle only no endings at all (басы is not ба-сы).
        What is left to score, the letters of the root, is the same for all endings of a slot.
        """
        every: list[Choice] = []
        best: dict[int, Choice] = {}
        allowed = {NOUN: may_be_noun(evidence), VERB: may_be_verb(evidence)}
        for ending in group.endings:
            if not allowed[ending.root]:
                continue
            fit = self._fit(ending.root, evidence, ending.chain[0].layer, group.repair)
            slot = (ending.root == VERB) + 2 * opposed(group.harmony, ending.harmony)
            choice = (ending.score + fit, slot, ending)
            every.append(choice)
            if slot not in best or choice[0] > best[slot][0]:
                best[slot] = choice
        return every if self._every_chain else list(best.values())

    def _fit(self, kind: str, evidence: RootEvidence, layer: str, repair: Repair) -> float:
        """Score of what is known about a root, in itself and before a suffix of some layer."""
        key = (kind, evidence, layer, repair)
        found = self._fits.get(key)
        if found is None:
            found = self._fits[key] = self._sum(root_features(*key))
        return found

    def _sum(self, features: Iterable[Feature]) -> float:
        return sum([self._weights.get(feature, 0.0) for feature in features])


def tail_key(last: str, harmony: int) -> str:
    """The key of ``Node.groups``; a string, because its hash is kept."""
    return f"{last}{harmony}"
