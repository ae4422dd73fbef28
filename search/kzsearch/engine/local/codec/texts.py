"""Lists of texts in a container, read in place."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from kzsearch.engine.local.codec.container import Container, ContainerWriter
from kzsearch.engine.local.codec.packing import ends_of

__all__ = ["Texts", "add_texts", "encode", "small", "wide_enough"]


def encode(text: str) -> bytes:
    """A text as bytes that sort like it; a lone surrogate (broken input) must not stop indexing."""
    return text.encode("utf-8", "surrogatepass")


def small(values: NDArray[Any]) -> NDArray[Any]:
    """The numbers in the smallest unsigned type that holds them all."""
    return values.astype(wide_enough(int(values.max()) if len(values) else 0))


def wide_enough(most: int) -> np.dtype[Any]:
    """The smallest unsigned type that holds numbers up to ``most``."""
    return np.dtype(f"<u{next(size for size in (1, 2, 4, 8) if most < 1 << 8 * size)}")


def add_texts(container: ContainerWriter, name: str, texts: Sequence[bytes]) -> None:
    """Write a list of texts as two sections: all bytes, and where each text ends."""
    container.add(f"{name}.text", np.frombuffer(b"".join(texts), np.uint8))
    container.add(f"{name}.ends", small(ends_of(np.fromiter(map(len, texts), np.int64))))


class Texts(Sequence[str]):
    """A list of texts. Every method raises IndexDamagedError."""

    def __init__(self, container: Container, name: str) -> None:
        self._text = container[f"{name}.text"]
        self._ends = container[f"{name}.ends"]

    def __len__(self) -> int:
        return len(self._ends) - 1

    @overload
    def __getitem__(self, number: int) -> str: ...
    @overload
    def __getitem__(self, number: slice) -> list[str]: ...

    def __getitem__(self, number: int | slice) -> str | list[str]:
        if isinstance(number, slice):
            return [self[each] for each in range(*number.indices(len(self)))]
        if not -len(self) <= number < len(self):
            raise IndexError(number)
        return str(self.raw(number % len(self)), "utf-8", "surrogatepass")

    def raw(self, number: int) -> bytes:
        """A text as bytes."""
        end = self._where.item
        return bytes(self._text.bytes(end(number), end(number + 1)))

    @cached_property
    def _where(self) -> NDArray[Any]:
        return self._ends.array()

    def all(self) -> list[bytes]:
        """All texts as bytes."""
        whole = bytes(self._text.array())
        ends = self._where.tolist()
        return [whole[begin:end] for begin, end in pairwise(ends)]

    def first_not_below(self, key: bytes, low: int = 0) -> int:
        """The first of the texts, from ``low`` on, that is not below ``key``; they are in order."""
        high = len(self)
        while low < high:
            middle = (low + high) // 2
            if self.raw(middle) < key:
                low = middle + 1
            else:
                high = middle
        return low
