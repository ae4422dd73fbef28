"""Whether the engines answer right: their hits against the documents themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from benchmarks.speed.corpus import READINGS, Corpus, Word, reading_of
from benchmarks.speed.engines import ENGINES, K
from benchmarks.speed.queries import MODES, Queries

__all__ = ["Checked", "check_hits", "overlaps"]

Hits = Mapping[str, Sequence[Sequence[int]]]
Answer = tuple[str, str, int]  # engine, mode, number of the query

COUNTED = 5_000
"""Articles up to which the hits are counted too; beyond, only their rightness is checked."""


@dataclass
class Checked:
    """Of one engine: hits looked at, wrong ones, and queries with too few or too many hits."""

    hits: int = 0
    wrong: int = 0
    miscounted: int = 0


def check_hits(corpus: Corpus, queries: Queries, found: Mapping[str, Hits]) -> dict[str, Checked]:
    """Read every document once and hold the hits of each engine against it.

    A phrase is looked for in the text itself and a word among its words, by no index.
    """
    result = {name: Checked() for name in found}
    answers = [(name, mode, at) for name in found for mode in found[name] for at in _all(queries)]
    named: dict[int, list[Answer]] = {}
    for name, mode, at in answers:
        for number in found[name][mode][at]:
            named.setdefault(number, []).append((name, mode, at))
    ways = {ENGINES[name].finds_by for name in found} if corpus.articles <= COUNTED else set()
    right: Counter[tuple[tuple[str, ...], str, int]] = Counter()
    for number, fields in corpus.documents(READINGS):
        document = Text.read(fields)
        for name, mode, at in named.get(number, ()):
            result[name].hits += 1
            by = ENGINES[name].finds_by
            result[name].wrong += not document.answers(mode, queries[mode][at], by)
        for by in ways:
            for mode in MODES:
                for at, words in enumerate(queries[mode]):
                    right[by, mode, at] += document.answers(mode, words, by)
    for name, mode, at in answers if ways else ():
        expected = min(K, right[ENGINES[name].finds_by, mode, at])
        result[name].miscounted += len(found[name][mode][at]) != expected
    return result


class Text(NamedTuple):
    """A document in each reading: as text between spaces, and as the set of its words."""

    texts: Mapping[str, str]
    words: Mapping[str, frozenset[str]]

    @classmethod
    def read(cls, fields: Sequence[str]) -> Text:
        """From the fields of a document in all readings."""
        named = dict(zip(READINGS, fields, strict=True))
        texts = {reading: f" {field} " for reading, field in named.items()}
        return cls(texts, {reading: frozenset(field.split()) for reading, field in named.items()})

    def answers(self, mode: str, words: Sequence[Word], by: Iterable[str]) -> bool:
        """Whether the document answers a query; ``by``: readings a word may be found in.

        A phrase is one of stems or one of words as written.
        """
        if mode == "phrase":
            return any(
                f" {' '.join(reading_of(word, reading) for word in words)} " in self.texts[reading]
                for reading in by
                if reading in ("stem", "exact")
            )
        there = (any(reading_of(word, r) in self.words[r] for r in by) for word in words)
        return any(there) if mode == "or" else all(there)


def overlaps(found: Mapping[str, Hits], base: str) -> dict[str, dict[str, float]]:
    """For each engine and mode the share of hits in common with another engine's.

    Over the queries that both find anything for. Lucene and tantivy round the lengths of
    documents and others do not, and each breaks ties as it likes: 1.00 is not to be had.
    """
    shares: dict[str, dict[str, float]] = {}
    for name, hits in found.items():
        for mode in MODES:
            if mode in hits and mode in found[base]:
                pairs = zip(hits[mode], found[base][mode], strict=True)
                common = [len({*a} & {*b}) / max(len(a), len(b)) for a, b in pairs if a and b]
                shares.setdefault(name, {})[mode] = sum(common) / max(len(common), 1)
    return shares


def _all(queries: Queries) -> range:
    return range(len(queries["term"]))
