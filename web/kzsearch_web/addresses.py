"""Ids and names of sources in addresses: whatever they hold, their own link opens them.

Werkzeug's ``path`` takes no slash at the beginning, and browsers and proxies take segments of
one or two dots out of an address, written ``%2E`` too, before it is asked for.
"""

from __future__ import annotations

import re

from werkzeug.routing import BaseConverter

__all__ = ["WholeText"]

_DOT = re.compile(r"\.|%((?:25)*2[Ee])")
_DOTS = re.compile(r"(?:\.|%(?:25)*2[Ee]){1,2}")
"""A segment that is taken out of an address, or what ``to_url`` makes of one."""


class WholeText(BaseConverter):
    """The rest of an address, ``<text:…>``: any text that is not empty.

    In a segment of one or two dots each dot is percent-encoded, once more than usual, so that
    nobody on the way sees dots; in one that looks like that already, each is encoded once more.
    """

    regex = r"(?s:.+)"
    part_isolating = False

    def to_python(self, value: str) -> str:
        """The text that an address stands for."""
        return "/".join(map(_decoded, value.split("/")))

    def to_url(self, value: str) -> str:
        """The address of a text."""
        return super().to_url("/".join(map(_encoded, value.split("/"))))


def _encoded(segment: str) -> str:
    if not _DOTS.fullmatch(segment):
        return segment
    return _DOT.sub(lambda dot: f"%25{dot[1]}" if dot[1] else "%2E", segment)


def _decoded(segment: str) -> str:
    if not _DOTS.fullmatch(segment):
        return segment
    return _DOT.sub(
        lambda dot: f"%{dot[1].removeprefix('25')}" if (dot[1] or "").startswith("25") else ".",
        segment,
    )
