"""A bounded memory of what was read or computed: the least recently used is forgotten first."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar

__all__ = ["BoundedCache", "computed", "once"]

Value = TypeVar("Value")

_OVERHEAD = 200
"""Bytes that an entry costs beside its value, about."""


class BoundedCache(Generic[Value]):
    """Values by key, up to a number of bytes in all. Safe from many threads."""

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._held = 0
        self._values: OrderedDict[Hashable, tuple[Value, int]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> Value | None:
        """The value of a key, None if it is not remembered."""
        with self._lock:
            found = self._values.get(key)
            if found is None:
                return None
            self._values.move_to_end(key)
            return found[0]

    def put(self, key: Hashable, value: Value, size: int) -> None:
        """Remember a value of so many bytes, unless it would drive out most others."""
        size += _OVERHEAD
        if size * 4 > self._most:
            return
        with self._lock:
            if key in self._values:
                return
            self._values[key] = value, size
            self._held += size
            while self._held > self._most:
                _, (_, freed) = self._values.popitem(last=False)
                self._held -= freed


class once(Generic[Value]):  # in small letters, as it is a decorator
    """A property computed once, by the first thread that asks; the others wait for it."""

    def __init__(self, method: Callable[[Any], Value]) -> None:
        self._method = method
        self._name = method.__name__
        self.__doc__ = method.__doc__
        self._making = threading.Lock()

    def __get__(self, owner: Any, kind: object = None) -> Value:
        values = owner.__dict__
        with self._making:
            lock = values.setdefault(f"{self._name} lock", threading.RLock())
        with lock:
            if self._name not in values:
                values[self._name] = self._method(owner)
        value: Value = values[self._name]
        return value


def computed(owner: object, name: str) -> Any:
    """What a ``once`` of an object has computed; None if it has not been asked for yet."""
    return getattr(owner, "__dict__", {}).get(name)
