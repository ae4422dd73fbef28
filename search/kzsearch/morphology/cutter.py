"""Cutting a plain word: every way to see it as a root and a chain of suffixes, and the best one.

The automaton finds the chains, the phonology the roots behind them, the scorer says which
analysis to believe.
"""

from __future__ import annotations

from functools import partial
from operator import itemgetter
from typing import NamedTuple

from kzsearch.morphology.automaton import DEAD_END, Automaton, Chain, Ending, EndingGroup, Node
from kzsearch.morphology.features import SHORT_ROOT, TAIL
from kzsearch.morphology.phonology import (
    NO_VOWEL,
    Repair,
    harmony_of,
    opposed,
    restore_root,
)
from kzsearch.morphology.scoring import SHORT, Scorer, tail_key
from kzsearch.morphology.tables import NOUN, attachments

__all__ = ["Candidate", "Cutter"]

_SHORTEST_ROOT = 2
_SHORTEST_NEW_ROOT = 3  # the roots of two letters are all in the lexicon
# No chain of suffixes is longer: longer strings of letters are not words.
_LONGEST_ENDING = 30
_VOICES = ("passive", "reciprocal")
_NEAR = 1.5  # a form of a listed verb is believed before a new root this much more likely
_PRODUCTIVE = frozenset(("action", *_VOICES))
_PRODUCTIVE_ENDS = "уюлнс"  # last letters of their suffixes
_SCORE = itemgetter(0)
_NO_REPAIR = Repair.NONE  # a member of an enumeration is slow to look up


_Analysis = tuple[float, str, str, Repair, Ending | None]


class Candidate(NamedTuple):
    """One way to cut a word.

    score: log scale; higher is better.
    root: the dictionary form of the root.
    written: the root as it is written in the word.
    repair: the sound change undone to get from ``written`` to ``root``.
    ending: the chain of suffixes, None for the bare word.
    """

    score: float
    root: str
    written: str
    repair: Repair
    ending: Ending | None

    @property
    def clash(self) -> bool:
        """Whether root and suffixes break vowel harmony."""
        return self.ending is not None and opposed(harmony_of(self.written), self.ending.harmony)


class Cutter:
    """Cuts plain Kazakh words, letters only."""

    def __init__(self, scorer: Scorer) -> None:
        self.lexicon = scorer.lexicon
        self._scorer = scorer
        self._automaton = Automaton(scorer.chain)

    def candidates(self, word: str) -> list[Candidate]:
        """The analyses of a lower-case word, the bare word first."""
        return list(map(Candidate._make, self._analyses(word)))

    def _analyses(self, word: str) -> list[_Analysis]:
        """The candidates of a word as plain tuples: this is where the stemmer's time goes."""
        scorer, step, known = self._scorer, self._automaton.step, self.lexicon.known
        tails = scorer.tails
        found = [self._whole(word)]
        node = self._automaton.start
        for cut in range(len(word) - 1, max(_SHORTEST_ROOT, len(word) - _LONGEST_ENDING) - 1, -1):
            letter = word[cut]
            node = node.children.get(letter) or step(node, letter)
            if node is DEAD_END:
                break
            if not node.chains:
                continue
            written = word[:cut]
            tail = tails.get(written[-TAIL:] if cut > SHORT_ROOT else SHORT + written)
            if tail is None:
                tail = scorer.tail(written)
            _, harmony, key, new_shapes = tail
            if harmony == NO_VOWEL:
                harmony = harmony_of(written)
                key = tail_key(tail.last, harmony)
                if harmony == NO_VOWEL:
                    continue
            groups = node.groups.get(key)
            if groups is None:
                groups = self._groups(node, key, tail.last, harmony)
            for group in groups:
                repair = group.repair
                root, shapes = written, new_shapes
                if repair is not _NO_REPAIR:
                    root = restore_root(written, repair, harmony, letter)
                    if not root:
                        continue
                    shapes = scorer.tail(root).new
                evidence = known.get(root)
                if evidence is None:
                    if len(root) < _SHORTEST_NEW_ROOT:
                        continue
                    choices = group.new
                else:
                    shapes = scorer.known_shapes(root)
                    kept = group.known.get(evidence)
                    choices = scorer.choices(group, evidence) if kept is None else kept
                for score, slot, ending in choices:
                    found.append((score + shapes[slot], root, written, repair, ending))
        return found

    def _groups(self, node: Node, key: str, last: str, harmony: int) -> list[EndingGroup]:
        """The endings of a node for written roots of some last letter and harmony."""
        endings = self._automaton.endings(node, last)
        groups = node.groups[key] = [
            self._scorer.group(repair, harmony, fitting) for repair, fitting in endings.items()
        ]
        return groups

    def _whole(self, word: str) -> _Analysis:
        score = self._scorer.alone(word, self.lexicon.evidence(word))
        return score, word, word, _NO_REPAIR, None

    def root(self, word: str) -> str:
        """The root of the most believable analysis of a lower-case word."""
        return self._best(word)[1]

    def best(self, word: str) -> Candidate:
        """The most believable analysis of a lower-case word.

        A known root is left whole, even where it reads as an inflected form too (орында, do,
        and орын-да, in place): only so do all its own forms meet. And a verb the lexicon lists
        in some voice is a verb of its own (қатыс, take part, not қат-ыс). What is not listed and
        reads as a verbal noun or a voice of a listed verb is a form of that: алу of ал.
        """
        return Candidate._make(self._best(word))

    def near_roots(self, word: str, margin: float) -> list[str]:
        """The root of the best analysis, then those of analyses nearly as good, best first.

        margin: how far below the highest score an analysis may be.
        """
        if word in self.lexicon.roots:
            return [word]
        found = sorted(self._analyses(word), key=_SCORE, reverse=True)
        lowest = found[0][0] - margin
        return [self._choose(found)[1], *(other[1] for other in found if other[0] > lowest)]

    def _best(self, word: str) -> _Analysis:
        if word in self.lexicon.roots:
            return self._whole(word)
        return self._choose(self._analyses(word))

    def _choose(self, found: list[_Analysis]) -> _Analysis:
        best = max(found, key=_SCORE)
        score, root, written, _, ending = best
        if root[-1] in _PRODUCTIVE_ENDS and not self.lexicon.is_listed(root):
            near = (other for other in found if other[0] > score - _NEAR)
            forms = (other for other in near if self._is_form(root, other))
            return max(forms, key=_SCORE, default=best)
        if ending is None or ending.chain[0].layer not in _VOICES:
            return best
        verb = written + ending.chain[0].form
        if not self.lexicon.is_listed(verb):
            return best
        return max((other for other in found if other[1] == verb), key=_SCORE, default=best)

    def _is_form(self, root: str, analysis: _Analysis) -> bool:
        """Whether an analysis sees a root as a verbal noun or a voice of a listed verb."""
        _, verb, written, _, ending = analysis
        if ending is None or not self.lexicon.is_verb(verb):
            return False
        first = ending.chain[0]
        return first.layer in _PRODUCTIVE and written + first.form == root

    def ending(self, letters: str) -> Chain | None:
        """The likeliest chain of noun suffixes that some letters, cut off by a hyphen, spell."""
        node = self._automaton.start
        for letter in reversed(letters):
            node = self._automaton.step(node, letter)
        chains = [chain for chain, _ in node.chains if NOUN in attachments()[chain[0].layer]]
        likelihood = partial(self._scorer.chain, NOUN, _NO_REPAIR)
        return max(chains, key=likelihood, default=None)
