"""Which word of an index was meant by a misspelt one: a noisy channel.

Of all words that are near, the one is meant for which the mistake and the word together are
likeliest: the price of a candidate is what its mistyping costs, less what its frequency says
for it (Kernighan, Church and Gale 1990, A spelling correction program based on a noisy channel
model). Whether anything was mistyped at all is told by that price and by the letters typed:
мектпте is no sequence of Kazakh letters, a name never seen before mostly is.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from kzsearch.morphology import stem
from kzsearch.query.spelling.costs import EditCosts, load_costs
from kzsearch.query.spelling.distance import mistyping_cost
from kzsearch.text.scripts.letter_model import letter_model

__all__ = ["Candidate", "Corrector", "NearWords", "Weights"]

SHORT, LONG = 3, 6
"""Code points: words up to here are hardly corrected, words from here on may hold two mistakes."""

_FAR_RARER = 10
"""Times as many articles must hold a word for another, as likely, not to be meant."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What decides between candidates; prices are on the scale of the costs of mistakes.

    frequency: what the natural logarithm of a candidate's articles takes off its price.
    letters: what each bit takes off by which the letters typed are less likely than those meant.
    likely, sure: prices up to which the best candidate is worth offering, or can be searched for
        unasked. Of short words, most of which are acronyms or names, only sure ones are offered.
    held: the price up to which it is worth offering for a word that an article or two hold.
    margin: how much dearer than a sure candidate all words of other stems are.
    """

    frequency: float = 0.4
    letters: float = 0.1
    likely: float = 4.2
    sure: float = 2.0
    held: float = 3.1
    margin: float = 1.0


class Candidate(NamedTuple):
    """A word that may be meant. The cheapest is the likeliest; ties go by the alphabet.

    form: the word typed, spelt right; ``word`` itself, or another form of it.
    """

    price: float
    word: str
    articles: int
    form: str


class NearWords(Protocol):
    """Words that can be meant; a ``Vocabulary`` is one."""

    def near(self, word: str, mistakes: int) -> Iterator[tuple[str, int]]:
        """Words at most so many mistakes from a folded one, with counts of articles."""
        ...


class Corrector:
    """Finds what was meant among the words of a vocabulary. Safe for many threads."""

    def __init__(
        self,
        vocabulary: NearWords,
        costs: EditCosts | None = None,
        weights: Weights | None = None,
    ) -> None:
        """``costs``, ``weights``: by default those that ship with kzsearch."""
        self._vocabulary = vocabulary
        self._costs = costs or load_costs()
        self.weights = weights or Weights()

    def candidates(self, word: str) -> list[Candidate]:
        """The words that may be meant by a folded word, likeliest first; itself is none of them.

        Those with fewest mistakes only: with two, only where there are none with one.
        """
        for mistakes in range(1, most_mistakes(word) + 1):
            if found := sorted(self._priced(word, mistakes)):
                return found
        return []

    def _priced(self, word: str, mistakes: int) -> Iterator[Candidate]:
        weights = self.weights
        for other, articles in self._vocabulary.near(word, mistakes):
            if other != word:
                cost = mistyping_cost(word, other, self._costs)
                price = cost - weights.frequency * math.log(articles)
                yield Candidate(price, other, articles, other)

    def is_likely(self, word: str, best: Candidate) -> bool:
        """Whether a word is likelier a misspelling of ``best`` than a word of its own."""
        limit = self.weights.sure if len(word) <= SHORT else self.weights.likely
        return self.price_of_mistake(word, best) <= limit

    def is_likely_although_held(self, word: str, best: Candidate) -> bool:
        """The same of a word that an article or two hold: it takes a likelier mistake."""
        return self.price_of_mistake(word, best) <= self.weights.held

    def is_sure(self, word: str, candidates: list[Candidate]) -> bool:
        """Whether the first candidate is so surely meant that nobody need be asked.

        Other forms of the same word do not make it less sure: they find the same articles.
        """
        sure = self.price_of_mistake(word, candidates[0]) <= self.weights.sure
        return sure and not any(self._rivals(candidates))

    def is_best(self, candidates: list[Candidate]) -> bool:
        """Whether no other word than the first is nearly as likely, and nearly as common."""
        least = candidates[0].articles / _FAR_RARER
        return all(rival.articles < least for rival in self._rivals(candidates))

    def _rivals(self, candidates: list[Candidate]) -> Iterator[Candidate]:
        """Words of another stem that are nearly as likely as the first."""
        best, *others = candidates
        limit = best.price + self.weights.margin
        near = (other for other in others if other.price < limit)
        return (other for other in near if stem(other.word) != stem(best.word))

    def price_of_mistake(self, word: str, best: Candidate) -> float:
        """The price of a candidate, less what the letters of ``word`` say for a mistake."""
        model = letter_model()
        oddity = model.word_price(word) - model.word_price(best.form)
        return best.price - self.weights.letters * oddity


def most_mistakes(word: str) -> int:
    """How many mistakes a word may hold, by its length in code points."""
    return 1 if len(word) < LONG else 2
