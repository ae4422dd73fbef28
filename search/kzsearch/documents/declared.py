"""The encoding a document of markup declares, as far as its bytes bear it out.

An XML declaration, a ``<meta charset>`` or an HTTP header is obeyed, with the exceptions the
HTML standard makes and one more: what is valid UTF-8 beyond ASCII is UTF-8 whatever it says;
Latin-1 is what programs say that do not know; Windows-1251 is read as KZ-1048, which differs
only in letters that Kazakh needs (see ``encoding``).
"""

from __future__ import annotations

import codecs
import re

from kzsearch.documents.encoding import BROKEN_BYTES, SAMPLE_BYTES, detect_encoding
from kzsearch.errors import DocumentError

__all__ = ["decode_markup", "markup_encoding", "undeclared"]

_DECLARATIONS = (
    re.compile(rb"""\A\s*<\?xml[^>]*?encoding\s*=\s*["']\s*([\w.:-]+)"""),
    re.compile(rb"""<meta[^>]*?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE),
)
_DECLARED_ENCODING = re.compile(r"""(\A\s*<\?xml[^>]*?)\s+encoding\s*=\s*(["'])[^"']*\2""")
_DECLARED_WITHIN = 1 << 14
_UNKNOWING = {"ascii", "iso8859-1", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32"}
"""Codecs that a document with a readable declaration is hardly ever in."""


def markup_encoding(sample: bytes, stated: str = "") -> str:
    """The codec for a document of markup.

    sample: its beginning, at least 16 KiB of it if it has as much.
    stated: the encoding an HTTP header names, '' if none does; it goes before the document's own.
    Raises DocumentError when it is not text in any known encoding.
    """
    if sample.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return detect_encoding(sample)
    for name in (stated, *_declarations(sample)):
        codec = _codec(name)
        if codec == "utf-8":
            return codec if _is_utf_8(sample) else detect_encoding(sample)
        if codec and codec not in _UNKNOWING:
            is_utf_8 = not sample.isascii() and _is_utf_8(sample)
            return "utf-8" if is_utf_8 else "kz1048" if codec == "cp1251" else codec
    return detect_encoding(sample)


def decode_markup(data: bytes, stated: str = "") -> str:
    """A whole document of markup as text; bytes that do not fit become U+FFFD.

    Raises DocumentError when it is not text in any known encoding.
    """
    encoding = markup_encoding(data[:SAMPLE_BYTES], stated)
    return data.decode(encoding, BROKEN_BYTES).replace("\udcff", "\ufffd")


def _declarations(sample: bytes) -> list[str]:
    head = sample[:_DECLARED_WITHIN]
    found = [match for pattern in _DECLARATIONS if (match := pattern.search(head))]
    return [match[1].decode("ascii") for match in found]


def _codec(name: str) -> str:
    """The canonical name of a codec Python has for text; '' for other names."""
    try:
        codec = codecs.lookup(name)
        "a".encode(name)
    except (LookupError, ValueError):
        return ""
    return codec.name


def _is_utf_8(sample: bytes) -> bool:
    """Whether it is UTF-8, perhaps with a few broken places."""
    try:
        return detect_encoding(sample) in {"utf-8", "utf-8-sig"}
    except DocumentError:
        return False


def undeclared(text: str) -> str:
    """Decoded XML without what comes before it and without the encoding it declares."""
    return _DECLARED_ENCODING.sub(r"\1", text.lstrip("\ufeff \t\r\n"), count=1)
