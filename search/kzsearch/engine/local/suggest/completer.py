"""The best phrases of a whole generation: its segments added up, forms of one phrase put together.

Every segment names its best; what each of these is worth in the other segments is looked up, so
the work does not grow with the index. A phrase is offered if it is a noun phrase of its own and
recurs: in two titles at least that are no reprints of one another. Where nothing recurs, as in a
small archive, phrases of one title are offered too; where no noun phrase begins so, any words.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from kzsearch.engine.interface import PhraseCount, TermCount
from kzsearch.engine.local.suggest.reader import Found, TitlesReader
from kzsearch.engine.local.suggest.weights import BASE, decay
from kzsearch.text import fold

__all__ = ["Completer"]

_DEPTH = 5
"""How many phrases are looked at for every one wanted: many are forms of the same."""

_DEPTH_BESIDE = 3
"""The same where titles must have other words too, each of which costs more."""

_RARER = 0.2
"""A shorter form is shown for a phrase if it is at least so often written as the commonest."""

_IZAFET = 0.65
"""An izafet (су тасқыны) is shown for a phrase if so much of it is written as one; where it is not,
the possessive mostly belongs to an owner before the phrase (клубтың бас бапкері)."""

_FREE = 0.15
"""In how much of its titles a phrase is a noun phrase of its own, at least."""

_OWN = 0.5
"""A phrase that is so often one of its own is offered beside those that begin with it."""

_MOSTLY = 0.75
_NEARLY_ALWAYS = 0.9
"""If so much of a phrase, of a single word, goes on in one way, only the longer one is shown."""

_ONCE = 3
"""How many phrases of one title are offered where none recurs, if a letter of them is typed."""

_LIFT = 4.0
"""How many times more often than chance the titles of a phrase have the words beside it."""

_FEW = 4
"""Phrases of so few titles are looked at title by title: all may be reprints, or deleted."""

_REPRINT = 0.6
"""How much of their words two titles share that say the same."""

_DIGITS = 9
"""Of weights that are compared: what lies behind depends on the order in which they were added up,
and so on how the articles came in."""

Words = tuple[str, ...]


@dataclass(slots=True)
class PhraseForm:
    """A phrase as its words stand, and what it amounts to in the segments that were asked.

    found: by segment. titles, free, weight: see ``Found``, of live articles.
    """

    words: Words
    found: dict[int, Found | None] = field(default_factory=dict)
    titles: int = 0
    free: int = 0
    weight: float = 0.0

    @property
    def rank(self) -> tuple[float, Words]:
        """Sorts the weightiest first."""
        return -round(self.weight, _DIGITS), self.words

    @property
    def every(self) -> int:
        """Titles that have it, whether or not they are wanted."""
        return sum(found.titles for found in self.found.values() if found)

    @property
    def place(self) -> tuple[int, int]:
        """Segment and place of an example, in the segment where most titles have the phrase."""
        known = [(number, found) for number, found in self.found.items() if found]
        number, found = max(known, key=lambda each: (each[1].titles, -each[0]))
        return number, found.example


@dataclass(frozen=True, slots=True)
class PhraseForms:
    """The forms of one phrase, weightiest first: their stems, and titles with any of them."""

    stems: Words
    forms: Sequence[PhraseForm]
    titles: int
    weight: float

    @property
    def rank(self) -> tuple[float, Words]:
        """Sorts the weightiest first."""
        return -round(self.weight, _DIGITS), self.stems


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

    def complete(
        self, context: Sequence[str], start: str, limit: int, beside: Sequence[str] = ()
    ) -> list[PhraseCount]:
        """See ``Engine.complete``."""
        by_words: dict[Words, PhraseForm] = {}
        masks = self._holding(beside)
        count = limit * (_DEPTH_BESIDE if beside else _DEPTH)
        not_all = []  # segments that may have more of a phrase than they said
        for number, (titles, _) in enumerate(self._segments):
            phrases = titles.best(context, start, count)
            for phrase in phrases:
                if phrase.words not in by_words:
                    by_words[phrase.words] = PhraseForm(phrase.words)
                self._add(by_words[phrase.words], number, phrase, masks)
            if len(phrases) == count:
                not_all.append(number)
        best = sorted(by_words.values(), key=lambda form: form.rank)[:count]
        for form in best:
            self._ask(form, not_all, masks)
        live = [form for form in best if form.titles]
        if masks:
            least = _LIFT * float(np.concatenate(masks).mean())
            live = [each for each in live if each.titles >= least * each.every]
        live.sort(key=lambda form: form.rank)
        groups = sorted(filter(_is_phrase, self._by_stems(live)), key=lambda group: group.rank)
        if not groups and not context and not beside and start:
            return self._words(start, limit)
        shown = list(islice(self._recurring(groups), limit))
        if not shown and start and not beside:
            shown = groups[: min(limit, _ONCE)]
        return [
            PhraseCount(self._shown(group.forms, len(context), start), group.titles, group.weight)
            for group in shown
        ]

    def _recurring(self, groups: Sequence[PhraseForms]) -> Iterator[PhraseForms]:
        """Phrases that recur, without those that mostly go on in one way."""
        several = [group for group in groups if group.titles > 1]
        for group in several:
            if not _goes_on(group, several) and self._recurs(group):
                yield group

    def _words(self, start: str, limit: int) -> list[PhraseCount]:
        """Words that begin so, of live titles."""
        return [
            PhraseCount(word.term, word.articles, BASE * word.articles)
            for word in self.suggest(start, limit)
            if any(
                not deleted.issuperset(np.flatnonzero(titles.holding(word.term)).tolist())
                for titles, deleted in self._segments
            )
        ]

    def _holding(self, beside: Sequence[str]) -> list[NDArray[np.bool_]]:
        """For each segment which articles have some words in their titles; empty if there are
        no words to have."""
        if not beside:
            return []
        return [
            np.logical_and.reduce([titles.holding(word) for word in beside])
            for titles, _ in self._segments
        ]

    def _add(
        self,
        form: PhraseForm,
        number: int,
        phrase: Found | None,
        masks: Sequence[NDArray[np.bool_]],
    ) -> None:
        """Add what a segment says of a phrase, as far as its articles live and are wanted.

        Of a phrase in many titles deleted ones may count.
        """
        form.found[number] = phrase
        if phrase is None:
            return
        titles, deleted = self._segments[number]
        share = 1.0
        if masks:
            held = np.count_nonzero(masks[number][titles.articles(phrase)])
            share = held / phrase.titles
        elif deleted and phrase.titles <= _FEW:
            here = titles.articles(phrase).tolist()
            share = sum(article not in deleted for article in here) / len(here)
        lasting = BASE * phrase.free
        weight = lasting + (phrase.weight - lasting) * self._decay[number]
        form.titles += round(share * phrase.titles)
        form.free += phrase.free
        form.weight += share * weight

    def _ask(
        self, form: PhraseForm, segments: Iterable[int], masks: Sequence[NDArray[np.bool_]]
    ) -> None:
        """Add what those segments have that did not name a phrase among their best."""
        for number in segments:
            if number not in form.found:
                titles, _ = self._segments[number]
                self._add(form, number, titles.find(form.words), masks)

    def _by_stems(self, forms: Iterable[PhraseForm]) -> Iterator[PhraseForms]:
        """Phrases with the same stems, weightiest first."""
        by_stems: dict[Words, list[PhraseForm]] = {}
        for form in forms:
            number, example = form.place
            stems = self._segments[number][0].stems(example, len(form.words))
            by_stems.setdefault(stems, []).append(form)
        for stems, same in by_stems.items():
            titles = sum(each.titles for each in same)
            yield PhraseForms(stems, same, titles, sum(each.weight for each in same))

    def _shown(self, forms: Sequence[PhraseForm], place: int, start: str) -> str:
        """Which form of a phrase to show: an izafet, else the shortest of the common ones.

        start: what its word at ``place`` begins with.
        """
        often = Counter[str]()
        texts: dict[str, tuple[bool, str]] = {}
        for form in forms:
            number, example = form.place
            titles, _ = self._segments[number]
            length = len(form.words)
            text = titles.shown(example, length, start if length == place + 1 else "")
            often[fold(text)] += form.titles
            texts.setdefault(fold(text), (titles.is_izafet(example, length), text))
        most = max(often.values())
        common = [text for text in texts if often[text] >= _RARER * most]
        izafets = [text for text in common if texts[text][0]]
        if sum(often[text] for text in izafets) >= _IZAFET * often.total():
            common = izafets
        folded = min(common, key=lambda text: (len(text), -often[text], text))
        return texts[folded][1]

    def _recurs(self, group: PhraseForms) -> bool:
        """Whether a phrase is in titles that are no reprints of one another."""
        if group.titles > _FEW:
            return True
        seen: list[frozenset[str]] = []
        for form in group.forms:
            for number, found in form.found.items():
                titles, deleted = self._segments[number]
                articles = titles.articles(found).tolist() if found else []
                seen += [titles.stems_of(each) for each in articles if each not in deleted]
        first = seen[0] if seen else frozenset()
        return any(len(first & other) < _REPRINT * len(first | other) for other in seen[1:])


def _is_phrase(group: PhraseForms) -> bool:
    """Whether it is often enough no part of a longer phrase."""
    if len(group.stems) == 1:
        return True
    every = sum(form.every for form in group.forms)
    return group.weight > 0 and sum(form.free for form in group.forms) >= _FREE * every


def _goes_on(group: PhraseForms, groups: Iterable[PhraseForms]) -> bool:
    """Whether a phrase is mostly the beginning of a longer one."""
    length = len(group.stems)
    if length > 1 and sum(form.free for form in group.forms) >= _OWN * group.titles:
        return False
    share = _MOSTLY if length > 1 else _NEARLY_ALWAYS
    return any(
        len(longer.stems) > length
        and longer.stems[:length] == group.stems
        and longer.titles >= share * group.titles
        for longer in groups
    )
