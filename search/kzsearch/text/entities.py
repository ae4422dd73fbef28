"""Web addresses, e-mail addresses, hashtags and mentions: one token whole, and words to find it by.

The whole is found as typed; the parts are what people remember of it: the host of an address
(``baq.kz``) and its name (``baq``), both sides of an e-mail address, the words of a tag. The path
of a URL is not split: slugs lose letters (``kostanaida-ksipkerlerge``) and would only add noise.

Every pattern is bounded and may begin only where a dotted run begins, so that a megabyte of dots
costs no more than a megabyte of text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kzsearch.text.data_files import rows
from kzsearch.text.normalizer import MARK
from kzsearch.text.tokens import TokenKind

__all__ = ["Entity", "find_entities"]

Part = tuple[int, int, TokenKind]

_DOMAINS = "|".join(sorted((domain for domain, _ in rows("domains")), key=len, reverse=True))
_LABEL = r"[\w-]{1,63}"
_BEGIN = rf"(?<![\w.+@{MARK}-])(?=[^\W_])"
_BORDER = rf"(?![\w{MARK}])"
_HOST = rf"(?:{_LABEL}\.){{1,8}}(?i:{_DOMAINS}){_BORDER}"

_ANCHOR = re.compile(rf"://|[@#]|\.(?i:{_DOMAINS}){_BORDER}")
_CHUNK = re.compile(rf"(?<!\S)\S*?(?:{_ANCHOR.pattern})\S*")
_ENTITY = re.compile(
    rf"""
    (?P<url>
        {_BEGIN}https?://[^\s<>«»"“”]*[\w{MARK}/=&%~+-]
      | {_BEGIN}{_HOST}(?:/[\w/.?=&%-]*[\w/]{_BORDER})?
    )
  | (?P<email>{_BEGIN}[\w.+-]{{1,64}}@(?:{_LABEL}\.){{1,8}}\w{{2,63}}{_BORDER})
  | (?P<hashtag>(?<![\w{MARK}])[#@][^\W_][\w{MARK}]*)
    """,
    re.VERBOSE,
)
_AUTHORITY = re.compile(rf"(?:https?://)?+(?:([^/?#\s@]*)@)?+(?:www\.)?([^\W_][\w.{MARK}-]*)")
"""Who is in front of the @, if anybody, and the host."""

_WORD = re.compile(rf"(?:[^\W_]{MARK}*+)++")
"""A word of a tag or host; the underscore and the hyphen divide."""


@dataclass(frozen=True, slots=True)
class Entity:
    """An address or tag in a text; spans are of the text that was searched."""

    start: int
    end: int
    kind: TokenKind
    parts: tuple[Part, ...]


def find_entities(shape: str) -> Iterator[Entity]:
    """The addresses and tags of a normalised text (``Normalized.shape``), in order."""
    if not _ANCHOR.search(shape):
        return
    for chunk in _CHUNK.finditer(shape):
        for match in _ENTITY.finditer(shape, chunk.start(), chunk.end()):
            start, end = match.span()
            kind = TokenKind(match.lastgroup or "")
            tag = kind is TokenKind.HASHTAG
            parts = _words(shape, start, end) if tag else _address_parts(shape, start, end)
            yield Entity(start, end, kind, tuple(parts))


def _address_parts(shape: str, start: int, end: int) -> Iterator[Part]:
    """The words before the @, the host (unless it is the whole address), the words of its name."""
    authority = _AUTHORITY.match(shape, start, end)
    if authority is None:
        return
    if authority[1]:
        yield from _words(shape, *authority.span(1))
    host_start, host_end = authority.span(2)
    if (host_start, host_end) != (start, end):
        yield host_start, host_end, TokenKind.URL
    yield from _words(shape, host_start, max(shape.rfind(".", host_start, host_end), host_start))


def _words(shape: str, start: int, end: int) -> Iterator[Part]:
    for match in _WORD.finditer(shape, start, end):
        yield match.start(), match.end(), TokenKind.WORD
