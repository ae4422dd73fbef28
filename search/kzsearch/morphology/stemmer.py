"""The stemmer: from any token to its stem.

Plain Kazakh words are cut by the scorer's choice (``cutter.py``). Around that stand the words
that need no choosing: irregular pronouns, protected words, tokens with a hyphen, a digit, a
percent sign or a Latin head. What is no Kazakh word is left alone.

A stem that would itself be stemmed is stemmed again, so ``stem(stem(word)) == stem(word)``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from operator import attrgetter
from unicodedata import normalize

from kzsearch.morphology.analysis import SuffixUse, WordAnalysis, sound_change
from kzsearch.morphology.cutter import Cutter
from kzsearch.morphology.data_files import read_rows
from kzsearch.morphology.derivation import derived_from
from kzsearch.morphology.lexicon import Lexicon, load_attested, load_parts
from kzsearch.morphology.scoring import Scorer, load_weights
from kzsearch.morphology.user_words import protected_words, user_roots
from kzsearch.text import fold

__all__ = ["Stemmer", "analyze_word", "default_stemmer", "is_known_word", "stem"]

_LONGEST_WORD = 64  # letters; Kazakh words end far earlier, what is longer is left alone
_MEMORY = 20_000  # settled roots remembered

_PLAIN = re.compile("[а-яёәғқңөұүһі]+")
_HYPHENS = "-‐‑’'"
_ENDING_AT_HYPHEN = re.compile(f"(.+)[{_HYPHENS}]([а-яёәғқңөұүһі]+)", re.DOTALL)
_LONGEST_ACRONYM = 6
_NEAR = 1.0  # a second reading counts if the first is less than e times as believable
_SCORE = attrgetter("score")


class Stemmer:
    """Finds the stems of words.

    protected: words to be left as they are, whatever they look like.
    """

    def __init__(self, lexicon: Lexicon, scorer: Scorer, protected: Iterable[str] = ()) -> None:
        self._lexicon = lexicon
        self.cutter = Cutter(scorer)
        fixed = read_rows("irregular_forms.tsv") + read_rows("protected.tsv")
        self._fixed = {row[0]: row[1] for row in fixed}
        self._fixed |= {fold(word): fold(word) for word in protected}
        self._roots = {row[0]: row[1] for row in read_rows("irregular_roots.tsv")}
        self._particles = frozenset(row[0] for row in read_rows("particles.tsv"))
        self._settled: dict[str, str] = {}

    def stem(self, word: str) -> str:
        """The stem of a word, in small letters; never empty unless the word is."""
        found = self._cut(fold(normalize("NFC", word)))
        settled = self._settled.get(found)
        if settled is None:
            settled = self._settle(found)
            if len(self._settled) >= _MEMORY:
                self._settled.clear()
            self._settled[found] = settled
        return settled

    def stems(self, word: str) -> tuple[str, ...]:
        """The stem of a word, and a second one where two readings are nearly as good.

        қаламыз is қал-а-мыз, we stay, or қала-мыз, our town: the word alone cannot tell.
        """
        word = fold(normalize("NFC", word))
        first = self.stem(word)
        if word == first or word in self._fixed or not self._is_plain(word):
            return (first,)
        found = sorted(self.cutter.candidates(word), key=_SCORE, reverse=True)
        near = (other.root for other in found if other.score > found[0].score - _NEAR)
        others = (stem for root in near if (stem := self.stem(root)) != first)
        second = next(others, None)
        return (first,) if second is None else (first, second)

    def _settle(self, stem: str) -> str:
        """Where stemming a stem again and again comes to rest."""
        seen = [stem]
        while (further := self._cut(seen[-1])) != seen[-1]:
            if further in seen:
                return min(seen[seen.index(further) :])
            seen.append(further)
        return seen[-1]

    def _cut(self, word: str) -> str:
        """One step: the root under a word in small letters."""
        if word in self._fixed:
            return self._fixed[word]
        if len(word) > _LONGEST_WORD:
            return word
        if self._is_plain(word):
            root = self.cutter.best(word).root
            return self._roots.get(root, root)
        joined = _ENDING_AT_HYPHEN.fullmatch(word)
        if not joined:
            return word
        head, tail = joined.groups()
        if tail in self._particles:
            return self._cut(head)
        if self._lexicon.is_root(whole := self.cutter.best(word).root):
            return whole  # бала-шаға
        return head if self._is_ending(head, tail) else f"{head}-{self._cut(tail)}"

    def _is_plain(self, word: str) -> bool:
        return len(word) <= _LONGEST_WORD and _PLAIN.fullmatch(word) is not None

    def _is_ending(self, head: str, tail: str) -> bool:
        """Whether what follows a hyphen is an ending of what stands before it (ақш-тың, 5-ке)."""
        if not self.cutter.is_ending(tail):
            return False
        return _PLAIN.fullmatch(head) is None or len(head) <= _LONGEST_ACRONYM

    def knows(self, word: str) -> bool:
        """Whether a word is made of a root that the lexicon has, with or without endings.

        Of a word with hyphens, whether each part is.
        """
        parts = re.split(f"[{_HYPHENS}]", fold(normalize("NFC", word)))
        return all(part in self._fixed or self._is_of_known_root(part) for part in parts)

    def _is_of_known_root(self, word: str) -> bool:
        return self._is_plain(word) and self.cutter.best(word).root in self._lexicon

    def analyze(self, word: str) -> WordAnalysis:
        """The analysis behind ``stem(word)``."""
        word = fold(normalize("NFC", word))
        final = self.stem(word)
        suffixes: tuple[SuffixUse, ...] = ()
        changes: list[str] = []
        reasons: list[str] = []
        rest = word
        while rest != final or not reasons:
            step = self._explain(rest)
            suffixes = step.suffixes + suffixes
            changes += step.changes
            reasons.append(step.reason)
            rest = step.stem
        reason = ", then ".join(dict.fromkeys(reasons))
        derivation = derived_from(final, self._lexicon)
        return WordAnalysis(word, final, suffixes, tuple(changes), reason, derivation)

    def _explain(self, word: str) -> WordAnalysis:
        """One step of ``_cut`` with its reasons."""
        if word in self._fixed:
            return _bare(word, self._fixed[word], "irregular or protected word")
        if self._is_plain(word):
            return self._explain_plain(word)
        joined = _ENDING_AT_HYPHEN.fullmatch(word)
        if not joined or len(word) > _LONGEST_WORD:
            return _bare(word, word, "not a Kazakh word, left as it is")
        head, tail = joined.groups()
        if tail in self._particles:
            return _bare(word, self._cut(head), f"particle -{tail} dropped")
        if self._lexicon.is_root(self.cutter.best(word).root):
            return self._explain_plain(word)
        if self._is_ending(head, tail):
            return _bare(word, head, f"ending -{tail} cut at the hyphen")
        last = self._explain(tail)
        stem = f"{head}-{last.stem}"
        return WordAnalysis(word, stem, last.suffixes, last.changes, "last part cut", None)

    def _explain_plain(self, word: str) -> WordAnalysis:
        best = self.cutter.best(word)
        root = self._roots.get(best.root, best.root)
        chain = best.ending.chain if best.ending else ()
        suffixes = tuple(SuffixUse(part.form, part.gloss, part.layer) for part in chain)
        change = sound_change(best.repair, best.written, best.root)
        changes = [change] if change else []
        if root != best.root:
            changes.append(f"{best.root} is a form of {root}")
        parts, nouns, verbs = self._lexicon.evidence(best.root)
        if parts:
            reason = f"{best.root} is in the lexicon ({parts})"
        elif nouns or verbs:
            reason = f"{best.root} was seen in text with many endings"
        else:
            reason = "the most usual reading of these letters"
        return WordAnalysis(word, root, suffixes, tuple(changes), reason, None)


def _bare(word: str, stem: str, reason: str) -> WordAnalysis:
    return WordAnalysis(word, stem, (), (), reason, None)


@cache
def default_stemmer() -> Stemmer:
    """The stemmer that ships with kzsearch and the user's own words, made at the first call.

    Raises KzsearchError if a file of the user's words cannot be read.
    """
    lexicon = Lexicon(load_parts(), load_attested() | user_roots())
    return Stemmer(lexicon, Scorer(lexicon, load_weights()), protected_words())


def stem(word: str) -> str:
    """The stem of a word, by the stemmer that ships with kzsearch."""
    return default_stemmer().stem(word)


def is_known_word(word: str) -> bool:
    """Whether a word is a form of a root in the lexicon of the stemmer that ships with kzsearch."""
    return default_stemmer().knows(word)


def analyze_word(word: str) -> WordAnalysis:
    """Root, suffixes and reasons of a word, by the stemmer that ships with kzsearch."""
    return default_stemmer().analyze(word)
