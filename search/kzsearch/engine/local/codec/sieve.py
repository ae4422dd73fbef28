"""A sieve: tells of most keys that are not in a set that they are not (a Bloom filter, 1970).

One hash only: a writer asks every segment for the id of every article it adds, and hardly any is
there. Nothing of it is stored.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kzsearch.engine.local.store.deflate import crc32

__all__ = ["Sieve"]

BITS_A_KEY = 16
"""One of so many keys that are not there passes."""


class Sieve:
    """Made of the keys of a set; takes two bytes each."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        self._places = max(8, len(keys) * BITS_A_KEY)
        bits = np.zeros(self._places, np.bool_)
        bits[np.fromiter(map(crc32, keys), np.int64, len(keys)) % self._places] = True
        self._bits = np.packbits(bits).tobytes()

    def may_hold(self, key: bytes) -> bool:
        """False for what is not one of the keys, but for one in ``BITS_A_KEY``."""
        place = crc32(key) % self._places
        return bool(self._bits[place >> 3] & (128 >> (place & 7)))
