"""A memory of what was read last, bounded in bytes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

__all__ = ["RecentlyUsed"]

Value = TypeVar("Value")


class RecentlyUsed(Generic[Value]):
    """Keeps values while they fit in; those not used for longest go first. Thread-safe.

    Several owners may share one; the first part of a key tells whose it is.
    """

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._bytes = 0
        self._values: OrderedDict[tuple[Hashable, ...], tuple[Value, int]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: tuple[Hashable, ...]) -> Value | None:
        """A value, None if it is not kept."""
        with self._lock:
            if (kept := self._values.get(key)) is None:
                return None
            self._values.move_to_end(key)
            return kept[0]

    def put(self, key: tuple[Hashable, ...], value: Value, size: int) -> None:
        """Keep a value of so many bytes."""
        if size > self._most:
            return
        with self._lock:
            if (old := self._values.pop(key, None)) is not None:
                self._bytes -= old[1]
            self._values[key] = value, size
            self._bytes += size
            while self._bytes > self._most:
                _, (_, freed) = self._values.popitem(last=False)
                self._bytes -= freed

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._values.clear()
            self._bytes = 0

    def forget(self, owner: Hashable) -> None:
        """Forget all that is an owner's."""
        with self._lock:
            for key in [key for key in self._values if key[0] == owner]:
                self._bytes -= self._values.pop(key)[1]
