"""The forward index: the tokens of each article as bytes.

The row of an article holds, of all tokens of title and body, the low byte of the word's *rank*
(frequent words have low ranks), packed the rest of the rank, and packed a *shape* that says how
far the token stands from the one before. Nearly every token is the next word, one code point
behind the last, as long as its surface: that is shape 0. A shape is the distance of its start
from the end before, less one, as a zigzag number, doubled, and 1 added when it shares its position
with the token before. What no shape below 255 stands for is shape 255 and three plain numbers of
4 bytes at the end of the row: steps of position, distance and length beyond the surface, the last
two as zigzag numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kzsearch.engine.document import Tokens
from kzsearch.engine.local.codec.packing import (
    Lists,
    in_lists,
    join_lists,
    pack_lists,
    ragged,
    unpack_lists,
)

__all__ = ["Rows", "pack_rows", "shapes_of", "tokens_of", "unpack_rows"]

WIDE = 255
PLAIN = 12
"""Bytes of what is said of a token of shape ``WIDE``."""

Numbers = NDArray[np.int64]
U32 = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of some articles.

    counts: tokens of each article, title and body together.
    words: the number or rank of each token's word, uint32.
    shapes: the shape of each token, uint8.
    plain: (n, 3) uint32, for the tokens of shape ``WIDE``.
    """

    counts: Numbers
    words: U32
    shapes: NDArray[np.uint8]
    plain: U32


def _zigzag(numbers: Numbers) -> Numbers:
    return (numbers << 1) ^ (numbers >> 63)


def _unzigzag(numbers: Numbers) -> Numbers:
    return (numbers >> 1) ^ -(numbers & 1)


_SHAPES = np.arange(256)
_STEPS = (1 - (_SHAPES & 1)).astype(np.uint32)
_DISTANCES = (1 + _unzigzag(_SHAPES >> 1)).astype(np.int32)


def shapes_of(
    positions: Numbers, starts: Numbers, ends: Numbers, surfaces: Numbers, firsts: Numbers
) -> tuple[NDArray[np.uint8], U32]:
    """The shapes of tokens of many titles and bodies, and the plain numbers of the wide ones.

    surfaces: how long the surface of each token is.
    firsts: where in these arrays the first token of each title or body is.
    """
    steps = np.diff(positions, prepend=0)
    distances = starts.copy()
    distances[1:] -= ends[:-1]
    steps[firsts] = positions[firsts] + 1
    distances[firsts] = starts[firsts] + 1
    beyond = ends - starts - surfaces
    shapes = (_zigzag(distances - 1) << 1) + (steps == 0)
    wide = (shapes >= WIDE) | (steps > 1) | (beyond != 0)
    shapes[wide] = WIDE
    plain = np.stack([steps[wide], _zigzag(distances[wide]), _zigzag(beyond[wide])], axis=1)
    return shapes.astype(np.uint8), plain.astype(np.uint32)


def pack_rows(rows: Rows) -> Lists:
    """Pack rows whose words are ranks."""
    wide = in_lists(np.flatnonzero(rows.shapes == WIDE), rows.counts)
    return join_lists(
        Lists(rows.words.astype(np.uint8), rows.counts),
        pack_lists(rows.words >> np.uint32(8), rows.counts),
        pack_lists(rows.shapes, rows.counts),
        Lists(rows.plain.astype("<u4").view(np.uint8).ravel(), wide * PLAIN),
    )


def unpack_rows(data: NDArray[np.uint8], at: Numbers, counts: Numbers) -> Rows:
    """Rows from where each begins in ``data``; their words are ranks."""
    low = data[ragged(at, counts)]
    high, ends = unpack_lists(data, at + counts, counts)
    shapes, ends = unpack_lists(data, ends, counts)
    wide = in_lists(np.flatnonzero(shapes == WIDE), counts)
    plain = data[ragged(ends, wide * PLAIN)].view("<u4").reshape(-1, 3).astype(np.uint32)
    return Rows(counts, (high << np.uint32(8)) | low, shapes.astype(np.uint8), plain)


def tokens_of(
    rows: Rows, titles: Numbers, by_rank: U32, lengths: NDArray[np.int32]
) -> tuple[Tokens, Numbers]:
    """Tokens of rows whose words are ranks: all titles and bodies, one behind another.

    titles: how many tokens of each row are its title's.
    by_rank, lengths: for each rank the word and the code points of its surface.
    Returns them with how many each text has: the first title, its body, the next title …
    """
    steps = _STEPS[rows.shapes]
    distances = _DISTANCES[rows.shapes]
    sizes = lengths[rows.words]
    if len(rows.plain):
        plain = rows.plain.astype(np.int64)
        (where,) = (rows.shapes == WIDE).nonzero()
        steps[where] = plain[:, 0]
        distances[where] = _unzigzag(plain[:, 1])
        sizes[where] += _unzigzag(plain[:, 2]).astype(np.int32)
    distances += sizes
    texts = np.stack([titles, rows.counts - titles], axis=1).ravel()
    positions = _counted_on(steps, texts)
    ends = _counted_on(distances, texts)
    return Tokens(by_rank[rows.words], positions, ends - sizes.view(np.uint32), ends), texts


def _counted_on(steps: NDArray[Any], lengths: Numbers) -> U32:
    """The sums of the steps from before the first token of each text, less one."""
    sums = steps.cumsum(dtype=np.uint32)
    before = np.zeros(len(sums) + 1, np.uint32)
    before[1:] = sums
    sums -= np.repeat(before[lengths.cumsum() - lengths] + np.uint32(1), lengths)
    return sums
