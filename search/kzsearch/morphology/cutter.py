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
from kzsearch.morphology.lexicon import UNKNOWN, RootEvidence
from kzsearch.morphology.phonology import (
    NO_VOWEL,
    Repair,
    harmony_of,
    opposed,
    restore_root,
)
from kzsearch.morphology.scoring import SHORT, Scorer, tail_key
from kzsearch.morphology.tables import NOUN, VERB, attachments, keepers

__all__ = ["Cut", "Cutter"]

_SHORTEST_ROOT = 2
_SHORTEST_NEW_ROOT = 3  # the roots of two letters are all in the lexicon
# No chain of suffixes is longer: longer strings of letters are not words.
_LONGEST_ENDING = 30
_VOICES = ("passive", "reciprocal")
_COMPARATIVES = ("рақ", "рек")
_LOCATIVES = ("да", "де", "та", "те")
_START = 3  # letters of a word that say whether a root in a double consonant is worth a look
_SHORTEST_FATHER = 3  # letters of a name before -ұлы, -қызы
_NEAR_LISTED = 2.0  # of two listed roots, the second is told if it is this near to the first
_NEAR = 1.5  # a form of a listed verb is believed before a new root this much more likely
_PRODUCTIVE = frozenset(("action", *_VOICES))
_PRODUCTIVE_ENDS = "уюлнс"  # last letters of their suffixes
_SCORE = itemgetter(0)
# Members of an enumeration are slow to look up.
_NO_REPAIR, _ELIDE = Repair.NONE, Repair.ELIDE
_DOUBLE, _KEEP = Repair.RESTORE_DOUBLE, Repair.KEEP_POSSESSIVE
_NAME: RootEvidence = ("prop", 0, 0)
_COMPOUND: RootEvidence = ("n", 0, 0)


_Analysis = tuple[float, str, str, Repair, Ending | None]


class Cut(NamedTuple):
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
        self._doubles = frozenset(root[:_START] for root in self.lexicon.doubled)

    def cuts(self, word: str) -> list[Cut]:
        """The analyses of a lower-case word, the bare word first."""
        return list(map(Cut._make, self._analyses(word)))

    def _analyses(self, word: str) -> list[_Analysis]:
        """The cuts of a word as plain tuples: this is where the stemmer's time goes."""
        scorer, step, known = self._scorer, self._automaton.step, self.lexicon.known
        tails = scorer.tails
        found: list[_Analysis] = []
        found.append((scorer.alone(word, known.get(word, UNKNOWN)), word, word, _NO_REPAIR, None))
        node = self._automaton.start
        for cut in range(len(word) - 1, max(_SHORTEST_ROOT, len(word) - _LONGEST_ENDING) - 1, -1):
            letter = word[cut]
            node = node.children.get(letter) or step(node, letter)
            if not node.chains:
                if node is DEAD_END:
                    break
                continue
            written = word[:cut]
            tail = tails.get(written[-TAIL:] if cut > SHORT_ROOT else SHORT + written)
            if tail is None:
                tail = scorer.tail(written)
            _, harmony, key, new_shapes, seldom = tail
            if not harmony:  # NO_VOWEL
                harmony = harmony_of(written)
                key = tail_key(tail.last, harmony)
                if harmony == NO_VOWEL:
                    continue
            groups = node.groups.get(key)
            if groups is None:
                groups = self._groups(node, key, tail.last, harmony)
            if seldom:
                groups = groups + self._seldom_groups(node, key, written, letter)
            for group in groups:
                repair = group.repair
                if repair is _NO_REPAIR:
                    root, shapes = written, new_shapes
                else:
                    root = restore_root(written, repair, harmony, letter)
                    if not root:
                        continue
                    shapes = scorer.tail(root).new
                evidence = known.get(root)
                if evidence is None:
                    if repair is _KEEP:
                        evidence = self._kept(written, letter)
                    elif len(root) < _SHORTEST_NEW_ROOT:
                        continue
                    else:
                        choices = group.new
                if evidence is not None:
                    shapes = scorer.known_shapes(root)
                    kept = group.known.get(evidence)
                    choices = scorer.choices(group, evidence) if kept is None else kept
                for score, slot, ending in choices:
                    found.append((score + shapes[slot], root, written, repair, ending))
        return found

    def _seldom_groups(self, node: Node, key: str, written: str, letter: str) -> list[EndingGroup]:
        """The endings of a node that go with repairs which fit few roots, where they fit."""
        fitting = set()
        if written in self.lexicon.doubled:
            fitting.add(_DOUBLE)
        if self._kept(written, letter):
            fitting.add(_KEEP)
        return [group for group in node.seldom[key] if group.repair in fitting]

    def evidence(self, cut: Cut) -> RootEvidence:
        """What is known about the root of a cut."""
        known = self.lexicon.evidence(cut.root)
        if known is UNKNOWN and cut.repair is _KEEP:
            return self._kept(cut.written, cut.root[-1]) or UNKNOWN
        return known

    def _kept(self, written: str, vowel: str) -> RootEvidence | None:
        """What is known about a word that keeps the possessive written after its last part.

        None if it keeps none: арба-сы is no compound of бас, арба is a word.
        """
        part = next((end for end in keepers() if written.endswith(end)), "")
        if not part or written == part:
            return None
        lexicon, kind = self.lexicon, keepers()[part]
        if lexicon.is_noun(written + vowel):
            return lexicon.evidence(written + vowel)
        first = written.removesuffix(part)
        if kind == "name":
            is_name = len(first) >= _SHORTEST_FATHER and not lexicon.is_listed(written)
            return _NAME if is_name else None
        is_compound = kind == "compound" and lexicon.is_noun(first) and len(first) > 1
        return _COMPOUND if is_compound and written[:-1] not in lexicon else None

    def _groups(self, node: Node, key: str, last: str, harmony: int) -> list[EndingGroup]:
        """The endings of a node for written roots of some last letter and harmony."""
        endings = self._automaton.endings(node, last)
        groups = [
            self._scorer.group(repair, harmony, fitting) for repair, fitting in endings.items()
        ]
        node.seldom[key] = [group for group in groups if group.seldom]
        node.groups[key] = [group for group in groups if not group.seldom]
        return node.groups[key]

    def _whole(self, word: str) -> _Analysis:
        score = self._scorer.alone(word, self.lexicon.evidence(word))
        return score, word, word, _NO_REPAIR, None

    def root(self, word: str) -> str:
        """The root of the most believable analysis of a lower-case word."""
        if word in self.lexicon.roots:
            return word
        found = self._analyses(word)
        return self._choose(word, max(found, key=_SCORE), found)[1]

    def best(self, word: str) -> Cut:
        """The most believable analysis of a lower-case word.

        A known root is left whole, even where it reads as an inflected form too (орында, do,
        and орын-да, in place): only so do all its own forms meet. And a listed word that looks
        like a voice, verbal noun or plural of another, or like one with a vowel dropped, is a word
        of its own (қатыс, take part, not қат-ыс; дәптер, a copybook, no plural; түлкі, a fox, not
        a form of түлік). What is not listed and reads as a verbal noun or a voice of a listed verb
        is a form of that: алу of ал. What is listed in a double consonant (процесс) is believed
        before any root that is not listed (проце-сі).
        """
        if word in self.lexicon.roots:
            return Cut._make(self._whole(word))
        found = self._analyses(word)
        return Cut._make(self._choose(word, max(found, key=_SCORE), found))

    def near_roots(self, word: str, margin: float) -> list[str]:
        """The root of the best analysis, then those of analyses nearly as good, best first.

        A listed root in a double consonant, and the noun under a verb that looks like its
        locative (сотта: convict, and in court), count as nearly as good.

        margin: how far below the highest score an analysis may be.
        """
        if word in self.lexicon.roots:
            return [word, *self._noun_in(word)]
        found = self._analyses(word)
        best = max(found, key=_SCORE)
        first, top, listed = self._choose(word, best, found)[1], best[0], self.lexicon.listed
        roots = [first]
        if word[:_START] in self._doubles:
            roots += [other[1] for other in found if other[3] is _DOUBLE]
        near = top - margin
        wide = top - _NEAR_LISTED if first in listed else near
        others = [other for other in found if other[0] > wide and other[1] != first]
        if not others:
            return roots
        others.sort(key=_SCORE, reverse=True)
        return roots + [
            other[1]
            for other in others
            if (other[0] > near or other[1] in listed) and not self._own(other)
        ]

    def _noun_in(self, verb: str) -> list[str]:
        """The noun whose locative is written as a verb made from it: сот of сотта."""
        noun = verb[:-2]
        lexicon = self.lexicon
        is_locative = verb.endswith(_LOCATIVES) and lexicon.is_noun(noun)
        return [noun] if is_locative and not lexicon.is_noun(verb) else []

    def _choose(self, word: str, best: _Analysis, found: list[_Analysis]) -> _Analysis:
        """The analysis to believe (see ``best``), given the one of the highest score."""
        score, root, _, _, ending = best
        if ending is not None and ending.own and (own := self._own(best)):
            best = max((other for other in found if other[1] == own), key=_SCORE, default=best)
        elif root not in self.lexicon.listed:
            if root[-1] in _PRODUCTIVE_ENDS:
                near = (other for other in found if other[0] > score - _NEAR)
                forms = (other for other in near if self._is_form(root, other))
                best = max(forms, key=_SCORE, default=best)
            may_be_sure = word[:_START] in self._doubles or word.endswith(_COMPARATIVES)
            if may_be_sure and best[1] not in self.lexicon.listed:
                sure = (other for other in found if self._is_sure(other))
                best = max(sure, key=_SCORE, default=best)
        return best

    def _is_sure(self, analysis: _Analysis) -> bool:
        """Whether an analysis is believed before any with a root that is not listed.

        процес-і of процесс, жеңіл-ірек of жеңіл: what else looks so is nearly always the same.
        """
        _, root, _, repair, ending = analysis
        if repair is _DOUBLE:
            return True
        is_comparative = ending is not None and ending.chain[0].layer == "comparative"
        return is_comparative and self.lexicon.is_listed(root) and len(root) > _SHORTEST_ROOT

    def _own(self, analysis: _Analysis) -> str:
        """The listed word that an analysis takes for a form of another, '' if there is none."""
        _, root, written, _, ending = analysis
        if ending is None or not ending.own:
            return ""
        own = written + ending.own
        lexicon = self.lexicon
        if own == root or own not in lexicon.listed:
            return ""
        return own if ending.root == VERB or lexicon.is_noun(own) else ""

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
