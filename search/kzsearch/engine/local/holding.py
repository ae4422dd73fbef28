"""Generations held for those who page through them, though newer ones have been committed."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kzsearch.engine.local.views import View

__all__ = ["HOLD_SECONDS", "MOST_HELD", "HeldViews"]

HOLD_SECONDS = 600.0
"""How long a generation is held after it was last asked."""

MOST_HELD = 4
"""Generations held at a time; the one not asked for longest goes first."""


class HeldViews:
    """The views that are held, by the name of their generation. Its owner locks it."""

    def __init__(self) -> None:
        self._views: dict[str, tuple[View, float]] = {}

    def hold(self, view: View) -> None:
        """Hold a view from now on."""
        self.drop_old()
        name = view.searcher.snapshot.name
        self._views.pop(name, None)
        self._views[name] = view, time.monotonic()
        while len(self._views) > MOST_HELD:
            del self._views[next(iter(self._views))]

    def get(self, name: str) -> View | None:
        """The view of a generation if it is held."""
        self.drop_old()
        found = self._views.get(name)
        return found and found[0]

    def drop_old(self) -> None:
        """Let go of what nobody has asked for long."""
        since = time.monotonic() - HOLD_SECONDS
        self._views = {name: held for name, held in self._views.items() if held[1] >= since}

    def clear(self) -> None:
        """Let go of all."""
        self._views.clear()
