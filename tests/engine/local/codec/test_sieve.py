"""The sieve must let every key pass that is there, and few others."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kzsearch.engine.local.codec.sieve import BITS_A_KEY, Sieve


@given(st.sets(st.binary(max_size=20)))
def test_what_is_there_passes(keys: set[bytes]) -> None:
    sieve = Sieve(sorted(keys))
    assert all(map(sieve.may_hold, keys))


def test_most_of_what_is_not_there_is_held_back() -> None:
    sieve = Sieve([b"a%d" % number for number in range(10_000)])
    passing = sum(sieve.may_hold(b"b%d" % number) for number in range(10_000))
    assert passing < 2 * 10_000 / BITS_A_KEY
