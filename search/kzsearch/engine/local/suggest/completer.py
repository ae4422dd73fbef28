"""The best phrases of a whole generation: its segments added up, forms of one phrase put together.

Every segment names its best; what each of these is worth in the other segments is looked up for
the most promising ones only, so the work does not grow with the index.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from kzsearch.engine.interface import PhraseCount, TermCount
from kzsearch.engine.local.suggest.reader import Found, TitlesReader
from kzsearch.engine.local.suggest.weights import BASE, decay

__all__ = ["Completer"]

_DEPTH = 6
"""How many phrases are looked at for every one wanted: many are forms of the same."""

_RARER = 0.2
"""A shorter form is shown for a phrase if it is at least so often written as the commonest."""

_MOSTLY = 0.75
"""If so much of a phrase goes on in one way, only the longer phrase is shown."""

Words = tuple[str, ...]


@dataclass(slots=True)
class Candidate:
    """A phrase, and what it amounts to in the segments that were asked.

    place: segment and place of a title, of the segment where most titles have it.
    """

    words: Words
    titles: int = 0
    weight: float = 0.0
    asked: set[int] = field(default_factory=set)
    most: int = 0
    place: tuple[int, int] = (0, 0)

    @property
    def rank(self) -> tuple[float, Words]:
        """Sorts the weightiest first."""
        return -self.weight, self.words


@dataclass(frozen=True, slots=True)
class Group:
    """The forms of one phrase: its stems, titles with any form, and the form to show."""

    stems: Words
    titles: int
    weight: float
    shown: Candidate


class Completer:
    """Answers what the titles of a generation offer. Safe from many threads."""

    def __init__(self, segments: Sequence[tuple[TitlesReader, frozenset[int]]]) -> None:
        """``segments``: the titles of each, and which of its articles are deleted."""
        self._segments = segments
        newest = max((titles.newest for titles, _ in segments), default=0)
        self._decay = [decay(newest - titles.newest) for titles, _ in segments]

    def frequency(self, word: str, *, beginning: bool) -> int:
        """See ``Vocabulary.title_doc_freq`` and ``title_prefix_freq``."""
        return sum(
            titles.beginning_with(word) if beginning else titles.holds(word)
            for titles, _ in self._segments
        )

    def suggest(self, start: str, limit: int) -> list[TermCount]:
        """See ``Engine.suggest``."""
        found = Counter[str]()
        for titles, _ in self._segments:
            found.update(titles.words(start))
        best = heapq.nsmallest(limit, found.items(), key=lambda item: (-item[1], item[0]))
        return [TermCount(word, count) for word, count in best]

    def complete(self, context: Sequence[str], start: str, limit: int) -> list[PhraseCount]:
        """See ``Engine.complete``."""
        found: dict[Words, Candidate] = {}
        count = limit * _DEPTH
        not_all = []  # segments that may have more of a phrase than they said
        for number, (titles, _) in enumerate(self._segments):
            phrases = titles.best(context, start, count)
            for phrase in phrases:
                if phrase.words not in found:
                    found[phrase.words] = Candidate(phrase.words)
                self._add(found[phrase.words], number, phrase)
            if len(phrases) == count:
                not_all.append(number)
        best = sorted(found.values(), key=lambda candidate: candidate.rank)[:count]
        for candidate in best:
            self._ask(candidate, not_all)
        live = sorted(filter(_lives, best), key=lambda candidate: candidate.rank)
        groups = sorted(self._grouped(live), key=lambda group: (-group.weight, group.stems))
        shown = (group for group in groups if not _goes_on(group, groups))
        return [self._count(group) for group in islice(shown, limit)]

    def _add(self, candidate: Candidate, number: int, phrase: Found) -> None:
        """Add what a segment says of a phrase, unless only a deleted article has it."""
        candidate.asked.add(number)
        titles, deleted = self._segments[number]
        if deleted and phrase.titles == 1 and titles.article(phrase.place) in deleted:
            return
        lasting = BASE * phrase.titles
        candidate.titles += phrase.titles
        candidate.weight += lasting + (phrase.weight - lasting) * self._decay[number]
        if phrase.titles > candidate.most:
            candidate.most = phrase.titles
            candidate.place = number, phrase.place

    def _ask(self, candidate: Candidate, segments: Iterable[int]) -> None:
        """Add what those segments have that did not name a phrase among their best."""
        for number in segments:
            if number not in candidate.asked:
                titles, _ = self._segments[number]
                if phrase := titles.find(candidate.words):
                    self._add(candidate, number, phrase)

    def _grouped(self, candidates: Iterable[Candidate]) -> Iterator[Group]:
        """Phrases with the same stems, weightiest first."""
        forms: dict[Words, list[Candidate]] = {}
        for candidate in candidates:
            number, place = candidate.place
            stems = self._segments[number][0].stems(place, len(candidate.words))
            forms.setdefault(stems, []).append(candidate)
        for stems, same in forms.items():
            common = [each for each in same if each.titles >= _RARER * same[0].titles]
            shown = min(common, key=lambda each: (sum(map(len, each.words)), each.rank))
            titles = sum(each.titles for each in same)
            yield Group(stems, titles, sum(each.weight for each in same), shown)

    def _count(self, group: Group) -> PhraseCount:
        number, place = group.shown.place
        written = self._segments[number][0].written(place, len(group.shown.words))
        return PhraseCount(" ".join(written), group.titles, group.weight)


def _lives(candidate: Candidate) -> bool:
    return candidate.titles > 0


def _goes_on(group: Group, groups: Iterable[Group]) -> bool:
    """Whether a phrase is mostly the beginning of a longer one; a single word is always offered."""
    length = len(group.stems)
    return length > 1 and any(
        len(longer.stems) > length
        and longer.stems[:length] == group.stems
        and longer.titles >= _MOSTLY * group.titles
        for longer in groups
    )
