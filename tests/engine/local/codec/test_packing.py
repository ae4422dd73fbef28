"""Lists of numbers come back from their bytes, one by one and all at once."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kzsearch.engine.local.codec.packing import (
    Lists,
    ends_of,
    join_lists,
    pack_lists,
    ragged,
    unpack,
    unpack_lists,
)

numbers = st.one_of(
    st.just(0),
    st.integers(0, 3),
    st.integers(0, 300),
    st.sampled_from([2**width - 1 + more for width in (1, 2, 4, 8, 16) for more in (-1, 0, 1)]),
    st.integers(0, 2**32 - 1),
)
lists = st.lists(st.lists(numbers, max_size=40), max_size=8)


def flat(given: list[list[int]]) -> np.ndarray:
    return np.array([value for values in given for value in values], np.uint32)


def counts_of(given: list[list[int]]) -> np.ndarray:
    return np.array([len(values) for values in given], np.int64)


@given(lists)
def test_what_is_packed_comes_back(given: list[list[int]]) -> None:
    counts = counts_of(given)
    packed = pack_lists(flat(given), counts)
    ends = ends_of(packed.lengths)
    assert ends[-1] == len(packed.data)
    values, found_ends = unpack_lists(packed.data, ends[:-1], counts)
    assert values.tolist() == flat(given).tolist()
    assert found_ends.tolist() == ends[1:].tolist()
    for number, expected in enumerate(given):
        one, end = unpack(memoryview(packed.data), int(ends[number]), len(expected))
        assert one.tolist() == expected
        assert end == ends[number + 1]


@given(st.lists(numbers, min_size=1, max_size=100))
def test_a_list_never_takes_more_than_its_widest_number(given: list[int]) -> None:
    packed = pack_lists(np.array(given, np.uint32), np.array([len(given)]))
    size = next(size for size in (1, 2, 4, 8, 16, 32) if max(given) < 1 << size)
    assert len(packed.data) <= 1 + (len(given) * size + 7) // 8


def test_many_small_numbers_and_a_few_big_ones_take_little() -> None:
    values = np.zeros(8_000, np.uint32)
    values[::1_000] = 2**32 - 1
    packed = pack_lists(values, np.array([8_000]))
    assert len(packed.data) == 2 + 1_000 + 8 * 4


@given(st.lists(st.tuples(st.binary(max_size=5), st.binary(max_size=5)), max_size=6))
def test_lists_are_joined_one_of_each(pairs: list[tuple[bytes, bytes]]) -> None:
    columns = [
        Lists(
            np.frombuffer(b"".join(column), np.uint8),
            np.array([len(data) for data in column], np.int64),
        )
        for column in ([first for first, _ in pairs], [second for _, second in pairs])
    ]
    joined = join_lists(*columns)
    assert joined.data.tobytes() == b"".join(first + second for first, second in pairs)
    assert joined.lengths.tolist() == [len(first + second) for first, second in pairs]


def test_ragged_indices() -> None:
    assert ragged(np.array([5, 0, 9]), np.array([2, 0, 3])).tolist() == [5, 6, 9, 10, 11]
    assert ragged(np.array([4]), np.array([3])).tolist() == [4, 5, 6]
    assert ragged(np.array([], np.int64), np.array([], np.int64)).tolist() == []
