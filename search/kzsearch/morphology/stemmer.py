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
from itertools import chain, product
from typing import TYPE_CHECKING
from unicodedata import normalize

from kzsearch.morphology.cutter import Cutter
from kzsearch.morphology.data_files import read_rows
from kzsearch.morphology.lexicon import Lexicon, load_attested, load_parts
from kzsearch.morphology.scoring import Scorer, load_weights
from kzsearch.morphology.user_words import protected_words, user_roots
from kzsearch.text import fold

if TYPE_CHECKING:
    from kzsearch.morphology.analysis import WordAnalysis

__all__ = [
    "Stemmer",
    "analyze_word",
    "default_stemmer",
    "is_known_word",
    "is_root",
    "shipped_stemmer",
    "stem",
]

_LONGEST_WORD = 64  # letters; Kazakh words end far earlier, what is longer is left alone
_MEMORY = 20_000  # roots whose stems are remembered

_PLAIN = re.compile(f"[а-яёәғқңөұүһі]{{1,{_LONGEST_WORD}}}")
_HYPHENS = "-‐‑’'"
_ENDING_AT_HYPHEN = re.compile(f"(.+)[{_HYPHENS}]([а-яёәғқңөұүһі]+)", re.DOTALL)
_LONGEST_ACRONYM = 6
_LENGTHENED = re.compile(r"([а-яёәғқңөұүһі])\1{2,}")
_MOST_LENGTHENED = 3
"""Letters of one word that may be lengthened, each of which may stand for one or for two."""

_NEAR = 1.0  # a second reading counts if the first is less than e times as believable


class Stemmer:
    """Finds the stems of words.

    protected: words to be left as they are, whatever they look like.

    fixed: the stems of protected and irregular words.
    roots: what irregular roots are roots of.
    particles: what is dropped after a hyphen.
    """

    def __init__(self, lexicon: Lexicon, scorer: Scorer, protected: Iterable[str] = ()) -> None:
        self.lexicon = lexicon
        self.cutter = Cutter(scorer)
        fixed = read_rows("irregular_forms.tsv") + read_rows("protected.tsv")
        self.fixed = {row[0]: row[1] for row in fixed}
        self.fixed |= {fold(word): fold(word) for word in protected}
        self.roots = {row[0]: row[1] for row in read_rows("irregular_roots.tsv")}
        self.particles = frozenset(row[0] for row in read_rows("particles.tsv"))
        self._resting: dict[str, str] = {}

    def stem(self, word: str) -> str:
        """The stem of a word, in small letters; never empty unless the word is."""
        word = self.shortened(word)
        if _PLAIN.fullmatch(word) and word not in self.fixed:  # the usual case, without detours
            root = self.cutter.root(word)
            return self._rest(self.roots.get(root, root))
        return self._rest(self.cut(self.shortened(_folded(word))))

    def stems(self, word: str) -> tuple[str, ...]:
        """The stem of a word, and a second one where two readings are nearly as good.

        қаламыз is қал-а-мыз, we stay, or қала-мыз, our town; жолда is a verb, to send, and жол-да,
        on the road: the word alone cannot tell.
        """
        word = self.shortened(_folded(word))
        if word in self.fixed or not self.is_plain(word):
            return (self.stem(word),)
        first, *near = map(self._stem_of, self.cutter.near_roots(word, _NEAR))
        second = next((stem for stem in near if stem != first), first)
        left_whole = word == first and word not in self.lexicon.roots
        return (first,) if left_whole or second == first else (first, second)

    def shortened(self, word: str) -> str:
        """A word without lengthened letters: сәлем for сәлемммм, комиссия for комисссия.

        Hardly any word holds a letter three times in a row. Two of them are left where
        that makes a known word and one does not.
        """
        lengthened = _LENGTHENED.split(word)
        letters = lengthened[1::2]
        if not 0 < len(letters) <= _MOST_LENGTHENED or set(word) == set(letters):
            return word
        spellings = [
            "".join(chain(*zip(lengthened[::2], (*each, ""), strict=True)))
            for each in product(*((letter, 2 * letter) for letter in letters))
        ]
        return next(filter(self._is_of_known_root, spellings), word)

    def _stem_of(self, root: str) -> str:
        """The stem of a root that was cut out of a plain word."""
        return self._rest(self.roots.get(root, root))

    def _rest(self, stem: str) -> str:
        """Where stemming a stem again and again comes to rest."""
        rest = self._resting.get(stem)
        if rest is None:
            seen = [stem]
            while (further := self.cut(seen[-1])) not in seen:
                seen.append(further)
            rest = min(seen[seen.index(further) :])
            if len(self._resting) >= _MEMORY:
                self._resting.clear()
            self._resting[stem] = rest
        return rest

    def cut(self, word: str) -> str:
        """One step: the root under a word in small letters."""
        if word in self.fixed:
            return self.fixed[word]
        if self.is_plain(word):
            root = self.cutter.root(word)
            return self.roots.get(root, root)
        if not (joined := self.joined(word)):
            return word
        head, tail = joined
        if tail in self.particles:
            return self.cut(head)
        if (whole := self.cutter.root(word)) in self.lexicon.roots:
            return whole  # бала-шаға
        return head if self.is_ending(head, tail) else f"{head}-{self.cut(tail)}"

    def is_plain(self, word: str) -> bool:
        """Whether a word is of small Kazakh letters only, and no longer than words are."""
        return _PLAIN.fullmatch(word) is not None

    def joined(self, word: str) -> tuple[str, str] | None:
        """A word in two parts, the second of Kazakh letters after a hyphen; None if it is not."""
        found = _ENDING_AT_HYPHEN.fullmatch(word) if len(word) <= _LONGEST_WORD else None
        return (found[1], found[2]) if found else None

    def is_ending(self, head: str, tail: str) -> bool:
        """Whether what follows a hyphen is an ending of what stands before it (ақш-тың, 5-ке)."""
        if self.cutter.ending(tail) is None:
            return False
        return _PLAIN.fullmatch(head) is None or len(head) <= _LONGEST_ACRONYM

    def knows(self, word: str) -> bool:
        """Whether a word is made of a root that the lexicon has, with or without endings.

        Of a word with hyphens, whether each part is.
        """
        parts = re.split(f"[{_HYPHENS}]", _folded(word))
        return all(part in self.fixed or self._is_of_known_root(part) for part in parts)

    def _is_of_known_root(self, word: str) -> bool:
        return self.is_plain(word) and self.cutter.root(word) in self.lexicon.known

    def analyze(self, word: str) -> WordAnalysis:
        """The analysis behind ``stem(word)``."""
        from kzsearch.morphology.explaining import explain  # seldom asked for

        return explain(self, self.shortened(_folded(word)))


def _folded(word: str) -> str:
    return fold(normalize("NFC", word))


def shipped_stemmer() -> Stemmer:
    """A stemmer that knows what ships with kzsearch and nothing of the user's own words."""
    lexicon = Lexicon(load_parts(), load_attested())
    return Stemmer(lexicon, Scorer(lexicon, load_weights()))


@cache
def default_stemmer() -> Stemmer:
    """The stemmer that ships with kzsearch and the user's own words, made at the first call.

    Raises KzsearchError if a file of the user's words cannot be read.
    """
    attested = load_attested()
    for root, (nouns, verbs) in user_roots().items():
        seen = attested.get(root, (0, 0))
        attested[root] = max(nouns, seen[0]), max(verbs, seen[1])
    lexicon = Lexicon(load_parts(), attested)
    return Stemmer(lexicon, Scorer(lexicon, load_weights()), protected_words())


def stem(word: str) -> str:
    """The stem of a word, by the stemmer that ships with kzsearch."""
    return default_stemmer().stem(word)


def is_known_word(word: str) -> bool:
    """Whether a word is a form of a root in the lexicon of the stemmer that ships with kzsearch."""
    return default_stemmer().knows(word)


def is_root(word: str) -> bool:
    """Whether a folded word is itself a root of the lexicon, the user's own words included."""
    return word in default_stemmer().lexicon.roots


def analyze_word(word: str) -> WordAnalysis:
    """Root, suffixes and reasons of a word, by the stemmer that ships with kzsearch."""
    return default_stemmer().analyze(word)
