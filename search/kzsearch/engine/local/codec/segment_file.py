"""The file of a segment: which sections it has, and how they are written.

========================  =======================================================
id.text, id.ends          article ids
id.order                  article numbers in order of id, then number
digest                    digests, where all are hexadecimal and equally long, else
                          digest.text, digest.ends
source|category|language  ordinals of keyword values; with .text and .ends the values
time, day                 see ``Columns``
title_length, …           the same, and body_length
offset                    steps of the log offset from one article to the next
title_tokens, tokens      tokens in the title, and in title and body, of each article
exact.*, stem.*, word.*   the lexicon, see ``lexicon.py``; prefix.begins and so on
row, row.ends             the forward index, see ``forward.py``
row.words, row.lengths    for each rank the word, and the code points of its surface
<kind>.doc_freqs          of each term of a kind
<kind>.postings, .at      postings lists and where each ends, see ``postings.py``; an
                          empty list of a prefix is that of its only surface, of a long
                          prefix also that of the prefix with the same range
positions, positions.at   packed positions of each stem, those of a body behind the title
========================  =======================================================
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kzsearch.engine.local.codec.container import FILE_NAME, ContainerWriter, Spool
from kzsearch.engine.local.codec.forward import Rows, pack_rows
from kzsearch.engine.local.codec.lexicon import Lexicon
from kzsearch.engine.local.codec.packing import Lists, ends_of
from kzsearch.engine.local.codec.postings import FlatPostings, pack_postings
from kzsearch.engine.local.codec.texts import add_texts, encode, small, wide_enough
from kzsearch.engine.schema import KeywordField, TermKind

__all__ = ["ArticleValues", "PostingsSink", "SegmentFile", "Sink", "own_lists"]

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class ArticleValues:
    """What is kept of articles apart from their words, each in article order.

    keywords: for each field a list of values, and for each article a number in that list.
    """

    ids: Sequence[str]
    digests: Sequence[str]
    keywords: Mapping[KeywordField, tuple[Sequence[str], Numbers]]
    time: NDArray[np.int64]
    day: NDArray[np.int32]
    title_length: NDArray[np.uint32]
    body_length: NDArray[np.uint32]
    offset: NDArray[np.uint64]
    title_tokens: Numbers
    tokens: Numbers


class Sink:
    """Lists of bytes that are written piece by piece."""

    def __init__(self, spool: Spool) -> None:
        self.spool = spool
        self._lengths: list[Numbers] = []

    def add(self, lists: Lists) -> None:
        """Append lists."""
        self.spool.write(lists.data)
        self._lengths.append(lists.lengths)

    def ends(self) -> NDArray[Any]:
        """Where each list ends, 0 before the first."""
        return small(ends_of(np.concatenate([np.zeros(0, np.int64), *self._lengths])))


class PostingsSink:
    """The postings lists of a kind, written some terms at a time."""

    def __init__(self, spool: Spool, terms: int) -> None:
        self.spool = spool
        self.doc_freqs = np.zeros(terms, np.uint32)
        self._lengths = np.zeros(terms, np.int64)

    def add(self, terms: NDArray[Any], doc_freqs: NDArray[Any], lists: Lists) -> None:
        """Append the lists of some terms, rising and above all before."""
        self.spool.write(lists.data)
        self.doc_freqs[terms] = doc_freqs
        self._lengths[terms] = lists.lengths

    def ends(self) -> NDArray[Any]:
        """Where the list of each term ends, 0 before the first."""
        return small(ends_of(self._lengths))


class SegmentFile:
    """The file of a segment while it is being written."""

    def __init__(self, directory: Path, articles: int, lexicon: Lexicon) -> None:
        self._container = ContainerWriter(directory / FILE_NAME)
        self._articles = articles
        self.lexicon = lexicon
        sizes = {
            TermKind.STEM: len(lexicon.stems),
            TermKind.EXACT: len(lexicon.exact),
            TermKind.PREFIX: len(lexicon.prefixes.begins),
            TermKind.LONG_PREFIX: len(lexicon.long_prefixes.begins),
        }
        self.rows = Sink(self._container.spool())
        self.positions = Sink(self._container.spool())
        self.postings = {
            kind: PostingsSink(self._container.spool(), size) for kind, size in sizes.items()
        }

    def __enter__(self) -> SegmentFile:
        return self

    def __exit__(self, *_: object) -> None:
        self._container.__exit__(None, None, None)

    def write_values(self, values: ArticleValues) -> None:
        """Write what is kept by article."""
        container = self._container
        ids = [encode(article_id) for article_id in values.ids]
        add_texts(container, "id", ids)
        container.add(
            "id.order", small(np.array(sorted(range(len(ids)), key=ids.__getitem__), np.uint32))
        )
        _write_digests(container, values.digests)
        for field, (listed, ordinals) in values.keywords.items():
            _write_keyword(container, field.value, listed, ordinals)
        container.add("time", values.time.astype(np.int64))
        container.add("day", values.day.astype(np.int32))
        container.add("title_length", small(values.title_length))
        container.add("body_length", small(values.body_length))
        container.add("offset", small(np.diff(values.offset, prepend=np.uint64(0))))
        container.add("title_tokens", small(values.title_tokens))
        container.add("tokens", small(values.tokens))

    def add_rows(self, rows: Rows, rank: NDArray[np.uint32]) -> None:
        """Append rows of the forward index; ``rank`` has the rank of each number of a word."""
        self.rows.add(pack_rows(Rows(rows.counts, rank[rows.words], rows.shapes, rows.plain)))

    def add_postings(self, kind: TermKind, terms: NDArray[Any], flat: FlatPostings) -> None:
        """Append the postings of some terms of a kind, rising and above all before."""
        lists = pack_postings(flat, self._articles, with_lead=kind is TermKind.STEM)
        self.postings[kind].add(terms, flat.lengths, lists)

    def finish(
        self,
        by_rank: NDArray[np.uint32],
        lengths: NDArray[Any],
        extra: Mapping[str, Iterable[NDArray[Any]]],
    ) -> None:
        """Write all that was gathered.

        by_rank, lengths: for each rank the word and the code points of its surface.
        extra: further sections, each in pieces of one type, one piece at least.
        """
        container = self._container
        self.lexicon.write(container)
        container.add("row.words", by_rank)
        container.add("row.lengths", small(lengths))
        container.add("row.ends", self.rows.ends())
        container.add_spool("row", self.rows.spool)
        self._share()
        for kind, sink in self.postings.items():
            container.add(f"{kind}.doc_freqs", sink.doc_freqs)
            container.add(f"{kind}.at", sink.ends())
            container.add_spool(f"{kind}.postings", sink.spool)
        container.add("positions.at", self.positions.ends())
        container.add_spool("positions", self.positions.spool)
        for name, pieces in extra.items():
            container.add_pieces(name, pieces)
        container.finish({"articles": self._articles})

    def _share(self) -> None:
        """Document frequencies of the prefixes whose lists are those of other terms."""
        lexicon = self.lexicon
        exact = self.postings[TermKind.EXACT].doc_freqs
        prefix = self.postings[TermKind.PREFIX].doc_freqs
        shared = np.flatnonzero(~own_lists(lexicon, TermKind.PREFIX))
        prefix[shared] = exact[lexicon.prefixes.begins[shared]]
        shared = np.flatnonzero(~own_lists(lexicon, TermKind.LONG_PREFIX))
        begins = lexicon.long_prefixes.begins[shared]
        single = lexicon.long_prefixes.ends[shared] - begins == 1
        same = lexicon.prefixes.of_surfaces(len(exact))[begins]
        # Where the range is a single surface, the prefix may have others: its list is not meant.
        self.postings[TermKind.LONG_PREFIX].doc_freqs[shared] = np.where(
            single, exact[begins], prefix[same]
        )


def own_lists(lexicon: Lexicon, kind: TermKind) -> NDArray[np.bool_]:
    """For each term of a kind whether it has a list of its own: see the table above."""
    if kind is TermKind.STEM:
        return np.ones(len(lexicon.stems), np.bool_)
    if kind is TermKind.EXACT:
        return np.ones(len(lexicon.exact), np.bool_)
    prefixes = lexicon.prefixes
    if kind is TermKind.PREFIX:
        return prefixes.ends - prefixes.begins > 1
    longer = lexicon.long_prefixes
    same = prefixes.of_surfaces(len(lexicon.exact))[longer.begins]
    other = (prefixes.begins[same] != longer.begins) | (prefixes.ends[same] != longer.ends)
    own: NDArray[np.bool_] = other & (longer.ends - longer.begins > 1)
    return own


def _write_digests(container: ContainerWriter, digests: Sequence[str]) -> None:
    """As plain bytes where they are hexadecimal, as they should be."""
    try:
        plain = [bytes.fromhex(digest) for digest in digests]
    except ValueError:
        plain = []
    if len({len(digest) for digest in plain}) == 1 and [d.hex() for d in plain] == list(digests):
        container.add("digest", np.frombuffer(b"".join(plain), np.uint8))
    else:
        add_texts(container, "digest", [encode(digest) for digest in digests])


def _write_keyword(
    container: ContainerWriter, name: str, listed: Sequence[str], ordinals: Numbers
) -> None:
    used = np.unique(ordinals)
    values = sorted({"", *(listed[number] for number in used.tolist())})
    numbers = {value: number for number, value in enumerate(values)}
    mapped = np.zeros(len(listed), np.uint32)
    for number in used.tolist():
        mapped[number] = numbers[listed[number]]
    add_texts(container, name, [encode(value) for value in values])
    container.add(name, mapped[ordinals].astype(wide_enough(len(values))))
