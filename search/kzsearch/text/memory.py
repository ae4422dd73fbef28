"""Remembering what was found out about texts that are likely to be met again.

The articles on a page of results come back when the reader turns the page, narrows the search or
opens one of them. What is remembered is bounded in number and in length.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from typing import Any, TypeVar, cast

__all__ = ["remember"]

_TEXTS = 500
_LONGEST = 20_000  # code points; what is longer is read anew each time

_Function = TypeVar("_Function", bound=Callable[..., Any])


def remember(function: _Function) -> _Function:
    """A function of a text whose last results are remembered; nobody may change them.

    Its first argument is the text, and the result depends on nothing but its arguments.
    """
    remembered = lru_cache(_TEXTS)(function)

    @wraps(function)
    def remembering(text: str, *arguments: Hashable) -> object:
        known = remembered if len(text) <= _LONGEST else function
        return known(text, *arguments)

    return cast(_Function, remembering)
