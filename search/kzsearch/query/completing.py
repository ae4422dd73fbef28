"""What a query that is still being typed may become: words and phrases of the titles.

The last word is completed together with up to three words before it, so that ``қазақстан прези``
becomes ``Қазақстан президенті``; where no two titles go on like that, with fewer of them, and the
others anywhere in the same titles. Every word is read as it may have been meant, typed in any
script and on any keyboard; half of the list is kept for what goes on as typed. The beginning of a
Russian word becomes what it means in Kazakh too. What is shown is sorted by how many articles
have it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice, product
from typing import Protocol

from kzsearch.engine.interface import PhraseCount
from kzsearch.engine.vocabulary import Vocabulary
from kzsearch.query.tables import Operator, field_names
from kzsearch.query.translation import shipped_translations
from kzsearch.text import fold
from kzsearch.text.scripts import Known, Reading, Reason, beginnings, price

__all__ = ["Completion", "complete"]

_CONTEXT = 3
"""Words before the last one that are looked at: a phrase has four."""

_READINGS = 4
"""Readings of a word, and of all words together, that are completed."""

_READINGS_BESIDE = 2
"""The same where other words of the query stand before them."""

_CONTEXT_READINGS = 16
"""Readings of a finished word that are looked up."""


class Phrases(Protocol):
    """Phrases of titles, see ``Engine.complete``."""

    def __call__(
        self, context: Sequence[str], start: str, limit: int, beside: Sequence[str] = ()
    ) -> list[PhraseCount]:
        """The ``complete`` of an engine."""
        ...


_RUN = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Completion:
    """A query that one being typed may become.

    text: the whole query.
    articles: how many articles have in their title what it was completed with, in any form, and
        the words of the query before it (of deleted ones some may still count).
    typed: ``text[:typed]`` stands for what was typed, perhaps spelled otherwise; the rest is added.
    """

    text: str
    articles: int
    typed: int

    def to_json(self) -> dict[str, str | int]:
        """The completion as a JSON object."""
        return {"text": self.text, "articles": self.articles, "typed": self.typed}


_RUSSIAN_LETTERS = 4
"""Letters by which a Russian word is looked up in the vocabulary, at least."""

_MEANINGS = 3
"""Kazakh words that the beginning of a Russian one is completed with."""


@dataclass(frozen=True, slots=True)
class ReadWord:
    """A word of the query, where it begins, and what it may mean, likeliest first."""

    start: int
    readings: Sequence[Reading]


def complete(vocabulary: Vocabulary, phrases: Phrases, typed: str, limit: int) -> list[Completion]:
    """Up to ``limit`` completions of a query, those of most articles first; no text is wrong.

    phrases: the ``complete`` of an engine.
    """
    read_words = _read_words(vocabulary, typed)
    found: dict[str, Completion] = {}
    for first in range(len(read_words)):
        before = [word.readings[0].text for word in read_words[:first]]
        for completion in _completions(phrases, typed, read_words[first:], before, limit):
            found.setdefault(fold(completion.text), completion)
        if any(map(_recurs, found.values())):
            break
    if len(found) < limit:
        for completion in _translated(vocabulary, phrases, typed):
            found.setdefault(fold(completion.text), completion)
    found.pop(fold(typed).strip(), None)
    best = list(islice(found.values(), limit))
    if any(map(_recurs, best)):
        best = list(filter(_recurs, best))
    return sorted(best, key=lambda completion: -completion.articles)


def _recurs(completion: Completion) -> bool:
    return completion.articles > 1


def _translated(vocabulary: Vocabulary, phrases: Phrases, typed: str) -> Iterator[Completion]:
    """Completions of a Russian word at the end of a query by what it means in Kazakh."""
    start = len(typed) - len(typed.split(" ")[-1])
    beginning = fold(typed[start:])
    if len(beginning) < _RUSSIAN_LETTERS:
        return
    first, end = (bisect_left(_russian(), bound) for bound in (beginning, f"{beginning}\U0010ffff"))
    meanings = {shipped_translations()[word][0] for word in _russian()[first:end]}
    often = {meaning: vocabulary.title_doc_freq(meaning.split()[-1]) for meaning in meanings}
    likeliest = sorted(filter(often.get, often), key=lambda meaning: (-often[meaning], meaning))
    for meaning in likeliest[:_MEANINGS]:
        *context, last = meaning.split()
        for phrase in phrases(context, last, 1):
            text = typed[:start] + phrase.text
            yield Completion(text, phrase.articles, start + len(meaning))


@cache
def _russian() -> Sequence[str]:
    """The Russian words of the vocabulary, sorted."""
    return sorted(word for word in shipped_translations() if " " not in word)


def _read_words(vocabulary: Vocabulary, typed: str) -> list[ReadWord]:
    """The word being typed behind those of its context; empty if nothing can be completed."""
    known = cache(vocabulary.title_prefix_freq)
    spans = [match.span() for match in _RUN.finditer(typed)][-_CONTEXT - 1 :]
    if typed[-1:].isspace():
        spans = [*spans[-_CONTEXT:], (len(typed), len(typed))]
    read_words: list[ReadWord] = []
    for start, end in reversed(spans):
        head = _head().match(typed, start, end)
        if head is None or (read_words and head["operator"]):
            break
        if head["field"] and field_names()[head["field"].lower()] is not Operator.TITLE:
            return []
        word = typed[head.end() : end]
        readings = (
            _whole(vocabulary, word, known) if read_words else beginnings(word, known, _READINGS)
        )
        if not readings:
            break
        read_words.insert(0, ReadWord(head.end(), readings))
        if head.end() > start:
            break  # a phrase does not reach out of brackets or quotation marks
    return read_words


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


def _completions(
    phrases: Phrases, typed: str, read_words: Sequence[ReadWord], before: Sequence[str], limit: int
) -> list[Completion]:
    """Completions of some words together, likeliest first; what goes on as typed is among them.

    before: the words before them, which the same titles have.
    """
    if len(read_words) == 1 and read_words[0].start == len(typed):
        return []  # a word of which nothing is typed, after nothing
    exact: list[tuple[float, Completion]] = []
    repaired: list[tuple[float, Completion]] = []
    for words in islice(_combined(read_words), _READINGS_BESIDE if before else _READINGS):
        *context, start = (word.text for word in words)
        length = read_words[0].start + len(" ".join([*context, start]))
        bits = sum(map(_bits, words))
        as_typed = all(word.reason is Reason.AS_TYPED for word in words)
        for phrase in phrases(context, start, limit, before):
            if any(word.startswith(tuple(before)) for word in fold(phrase.text).split()):
                continue
            text = typed[: read_words[0].start] + phrase.text
            completion = Completion(text, phrase.articles, length)
            (exact if as_typed else repaired).append((phrase.weight / 2**bits, completion))
    exact.sort(key=_best_first)
    kept = limit // 2
    others = sorted([*exact[kept:], *repaired], key=_best_first)
    return [completion for _, completion in [*exact[:kept], *others]]


def _best_first(found: tuple[float, Completion]) -> tuple[float, str]:
    return -found[0], found[1].text


def _combined(read_words: Sequence[ReadWord]) -> list[tuple[Reading, ...]]:
    """All readings of some words together, as typed first, then likeliest first."""
    return sorted(
        product(*(word.readings for word in read_words)),
        key=lambda words: (
            any(word.reason is not Reason.AS_TYPED for word in words),
            sum(word.cost for word in words),
            [word.text for word in words],
        ),
    )
