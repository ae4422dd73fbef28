"""Packing: lists of small whole numbers in few bits (patched frame of reference).

A packed list is::

    head      1 byte: width in bits; 128 added when there are exceptions
    [width    1 byte: width of the exceptions]
    values    the number with all bits set stands for an exception
    [exceptions in order, less that number]

How many values there are is not kept. Widths are 0, 1, 2, 4, 8, 16 and 32 bits: NumPy takes such
a list apart with one table look-up a byte or none. Other widths save 5 % of an index and cost
a third of the speed. Of values smaller than a byte the first is in its lowest bits.

``unpack`` reads one list; ``pack_lists`` and ``unpack_lists`` work on many at once, with nothing
done in Python for each.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "Lists",
    "ends_of",
    "in_lists",
    "join_lists",
    "pack_lists",
    "ragged",
    "unpack",
    "unpack_lists",
]

WIDTHS = (0, 1, 2, 4, 8, 16, 32)
EXCEPTIONS = 128
TROUBLE = 4
"""Bytes that exceptions must save at least: reading them takes longer."""

Bytes = NDArray[np.uint8]
Numbers = NDArray[np.int64]


class Lists(NamedTuple):
    """Lists of bytes one behind another, and how long each is."""

    data: Bytes
    lengths: Numbers


def ends_of(lengths: NDArray[Any]) -> Numbers:
    """Where each list ends, 0 before the first: one more than there are lists."""
    ends = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=ends[1:])
    return ends


def ragged(begins: NDArray[Any], lengths: NDArray[Any]) -> Numbers:
    """The indices of lists that lie anywhere, one list after another."""
    ends = ends_of(lengths)
    if len(lengths) == 1:
        return np.arange(int(begins[0]), int(begins[0]) + int(lengths[0]))
    indices = np.repeat(begins - ends[:-1], lengths)
    indices += np.arange(ends[-1])
    return indices


def in_lists(where: Numbers, counts: Numbers) -> Numbers:
    """How many of some values of lists, given by their rising indices, each list has."""
    return np.diff(np.searchsorted(where, ends_of(counts)))


def join_lists(*columns: Lists) -> Lists:
    """The first list of each column, joined, then the second of each, and so on."""
    lengths = sum((column.lengths for column in columns), np.int64(0))
    ends = ends_of(np.asarray(lengths))
    data = np.empty(ends[-1], np.uint8)
    at = ends[:-1].copy()
    for column in columns:
        data[ragged(at, column.lengths)] = column.data
        at += column.lengths
    return Lists(data, np.asarray(lengths))


def _sizes(counts: Numbers, width: int | Numbers) -> Numbers:
    """Bytes that so many values take, in one width or each list in its own."""
    return (counts * width + 7) >> 3


def _ones(width: int) -> int:
    return (1 << width) - 1


@cache
def _spread(width: int) -> NDArray[Any]:
    """For each byte the values of 2 or 4 bits in it, one a byte."""
    every = np.arange(256, dtype=np.uint8)
    values = np.stack([(every >> shift) & _ones(width) for shift in range(0, 8, width)], axis=1)
    return np.ascontiguousarray(values).view(f"<u{8 // width}").ravel()


# One list


def unpack(data: memoryview, at: int, count: int) -> tuple[NDArray[Any], int]:
    """One packed list of so many values. Returns them, uint8 to uint32, and where it ends."""
    head = data[at]
    if head < EXCEPTIONS:
        return _read(data, at + 1, count, head), at + 1 + ((count * head + 7) >> 3)
    width, wider = head - EXCEPTIONS, data[at + 1]
    values = _read(data, at + 2, count, width)
    at += 2 + ((count * width + 7) >> 3)
    ones = _ones(width)
    (where,) = (values == ones).nonzero()
    beyond = _read(data, at, len(where), wider)
    values = values.astype(np.uint16 if max(width, wider) <= 8 else np.uint32)
    values[where] = np.add(beyond, ones, dtype=values.dtype)
    return values, at + ((len(where) * wider + 7) >> 3)


def _read(data: memoryview, at: int, count: int, width: int) -> NDArray[Any]:
    if width >= 8:
        return np.frombuffer(data, f"<u{width >> 3}", count, at)
    if width == 0:
        return np.zeros(count, np.uint8)
    packed = np.frombuffer(data, np.uint8, (count * width + 7) >> 3, at)
    if width == 1:
        return np.unpackbits(packed, count=count, bitorder="little")
    return _spread(width).take(packed).view(np.uint8)[:count]


# Many lists


def pack_lists(values: NDArray[Any], counts: Numbers) -> Lists:
    """Pack many lists that lie one behind another, each in the width that makes it smallest.

    values: unsigned, of up to 32 bits.
    """
    most = int(values.max(initial=0))
    values = values.astype(
        np.uint8 if most < 1 << 8 else np.uint16 if most < 1 << 16 else np.uint32
    )
    width, wider, exceptions = _choose(values, counts)
    has = exceptions > 0
    heads = 1 + has.astype(np.int64)
    main = _sizes(counts, width)
    lengths = heads + main + _sizes(exceptions, wider)
    begins = ends_of(lengths)[:-1]
    out = np.zeros(int(lengths.sum()), np.uint8)
    out[begins] = width + has * EXCEPTIONS
    out[begins[has] + 1] = wider[has]
    if has.any():
        # Of a list without exceptions no value is above ``most``: none is taken for one.
        ones = np.repeat(np.where(has, (1 << width) - 1, most).astype(values.dtype), counts)
        where = np.flatnonzero((values >= ones) & np.repeat(has, counts))
        _write(out, begins + heads + main, values[where] - ones[where], exceptions, wider)
        values = np.minimum(values, ones)
    _write(out, begins + heads, values, counts, width)
    return Lists(out, lengths)


def _write(out: Bytes, at: Numbers, values: NDArray[Any], counts: Numbers, width: Numbers) -> None:
    """Write the values of lists to where each list belongs, a width at a time."""
    of_value = np.repeat(width.astype(np.uint8), counts)
    for chosen in WIDTHS[1:]:
        lists = np.flatnonzero(width == chosen)
        if len(lists):
            lengths = _sizes(counts[lists], chosen)
            packed = _pack(values[of_value == chosen], counts[lists], lengths, chosen)
            out[ragged(at[lists], lengths)] = packed


def _pack(values: NDArray[Any], counts: Numbers, lengths: Numbers, width: int) -> Bytes:
    """Lists of values of one width as bytes."""
    if width >= 8:
        return values.astype(f"<u{width >> 3}").view(np.uint8)
    each = 8 // width
    spread = np.zeros(int(lengths.sum()) * each, np.uint8)
    spread[ragged(ends_of(lengths)[:-1] * each, counts)] = values
    if width == 1:
        return np.packbits(spread, bitorder="little")
    packed = spread[::each].copy()
    for number in range(1, each):
        packed |= spread[number::each] << np.uint8(number * width)
    return packed


def _choose(values: NDArray[Any], counts: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """For each list its width, that of its exceptions, and how many it has."""
    largest = np.zeros(len(counts), np.uint32)
    filled = np.flatnonzero(counts)
    if len(filled):
        largest[filled] = np.maximum.reduceat(values, ends_of(counts)[filled])
    best = np.full(len(counts), np.iinfo(np.int64).max)
    chosen = np.zeros((3, len(counts)), np.int64)
    for width in WIDTHS:
        ones = _ones(width)
        fits = largest <= ones
        if width == 0:
            exceptions = np.zeros(len(counts), np.int64)
            size = np.where(fits, 0, best)
        else:
            exceptions = np.where(fits, 0, in_lists(np.flatnonzero(values >= ones), counts))
            wider = _rounded(np.where(fits, 0, largest - np.uint32(ones)))
            size = _sizes(counts, width)
            size += np.where(fits, 0, _sizes(exceptions, wider) + 1 + TROUBLE)
        better = size < best
        best[better] = size[better]
        chosen[0, better] = width
        chosen[1, better] = 0 if width == 0 else wider[better]
        chosen[2, better] = exceptions[better]
        if fits.all():
            break
    return chosen[0], chosen[1], chosen[2]


def _rounded(largest: NDArray[Any]) -> Numbers:
    """The smallest width that holds each number."""
    most = np.array([_ones(width) for width in WIDTHS])
    return np.array(WIDTHS)[np.searchsorted(most, largest)]


def unpack_lists(data: Bytes, at: Numbers, counts: Numbers) -> tuple[NDArray[np.uint32], Numbers]:
    """Take many packed lists apart.

    at: where each begins in ``data``. Returns the values, list by list, and where each ends.
    """
    heads = data[at]
    has = heads >= EXCEPTIONS
    width = (heads & (EXCEPTIONS - 1)).astype(np.int64)
    values, ends = _gather(data, at + 1 + has, counts, width)
    if has.any():
        wider = np.zeros(len(at), np.int64)
        wider[has] = data[at[has] + 1]
        ones = np.repeat(np.where(has, (1 << width) - 1, 1 << 32), counts)
        where = np.flatnonzero(values == ones)
        exceptions = in_lists(where, counts)
        beyond, ends = _gather(data, ends, exceptions, wider)
        values[where] += beyond
    return values, ends


def _gather(
    data: Bytes, at: Numbers, counts: Numbers, width: Numbers
) -> tuple[NDArray[np.uint32], Numbers]:
    """The values of lists of given widths, and where each list ends."""
    values = np.zeros(int(counts.sum()), np.uint32)
    of_value = np.repeat(width.astype(np.uint8), counts)
    for chosen in WIDTHS[1:]:
        lists = np.flatnonzero(width == chosen)
        if len(lists):
            lengths = _sizes(counts[lists], chosen)
            packed = data[ragged(at[lists], lengths)]
            values[of_value == chosen] = _unpack(packed, counts[lists], lengths, chosen)
    return values, at + _sizes(counts, width)


def _unpack(packed: Bytes, counts: Numbers, lengths: Numbers, width: int) -> NDArray[Any]:
    """Lists of values of one width from bytes."""
    if width >= 8:
        return packed.view(f"<u{width >> 3}")
    if width == 1:
        spread = np.unpackbits(packed, bitorder="little")
    else:
        spread = _spread(width).take(packed).view(np.uint8)
    return spread[ragged(ends_of(lengths)[:-1] * (8 // width), counts)]
