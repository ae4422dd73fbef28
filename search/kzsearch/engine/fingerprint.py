"""What is kept of an article's text to tell later whether another one is a copy of it.

Three things, all made of the stems of title and body, so that endings, letter case and script
play no part:

* a key, the same for the same words in the same order;
* bands of a MinHash signature (Broder 1997) over pairs of neighbouring stems: texts that share a
  band are worth comparing. 42 bands of three values find a pair of texts that have half of their
  pairs of stems in common 996 times out of 1,000, and one that has a twentieth of them in common
  5 times. The signature is rensa's;
* the words themselves, a byte each, for the comparison (``alike.py``).
"""

from __future__ import annotations

import struct
import zlib
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from itertools import pairwise, starmap

__all__ = ["BANDS", "FIRST_NUMBER", "MIN_WORDS", "Fingerprint", "take_fingerprint"]

MIN_WORDS = 8
"""Shorter texts tell too little to be called copies: «Жаңа жылыңызбен!» is not a reprint."""

BANDS, ROWS = 42, 3
SLOTS = 128  # rensa is quickest with a power of two
SEED = 1
_BAND = struct.Struct(f"<B{ROWS}I")

FIRST_NUMBER = 192
"""Codes below are words, of one byte each; codes from here on are halves of numbers."""

_NUMBER_CODES = 256 - FIRST_NUMBER
_MEMORY = 1 << 16


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """key: from 1 to 2**64. bands: ``BANDS`` values below 2**32. codes: the words in order."""

    key: int
    bands: Sequence[int]
    codes: bytes


def take_fingerprint(words: Sequence[str]) -> Fingerprint | None:
    """The fingerprint of a text given as its stems in order; None of one too short to have any."""
    if len(words) < MIN_WORDS:
        return None
    digest = blake2b(" ".join(words).encode(), digest_size=8).digest()
    key = int.from_bytes(digest, "big") or 1
    return Fingerprint(key, _bands(words), b"".join(map(_code, words)))


def _bands(words: Sequence[str]) -> array[int]:
    from rensa import RMinHash  # not before an article is indexed

    sketch = RMinHash(num_perm=SLOTS, seed=SEED)
    sketch.update([f"{first} {second}" for first, second in pairwise(words)])
    slots = sketch.digest()
    rows = zip(
        range(BANDS), *(slots[row : BANDS * ROWS : ROWS] for row in range(ROWS)), strict=True
    )
    return array("I", map(zlib.crc32, starmap(_BAND.pack, rows)))


@lru_cache(_MEMORY)
def _code(word: str) -> bytes:
    """One byte for a word, two for a number: any three in a row are as good as unmistakable."""
    value = zlib.crc32(word.encode())
    if not any(map(str.isdigit, word)):
        return bytes([value % FIRST_NUMBER])
    high, low = divmod(value % _NUMBER_CODES**2, _NUMBER_CODES)
    return bytes([FIRST_NUMBER + high, FIRST_NUMBER + low])
