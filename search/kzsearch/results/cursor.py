"""Cursors: where a reader stands who goes through all hits page by page.

A cursor names the generation on which the paging began, how far it has come, and the search it
belongs to. Whatever is committed meanwhile, every page after the first is answered from that
generation: no hit is left out or given twice. Cursors are opaque and checked: one of another
search, or one made up, is refused.
"""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass

from kzsearch.documents.identity import digest
from kzsearch.engine.interface import EngineResult
from kzsearch.errors import QueryError

__all__ = ["FIRST", "Cursor", "read_cursor", "search_digest"]

FIRST = "*"
"""The cursor that asks for the first page."""

_LONGEST = 200
_DEEPEST = 10**9


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in the hits of a search.

    generation: as the engine names it; '' is the newest. offset: hits before this place.
    search: the digest of the search it belongs to.
    """

    generation: str
    offset: int
    search: str

    def after(self, result: EngineResult) -> Cursor | None:
        """The place behind the hits of a result that was asked for at this one; None at the end."""
        offset = self.offset + len(result.hits)
        return Cursor(result.generation, offset, self.search) if offset < result.total else None

    def __str__(self) -> str:
        text = json.dumps([self.generation, self.offset, self.search], separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def search_digest(*arguments: object) -> str:
    """What tells a search from others: a digest of all that decides on its hits."""
    return digest(tuple(repr(argument) for argument in arguments))[:16]


def read_cursor(text: str, search: str) -> Cursor:
    """The cursor that was written so, or of the first page; ``search`` is its digest.

    Raises QueryError for one that was never given out, and for one of another search.
    """
    if text == FIRST:
        return Cursor("", 0, search)
    wrong = QueryError("The cursor is not one that was given out: begin again with “*”.")
    if len(text) > _LONGEST:
        raise wrong
    try:
        padded = text + "=" * (-len(text) % 4)
        match json.loads(base64.b64decode(padded, altchars=b"-_", validate=True)):
            case [str(generation), int(offset), str(of)] if generation and 0 < offset < _DEEPEST:
                cursor = Cursor(generation, offset, of)
            case _:
                raise wrong
    except (ValueError, binascii.Error, RecursionError):
        raise wrong from None
    if cursor.search != search:
        raise QueryError("The cursor belongs to another search: begin again with “*”.")
    return cursor
