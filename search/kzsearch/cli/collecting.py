"""Answering once and ending: what is garbage by then goes with the process."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["uncollected"]


@contextmanager
def uncollected() -> Iterator[None]:
    """Collect no garbage inside; also a decorator.

    Nearly all that a command loads are tables and classes that stay, and looking through them
    again and again takes a tenth of the time of a query.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
