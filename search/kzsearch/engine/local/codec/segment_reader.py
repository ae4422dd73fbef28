"""Reading a segment: everything in place in the memory map, what is unpacked remembered."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kzsearch.engine.document import Tokens
from kzsearch.engine.local.codec.cache import RecentlyUsed
from kzsearch.engine.local.codec.container import FILE_NAME, Container
from kzsearch.engine.local.codec.dictionary import PrefixDictionary, TextDictionary
from kzsearch.engine.local.codec.forward import tokens_of, unpack_rows
from kzsearch.engine.local.codec.packing import ends_of, ragged, unpack
from kzsearch.engine.local.codec.postings import unpack_postings
from kzsearch.engine.local.codec.sieve import Sieve
from kzsearch.engine.local.codec.texts import Texts, encode
from kzsearch.engine.local.segment_api import (
    BODY_GAP,
    Columns,
    Dictionary,
    KeywordColumn,
    Positions,
    Postings,
)
from kzsearch.engine.schema import (
    LONG_PREFIX_LETTERS,
    PREFIX_LETTERS,
    KeywordField,
    TermKind,
)

__all__ = ["CACHE_BYTES", "STEPS", "ColumnarReader", "UnpackedCache"]

CACHE_BYTES = 32 << 20
"""Bytes of unpacked postings and positions that the readers of an index remember together."""

UnpackedCache = RecentlyUsed[Postings | Positions]

POSITIONS = "positions"

FINDS_A_SIEVE = 64
"""Ids that a sieve takes in while one is looked for without it."""

STEPS = 64
"""Steps of log offsets that are added up to read an article."""


class ColumnarReader:
    """An open segment; safe from many threads. See ``SegmentReader``.

    articles: how many the manifest says it has; None takes any number.
    expected: digest of the file's footer by the manifest; None takes any.
    cache: what it shares with other readers; None: it has one of its own.
    Raises IndexDamagedError.
    """

    def __init__(
        self,
        directory: Path,
        articles: int | None = None,
        expected: str | None = None,
        cache: UnpackedCache | None = None,
    ) -> None:
        self.container = Container(directory / FILE_NAME, expected)
        self._articles = self.container.about["articles"]
        if articles is not None and articles != self._articles:
            self.container["time"].damaged(f"it has {self._articles} articles, not {articles}")
        container = self.container
        self._cache: UnpackedCache = RecentlyUsed(CACHE_BYTES) if cache is None else cache
        self._owner = object()
        self._ids = Texts(container, "id")
        self._finds = 0
        exact = TextDictionary(Texts(container, "exact"), container["exact.doc_freqs"])
        self._dictionaries = {
            TermKind.STEM: TextDictionary(Texts(container, "stem"), container["stem.doc_freqs"]),
            TermKind.EXACT: exact,
            TermKind.PREFIX: PrefixDictionary(
                exact, container["prefix.begins"], container["prefix.doc_freqs"], PREFIX_LETTERS
            ),
            TermKind.LONG_PREFIX: PrefixDictionary(
                exact,
                container["long_prefix.begins"],
                container["long_prefix.doc_freqs"],
                LONG_PREFIX_LETTERS,
            ),
        }
        self._lists = {
            kind: (container[f"{kind}.at"], container[f"{kind}.postings"]) for kind in TermKind
        }

    @property
    def articles(self) -> int:
        """How many articles there are, deleted ones included."""
        return self._articles

    @cached_property
    def columns(self) -> Columns:
        """Numbers by article, all in place."""
        names = ("time", "day", "title_length", "body_length")
        return Columns(*(self.container[name].array() for name in names))

    def offsets(self) -> NDArray[np.uint64]:
        """Where the frames of all articles begin in the article log."""
        return self.container["offset"].array().cumsum(dtype=np.uint64)

    def offset(self, number: int) -> int:
        """Where the frame of an article begins; the file holds steps from one to the next."""
        block = number // STEPS
        steps = self.container["offset"].part(block * STEPS, number + 1)
        return int(self._sampled_offsets[block]) + int(steps.sum(dtype=np.uint64))

    @cached_property
    def _sampled_offsets(self) -> NDArray[np.uint64]:
        """Of every block of steps where the frame before its first begins."""
        return np.concatenate([np.zeros(1, np.uint64), self.offsets()[STEPS - 1 :: STEPS]])

    def _column(self, name: str, dtype: type[np.generic]) -> NDArray[Any]:
        return self.container[name].array().astype(dtype, copy=False)

    def ids(self) -> Sequence[str]:
        """Article ids by number."""
        return self._ids

    def digest(self, number: int) -> str:
        """Digest of an article."""
        if "digest" in self.container:
            section = self.container["digest"]
            size = section.length // self._articles
            return section.bytes(number * size, (number + 1) * size).hex()
        return Texts(self.container, "digest")[number]

    def keyword(self, field: KeywordField) -> KeywordColumn:
        """Values of a keyword field by article."""
        return self._keywords[field]

    @cached_property
    def _keywords(self) -> dict[KeywordField, KeywordColumn]:
        return {
            field: KeywordColumn(
                list(Texts(self.container, field.value)), self.container[field.value].array()
            )
            for field in KeywordField
        }

    def find(self, article_id: str) -> Sequence[int]:
        """Numbers of the articles with an id, rising; all but one of them are deleted."""
        key = encode(article_id)
        self._finds += 1
        if self._finds * FINDS_A_SIEVE > self._articles and not self._sieve.may_hold(key):
            return []
        order, ids = self.container["id.order"], self._ids
        low, high = 0, self._articles
        while low < high:
            middle = (low + high) // 2
            if ids.raw(order.item(middle)) < key:
                low = middle + 1
            else:
                high = middle
        found = []
        while low < self._articles and ids.raw(number := order.item(low)) == key:
            found.append(number)
            low += 1
        return found

    @cached_property
    def _sieve(self) -> Sieve:
        """Lets all ids pass that are there and few others; for who looks for very many."""
        return Sieve(self._ids.all())

    def dictionary(self, kind: TermKind) -> Dictionary:
        """The terms of a kind."""
        return self._dictionaries[kind]

    def postings(self, kind: TermKind, number: int) -> Postings:
        """Postings of a term by its number in the dictionary."""
        key = self._owner, kind, number
        if (kept := self._cache.get(key)) is not None:
            return kept  # type: ignore[return-value]
        ends, lists = self._lists[kind]
        begin, end = ends.pair(number)
        if begin == end:
            return self._shared(kind, number)
        postings = unpack_postings(
            lists.bytes(begin, end),
            self._dictionaries[kind].doc_freq(number),
            self._articles,
            with_lead=kind is TermKind.STEM,
        )
        self._cache.put(key, postings, _size(postings))
        return postings

    def _shared(self, kind: TermKind, number: int) -> Postings:
        """Postings of a prefix whose list is that of another term (``segment_file.py``)."""
        surface = self.container[f"{kind}.begins"].item(number)
        if self.container[f"{kind}.stops"].item(number) == surface + 1:
            return self.postings(TermKind.EXACT, surface)
        prefix = self._dictionaries[TermKind.PREFIX].number(
            self._dictionaries[kind].term(number)[:PREFIX_LETTERS]
        )
        return self.postings(TermKind.PREFIX, prefix)

    def positions(self, number: int) -> Positions:
        """Positions of a stem by its number in the dictionary."""
        key = self._owner, POSITIONS, number
        if (kept := self._cache.get(key)) is not None:
            return kept  # type: ignore[return-value]
        postings = self.postings(TermKind.STEM, number)
        counts = np.add(postings.title, postings.body, dtype=np.uint32)
        ends = counts.cumsum(dtype=np.uint32)
        data = self.container[POSITIONS].bytes(*self.container["positions.at"].pair(number))
        values, _ = unpack(data, 0, int(ends[-1]))
        wide = np.uint16 if int(values.max()) < (1 << 16) - BODY_GAP else np.uint32
        values = np.add(values, BODY_GAP, dtype=wide)
        (titled,) = postings.title.nonzero()
        if len(titled):
            begins = ends[titled].astype(np.int64) - counts[titled]
            values[ragged(begins, postings.title[titled].astype(np.int64))] -= wide(BODY_GAP)
        ends.setflags(write=False)
        values.setflags(write=False)
        positions = Positions(ends, values)
        self._cache.put(key, positions, positions.ends.nbytes + positions.values.nbytes)
        return positions

    def tokens(self, article: int) -> tuple[Tokens, Tokens]:
        """The forward index: tokens of title and body; their words are ``word_surfaces``'."""
        tokens, (title, _) = self.tokens_of([article])
        columns = (tokens.words, tokens.positions, tokens.starts, tokens.ends)
        return (
            Tokens(*(column[:title] for column in columns)),
            Tokens(*(column[title:] for column in columns)),
        )

    def tokens_of(self, articles: Sequence[int]) -> tuple[Tokens, NDArray[np.int64]]:
        """Tokens of several articles, see ``SegmentReader``."""
        row, ends = self.container["row"], self.container["row.ends"]
        packed = [row.bytes(*ends.pair(article)) for article in articles]
        data = np.frombuffer(b"".join(packed), np.uint8)
        titles = map(self.container["title_tokens"].item, articles)
        counts = map(self.container["tokens"].item, articles)
        rows = unpack_rows(
            data,
            ends_of(np.fromiter(map(len, packed), np.int64))[:-1],
            np.fromiter(counts, np.int64),
        )
        return tokens_of(rows, np.fromiter(titles, np.int64), *self._by_rank)

    @cached_property
    def _by_rank(self) -> tuple[NDArray[np.uint32], NDArray[np.int32]]:
        return self.container["row.words"].array(), self._column("row.lengths", np.int32)

    @cached_property
    def word_surfaces(self) -> NDArray[np.uint32]:
        """For each word of the segment the number of its surface among the exact terms."""
        return self.container["word.surfaces"].array()

    @cached_property
    def word_stems(self) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
        """For each word where its stems end, and the numbers of the stems, likeliest first."""
        return self.container["word.stem_ends"].array(), self.container["word.stems"].array()

    def texts(self, name: str) -> Texts:
        """A list of texts: ``id``, ``exact`` or ``stem``."""
        return Texts(self.container, name)

    def section(self, name: str) -> NDArray[Any]:
        """A further section that was given to the writer, checked as a whole."""
        return self.container[name].array()

    def close(self) -> None:
        """Forget what was unpacked; the file stays mapped until the last array of it is gone."""
        self._cache.forget(self._owner)


def _size(postings: Postings) -> int:
    few = (postings.lead, postings.aside)
    further = sum(counts.nbytes for counts in few if counts is not None)
    return postings.docs.nbytes + postings.title.nbytes + postings.body.nbytes + further
