"""Packing: lists of small whole numbers in few bits (patched frame of reference).

A packed list is::

    head    1 byte: width in bits (0 to 32); 128 added when there are exceptions
    [width  1 byte: width of the exceptions]
    values  the number with all bits set stands for an exception
    [exceptions, in order, less that number]

How many values there are is not kept. A width is a sum of powers of two; values are cut into
parts of so many bits, low bits first, and each part of all values is kept together: parts of 8,
16 and 32 bits as they are, smaller ones with the first value in the lowest bits of a byte. So
NumPy takes a list apart with one operation for each part, and never bit by bit.

``unpack`` reads one list; ``pack_lists`` and ``unpack_lists`` work on many at once, with nothing
done in Python for each.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["Lists", "ends_of", "join_lists", "pack_lists", "ragged", "unpack", "unpack_lists"]

WIDTHS = (0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 12, 16, 24, 32)
"""Widths in use: no more than two parts each, so that reading stays quick."""

EXCEPTIONS = 128
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


@cache
def _parts(width: int) -> tuple[tuple[int, int], ...]:
    """Bits of each part, and how far it is shifted."""
    parts, shift = [], 0
    for bits in (32, 16, 8, 4, 2, 1):
        if width & bits:
            parts.append((bits, shift))
            shift += bits
    return tuple(parts)


def _sizes(counts: NDArray[Any], width: int) -> Numbers:
    """Bytes that so many values take."""
    size = np.zeros(len(counts), np.int64)
    for bits, _ in _parts(width):
        size += (counts * bits + 7) >> 3
    return size


def _ones(width: int) -> int:
    return (1 << width) - 1


# One list


@cache
def _spread(bits: int) -> NDArray[Any]:
    """For each byte the values of 2 or 4 bits in it, one a byte."""
    every = np.arange(256, dtype=np.uint8)
    values = np.stack([(every >> shift) & _ones(bits) for shift in range(0, 8, bits)], axis=1)
    return np.ascontiguousarray(values).view(f"<u{8 // bits}").ravel()


def _read_part(data: memoryview, at: int, count: int, bits: int) -> NDArray[Any]:
    if bits >= 8:
        return np.frombuffer(data, f"<u{bits // 8}", count, at)
    packed = np.frombuffer(data, np.uint8, (count * bits + 7) >> 3, at)
    if bits == 1:
        return np.unpackbits(packed, count=count, bitorder="little")
    return _spread(bits)[packed].view(np.uint8)[:count]


def _read(data: memoryview, at: int, count: int, width: int) -> tuple[NDArray[Any], int]:
    """Values of a width, in the smallest type that holds them, and where they end."""
    values: NDArray[Any] | None = None
    for bits, shift in _parts(width):
        part = _read_part(data, at, count, bits)
        at += (count * bits + 7) >> 3
        if values is None:
            values = part
        else:
            wide = np.uint8 if width <= 8 else np.uint16 if width <= 16 else np.uint32
            values = np.left_shift(part, shift, dtype=wide) | values
    return (np.zeros(count, np.uint8) if values is None else values), at


def unpack(data: memoryview, at: int, count: int) -> tuple[NDArray[Any], int]:
    """One packed list of so many values. Returns them, uint8 to uint32, and where it ends."""
    head = data[at]
    if head < EXCEPTIONS:
        return _read(data, at + 1, count, head)
    width = head - EXCEPTIONS
    values, end = _read(data, at + 2, count, width)
    where = np.flatnonzero(values == _ones(width))
    exceptions, end = _read(data, end, len(where), data[at + 1])
    values = values.astype(np.uint32)
    values[where] += exceptions
    return values, end


# Many lists


def pack_lists(values: NDArray[np.uint32], counts: Numbers) -> Lists:
    """Pack many lists that lie one behind another, each in the width that makes it smallest."""
    width, exception_width, exceptions = _choose(values, counts)
    has = exceptions > 0
    heads = 1 + has.astype(np.int64)
    lengths = heads.copy()
    for chosen in np.unique(width).tolist():
        lengths += np.where(width == chosen, _sizes(counts, chosen), 0)
    base_ends = lengths.copy()
    for chosen in np.unique(exception_width[has]).tolist():
        lengths += np.where(has & (exception_width == chosen), _sizes(exceptions, chosen), 0)
    begins = ends_of(lengths)[:-1]
    out = np.zeros(int(lengths.sum()), np.uint8)
    out[begins] = width + has * EXCEPTIONS
    out[begins[has] + 1] = exception_width[has]

    _write(out, begins + heads, values, counts, width, clip=True)
    if has.any():
        ones = np.repeat((1 << width) - 1, counts).astype(np.uint32)
        where = np.flatnonzero((values >= ones) & np.repeat(has, counts))
        beyond = values[where] - ones[where]
        _write(out, begins + base_ends, beyond, exceptions, np.where(has, exception_width, 0))
    return Lists(out, lengths)


def _write(
    out: Bytes,
    at: Numbers,
    values: NDArray[np.uint32],
    counts: Numbers,
    width: Numbers,
    *,
    clip: bool = False,
) -> None:
    """Write the values of lists to where each list belongs, a width at a time."""
    of_value = np.repeat(width.astype(np.uint8), counts)
    for chosen in np.unique(width).tolist():
        if chosen == 0:
            continue
        lists = np.flatnonzero(width == chosen)
        group = values[of_value == chosen]
        if clip and chosen < 32:
            group = np.minimum(group, np.uint32(_ones(chosen)))
        place = at[lists]
        for bits, shift in _parts(chosen):
            part = (group >> np.uint32(shift)) & np.uint32(_ones(bits))
            packed, lengths = _pack_part(part, counts[lists], bits)
            out[ragged(place, lengths)] = packed
            place = place + lengths


def _pack_part(part: NDArray[np.uint32], counts: Numbers, bits: int) -> tuple[Bytes, Numbers]:
    lengths = (counts * bits + 7) >> 3
    if bits >= 8:
        return part.astype(f"<u{bits // 8}").view(np.uint8), lengths
    each = 8 // bits
    spread = np.zeros(int(lengths.sum()) * each, np.uint8)
    spread[ragged(ends_of(lengths)[:-1] * each, counts)] = part
    if bits == 1:
        return np.packbits(spread, bitorder="little"), lengths
    packed = spread[::each].copy()
    for number in range(1, each):
        packed |= spread[number::each] << np.uint8(number * bits)
    return packed, lengths


def _choose(values: NDArray[np.uint32], counts: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """For each list its width, that of its exceptions, and how many it has."""
    lists = len(counts)
    largest = np.zeros(lists, np.uint32)
    filled = np.flatnonzero(counts)
    begins = ends_of(counts)[:-1]
    if len(filled):
        largest[filled] = np.maximum.reduceat(values, begins[filled])
    needed = _bit_lengths(largest, 0)
    room = 34
    levels = np.bincount(
        np.repeat(np.arange(lists) * room, counts) + _bit_lengths(values, 1),
        minlength=lists * room,
    ).reshape(lists, room)
    at_most = np.cumsum(levels, axis=1)
    best = np.full(lists, np.iinfo(np.int64).max)
    chosen = np.zeros((3, lists), np.int64)
    rounded = np.searchsorted(WIDTHS, np.arange(33))
    for width in WIDTHS:
        exceptions = np.where(needed > width, counts - at_most[:, width], 0)
        beyond = _bit_lengths(np.maximum(largest, _ones(width)) - np.uint32(_ones(width)), 0)
        exception_width = np.take(WIDTHS, rounded[beyond])
        size = _sizes(counts, width) + np.where(
            exceptions > 0, 1 + ((exceptions * exception_width + 7) >> 3), 0
        )
        better = size < best
        if width == 0:
            better &= exceptions == 0
        best[better] = size[better]
        chosen[0, better] = width
        chosen[1, better] = exception_width[better]
        chosen[2, better] = exceptions[better]
    return chosen[0], chosen[1], chosen[2]


def _bit_lengths(values: NDArray[np.uint32], more: int) -> Numbers:
    """How many bits each number takes, ``more`` added to it first."""
    exponents: Numbers = (values.astype(np.float64) + more).view(np.int64) >> 52
    bits: Numbers = np.maximum(exponents - 1022, 0)
    return bits


def unpack_lists(data: Bytes, at: Numbers, counts: Numbers) -> tuple[NDArray[np.uint32], Numbers]:
    """Take many packed lists apart.

    at: where each begins in ``data``. Returns the values, list by list, and where each ends.
    """
    heads = data[at]
    has = heads >= EXCEPTIONS
    width = (heads & (EXCEPTIONS - 1)).astype(np.int64)
    exception_width = np.zeros(len(at), np.int64)
    exception_width[has] = data[at[has] + 1]
    values, ends = _gather(data, at + 1 + has, counts, width)
    if has.any():
        ones = np.repeat(np.where(has, (1 << width) - 1, 1 << 32), counts)
        where = np.flatnonzero(values == ones)
        exceptions = np.diff(np.searchsorted(where, ends_of(counts)))
        beyond, ends = _gather(data, ends, exceptions, exception_width)
        values[where] += beyond
    return values, ends


def _gather(
    data: Bytes, at: Numbers, counts: Numbers, width: Numbers
) -> tuple[NDArray[np.uint32], Numbers]:
    values = np.zeros(int(counts.sum()), np.uint32)
    ends = at.copy()
    of_value = np.repeat(width.astype(np.uint8), counts)
    for chosen in np.unique(width).tolist():
        if chosen == 0:
            continue
        lists = np.flatnonzero(width == chosen)
        group = np.zeros(int(counts[lists].sum()), np.uint32)
        for bits, shift in _parts(chosen):
            lengths = (counts[lists] * bits + 7) >> 3
            packed = data[ragged(ends[lists], lengths)]
            part = _spread_part(packed, lengths, counts[lists], bits).astype(np.uint32)
            group |= part << np.uint32(shift)
            ends[lists] += lengths
        values[of_value == chosen] = group
    return values, ends


def _spread_part(packed: Bytes, lengths: Numbers, counts: Numbers, bits: int) -> NDArray[Any]:
    if bits >= 8:
        return packed.view(f"<u{bits // 8}")
    if bits == 1:
        spread = np.unpackbits(packed, bitorder="little")
    else:
        spread = _spread(bits)[packed].view(np.uint8)
    return spread[ragged(ends_of(lengths)[:-1] * (8 // bits), counts)]
