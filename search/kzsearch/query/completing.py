"""What a query that is still being typed may become: words and phrases of the titles.

The last word is completed together with up to three words before it, so that ``қазақстан прези``
becomes ``Қазақстан президенті``; where no title goes on like that, with fewer of them. Every word
is read as it may have been meant, typed in any script and on any keyboard; what goes on as typed
comes first, but takes no more than half of the list while there is something else to offer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice, product

from kzsearch.engine.interface import PhraseCount
from kzsearch.engine.vocabulary import Vocabulary
from kzsearch.query.tables import Operator, field_names
from kzsearch.text import fold
from kzsearch.text.scripts import Known, Reading, Reason, beginnings, price

__all__ = ["Completion", "complete"]

_CONTEXT = 3
"""Words before the last one that are looked at: a phrase has four."""

_READINGS = 4
"""Readings of a word, and of all words together, that are completed."""

_CONTEXT_READINGS = 16
"""Readings of a finished word that are looked up."""

Phrases = Callable[[Sequence[str], str, int], list[PhraseCount]]
"""Phrases of titles that begin with some words and then a word that begins so."""

_RUN = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Completion:
    """A query that one being typed may become.

    text: the whole query.
    articles: how many articles have the word or phrase it ends with in their title, in any form
        (of deleted ones some may still count).
    typed: ``text[:typed]`` stands for what was typed, perhaps spelled otherwise; the rest is added.
    """

    text: str
    articles: int
    typed: int

    def to_json(self) -> dict[str, str | int]:
        """The completion as a JSON object."""
        return {"text": self.text, "articles": self.articles, "typed": self.typed}


@dataclass(frozen=True, slots=True)
class Run:
    """A word of the query, where it begins, and what it may mean, likeliest first."""

    start: int
    readings: Sequence[Reading]


def complete(vocabulary: Vocabulary, phrases: Phrases, typed: str, limit: int) -> list[Completion]:
    """Up to ``limit`` completions of a query, best first; no text is wrong.

    phrases: the ``complete`` of an engine.
    """
    runs = _runs(vocabulary, typed)
    found: dict[str, Completion] = {fold(typed).strip(): Completion(typed, 0, len(typed))}
    for first in range(len(runs)):
        if first and len(found) > limit:
            break
        for completion in _completions(phrases, typed, runs[first:], limit):
            found.setdefault(fold(completion.text), completion)
    return list(found.values())[1 : limit + 1]


def _runs(vocabulary: Vocabulary, typed: str) -> list[Run]:
    """The word being typed behind those of its context; empty if nothing can be completed."""
    known = cache(vocabulary.title_prefix_freq)
    spans = [match.span() for match in _RUN.finditer(typed)][-_CONTEXT - 1 :]
    if typed[-1:].isspace():
        spans = [*spans[-_CONTEXT:], (len(typed), len(typed))]
    runs: list[Run] = []
    for start, end in reversed(spans):
        head = _head().match(typed, start, end)
        if head is None or (runs and head["operator"]):
            break
        if head["field"] and field_names()[head["field"].lower()] is not Operator.TITLE:
            return []
        word = typed[head.end() : end]
        readings = _whole(vocabulary, word, known) if runs else beginnings(word, known, _READINGS)
        if not readings:
            break
        runs.insert(0, Run(head.end(), readings))
        if head.end() > start:
            break  # a phrase does not reach out of brackets or quotation marks
    return runs


@cache
def _head() -> re.Pattern[str]:
    """What may stand before a word in a query: see docs/query-language.md."""
    fields = "|".join(field_names())
    return re.compile(rf"(?P<operator>[-=]*(?:(?i:(?P<field>{fields})):)?)[(\"«“„]*")


def _whole(vocabulary: Vocabulary, word: str, known: Known) -> list[Reading]:
    """Readings of a word that is finished."""
    readings = [
        replace(
            reading,
            cost=price(_bits(reading), frequency),
            frequency=frequency,
        )
        for reading in beginnings(word, known, _CONTEXT_READINGS)
        if (frequency := vocabulary.title_doc_freq(reading.text))
    ]
    return sorted(readings, key=_likeliest)[:_READINGS]


def _bits(reading: Reading) -> float:
    """How unlikely a reading is by its letters alone."""
    return reading.cost - price(0.0, reading.frequency)


def _likeliest(reading: Reading) -> tuple[bool, float, str]:
    return reading.reason is not Reason.AS_TYPED, reading.cost, reading.text


def _completions(phrases: Phrases, typed: str, runs: Sequence[Run], limit: int) -> list[Completion]:
    """Completions of some words together, as typed before repaired."""
    if len(runs) == 1 and runs[0].start == len(typed):
        return []  # a word of which nothing is typed, after nothing
    exact: list[Completion] = []
    repaired: list[tuple[float, Completion]] = []
    for words in islice(_combined(runs), _READINGS):
        *context, start = (word.text for word in words)
        length = runs[0].start + len(" ".join([*context, start]))
        bits = sum(map(_bits, words))
        for phrase in phrases(context, start, limit):
            text = typed[: runs[0].start] + phrase.text
            completion = Completion(text, phrase.articles, length)
            if all(word.reason is Reason.AS_TYPED for word in words):
                exact.append(completion)
            else:
                repaired.append((phrase.weight / 2**bits, completion))
    repaired.sort(key=lambda found: (-found[0], found[1].text))
    others = [completion for _, completion in repaired]
    first = limit - min(len(others), limit // 2)
    return [*exact[:first], *others, *exact[first:]]


def _combined(runs: Sequence[Run]) -> list[tuple[Reading, ...]]:
    """All readings of some words together, as typed first, then likeliest first."""
    return sorted(
        product(*(run.readings for run in runs)),
        key=lambda words: (
            any(word.reason is not Reason.AS_TYPED for word in words),
            sum(word.cost for word in words),
            [word.text for word in words],
        ),
    )
