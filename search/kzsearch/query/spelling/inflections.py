"""Misspelt forms that no article holds, of words that articles hold in other forms.

Most forms of a Kazakh word stand in no archive, so a misspelt one (``финалымызғп``) may have no
word near it. But what it was meant to be is known all the same: a form of a root in the lexicon
with its endings, one mistake away, whose stem the index holds. Of the words of that stem that
articles hold the nearest is the one to search for; it finds all the others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from kzsearch.engine.vocabulary import Vocabulary
from kzsearch.morphology import is_known_word, stem
from kzsearch.query.spelling.corrector import LONG, Candidate
from kzsearch.query.spelling.costs import EditCosts, load_costs
from kzsearch.query.spelling.distance import mistyping_cost
from kzsearch.query.spelling.real_words import is_of_known_stem
from kzsearch.query.spelling.vocabulary import JoinedWords, SpelledWords
from kzsearch.text.alphabet import LETTERS

__all__ = ["Inflections"]

_UNSEEN = 1.0
"""What it adds to the price of a form that no article holds it."""

_MOST_STEMS = 2
"""Stems that are looked for: the likeliest, and a second one that may raise a doubt."""


class Inflections:
    """Finds what was meant by misspelt forms. Safe for many threads."""

    def __init__(
        self,
        vocabulary: JoinedWords | SpelledWords,
        forms: Vocabulary,
        costs: EditCosts | None = None,
    ) -> None:
        """``vocabulary``, ``forms``: of one index. ``costs``: by default those that ship."""
        self._vocabulary = vocabulary
        self._forms = forms
        self._costs = costs or load_costs()
        self._likely_meant: defaultdict[str, set[str]] = defaultdict(set)
        for typed, meant in (*self._costs.beside, *self._costs.confused):
            self._likely_meant[typed].add(meant)

    def candidates(self, word: str) -> list[Candidate]:
        """A word for each stem that may be meant by a folded one, likeliest first.

        Their prices do not fall with the articles of a stem: how common it is says little of
        one of its rare forms.
        """
        if len(word) < LONG or not word.isalpha():
            return []
        found: dict[str, Candidate] = {}
        for cost, form in sorted(
            (mistyping_cost(word, form, self._costs), form) for form in set(self._one_away(word))
        ):
            if is_known_word(form) and (root := stem(form)) not in found:
                if is_of_known_stem(form, self._forms) and (near := self._nearest(form, root)):
                    found[root] = Candidate(cost + _UNSEEN, *near, form)
                if len(found) == _MOST_STEMS:
                    break
        return list(found.values())

    def _one_away(self, word: str) -> Iterator[str]:
        """What may have been meant if there is one mistake in a word.

        A letter for any other, neither beside it nor alike, is too unlikely to be tried.
        """
        for place, letter in enumerate(word):
            before, after = word[:place], word[place + 1 :]
            yield before + after
            yield before + after[:1] + letter + after[1:]
            for meant in self._likely_meant[letter]:
                yield before + meant + after
        for place in range(len(word) + 1):
            for missing in LETTERS:
                yield word[:place] + missing + word[place:]

    def _nearest(self, form: str, root: str) -> tuple[str, int] | None:
        """The word of a stem that is nearest to a form of it, with its articles."""
        beginning = root[:-1]  # its last letter may change: кітап, кітабы
        near = sorted(
            (mistyping_cost(form, word, self._costs), word, articles)
            for word, articles in self._vocabulary.beginning_with(beginning)
        )
        return next(((word, count) for _, word, count in near if stem(word) == root), None)
