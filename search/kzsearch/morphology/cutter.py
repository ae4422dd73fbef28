"""Cutting a plain word: every way to see it as a root and a chain of suffixes, and the best one.

The automaton finds the chains, the phonology the roots behind them, the scorer says which
analysis to believe.
"""

from __future__ import annotations

from operator import itemgetter
from typing import NamedTuple

from kzsearch.morphology.automaton import Automaton, Ending
from kzsearch.morphology.lexicon import UNKNOWN
from kzsearch.morphology.phonology import (
    NO_VOWEL,
    Repair,
    harmony_of,
    opposed,
    restore_root,
)
from kzsearch.morphology.scoring import Scorer
from kzsearch.morphology.tables import NOUN, attachments

__all__ = ["Candidate", "Cutter"]

_SHORTEST_ROOT = 2
# No chain of suffixes is longer: longer strings of letters are not words.
_LONGEST_ENDING = 30
_VOICES = ("passive", "reciprocal")
_SCORE = itemgetter(0)


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

    def candidates(self, word: str, *, every_chain: bool = False) -> list[Candidate]:
        """The analyses of a lower-case word, the bare word first.

        every_chain: give all chains of suffixes that leave the same root, not the best only.
        """
        scorer, automaton, known = self._scorer, self._automaton, self.lexicon.known
        found = [self._whole(word)]
        node = automaton.start
        for cut in range(len(word) - 1, max(_SHORTEST_ROOT, len(word) - _LONGEST_ENDING) - 1, -1):
            further = node.children.get(word[cut]) or automaton.step(node, word[cut])
            if further is None:
                break
            node = further
            written = word[:cut]
            if not node.chains or (harmony := harmony_of(written)) == NO_VOWEL:
                continue
            last = written[-2] if written[-1] in "ьъ" else written[-1]  # медаль-ді: л decides
            for group in node.endings.get(last) or automaton.endings(node, last):
                repair = group.repair
                root = written
                if repair is not Repair.NONE:
                    root = restore_root(written, repair, harmony, word[cut])
                    if not root:
                        continue
                evidence = known.get(root, UNKNOWN)
                shapes = scorer.known_shapes.get((root[-3:], evidence is UNKNOWN))
                shapes = shapes or scorer.shapes(root, evidence)
                choices = group.choices.get((evidence, harmony))
                if every_chain:
                    choices = scorer.every_choice(group, evidence, harmony)
                elif choices is None:
                    choices = scorer.choices(group, evidence, harmony)
                for score, slot, ending in choices:
                    found.append(Candidate(score + shapes[slot], root, written, repair, ending))
        return found

    def _whole(self, word: str) -> Candidate:
        score = self._scorer.alone(word, self.lexicon.evidence(word))
        return Candidate(score, word, word, Repair.NONE, None)

    def best(self, word: str) -> Candidate:
        """The most believable analysis of a lower-case word.

        A known root is left whole, even where it reads as an inflected form too (орында, do,
        and орын-да, in place): only so do all its own forms meet. And a verb the lexicon lists
        in some voice is a verb of its own (қатыс, take part, not қат-ыс).
        """
        if self.lexicon.is_root(word):
            return self._whole(word)
        found = self.candidates(word)
        best = max(found, key=_SCORE)
        if best.ending is None or best.ending.chain[0].layer not in _VOICES:
            return best
        verb = best.written + best.ending.chain[0].form
        if not self.lexicon.is_listed(verb):
            return best
        return max((other for other in found if other.root == verb), key=_SCORE, default=best)

    def is_ending(self, letters: str) -> bool:
        """Whether some letters, cut off by a hyphen, are a chain of noun suffixes as they stand."""
        node = self._automaton.start
        for letter in reversed(letters):
            further = self._automaton.step(node, letter)
            if further is None:
                return False
            node = further
        return any(NOUN in attachments()[chain[0].layer] for chain, _ in node.chains)
