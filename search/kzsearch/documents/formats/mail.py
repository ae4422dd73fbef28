"""Letters: an mbox of many (``From `` lines) or a single one (``.eml``), press releases mostly.

The subject is the title, the plain part the text, else the HTML part. Attachments stay out.
A page that a browser saved as one file (``.mht``) is a letter by its form, and read as a page.
"""

from __future__ import annotations

import email.policy
import re
from collections.abc import Iterator
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser

from kzsearch.documents.declared import decode_markup
from kzsearch.documents.formats.html import extract
from kzsearch.documents.inputs import InputStream
from kzsearch.documents.records import MAX_CHARS, Found, Markup, Record, broken
from kzsearch.errors import DocumentError

__all__ = ["RANK", "SUFFIXES", "read", "sniff"]

RANK = 45
SUFFIXES = (".eml", ".mbox", ".mht", ".mhtml")

_MBOX = re.compile(rb"From \S+.*\d{4}\n(?:[A-Za-z-]+:|>)")
_HEADER = re.compile(rb"(?:[A-Za-z][\w-]*:[^\n]*\n(?:[ \t][^\n]*\n)*)+(?:\n|\Z)")
_LETTER_HEADERS = re.compile(
    rb"^(?:Message-ID|MIME-Version|Received|Return-Path|Content-Type|DKIM-Signature|Subject|From|"
    rb"Snapshot-Content-Location):", re.IGNORECASE | re.MULTILINE,
)  # fmt: skip
_MOST_PARTS = 200


def sniff(head: bytes) -> bool:
    """Whether it begins with the header of a letter, or with one of an mbox."""
    if _MBOX.match(head):
        return True
    header = _HEADER.match(head)
    return header is not None and len(set(map(bytes.lower, _LETTER_HEADERS.findall(header[0])))) > 2


def read(stream: InputStream) -> Iterator[Found]:
    """The letters, one article each."""
    for line, letter in _letters(stream):
        if len(letter) > 4 * MAX_CHARS:
            yield broken(line, f"the letter is longer than {4 * MAX_CHARS:,} bytes")
            continue
        try:
            yield _article(line, letter)
        except (LookupError, ValueError, RecursionError) as error:
            yield broken(line, f"the letter cannot be read: {error}")


def _letters(stream: InputStream) -> Iterator[tuple[int, bytes]]:
    """The letters with the lines they begin in; a too long one is given longer than allowed."""
    letter = bytearray()
    begun, number, blank_before = 1, 0, True
    is_mbox = stream.head.startswith(b"From ")
    while line := stream.readline(MAX_CHARS):
        number += 1
        if is_mbox and blank_before and line.startswith(b"From "):
            if letter.strip():
                yield begun, bytes(letter)
            letter.clear()
            begun = number
        elif len(letter) <= 4 * MAX_CHARS:
            letter += line[1:] if is_mbox and re.match(rb">+From ", line) else line
        blank_before = not line.strip()
    if letter.strip():
        yield begun, bytes(letter)


def _article(line: int, letter: bytes) -> Found:
    message = BytesParser(policy=email.policy.compat32).parsebytes(letter.lstrip())
    fields = {
        "title": _decoded(message["Subject"]),
        "date": str(message["Date"] or ""),
        "author": re.sub(r"\s*<[^>]*>", "", _decoded(message["From"])).strip('" '),
    }
    page = message["Snapshot-Content-Location"]
    plain = html = ""
    for part in list(message.walk())[:_MOST_PARTS]:
        kind = part.get_content_type()
        if part.get_content_disposition() == "attachment" or part.is_multipart():
            continue
        if kind == "text/plain":
            plain = plain or _text(part)
        elif kind == "text/html":
            html = html or _text(part)
    if page and html:
        return extract(html, str(page))
    body = plain if plain.strip() else html
    markup = Markup.PLAIN if plain.strip() else Markup.HTML
    return Record(line, {**fields, "body": body}, markup)


def _text(part: Message) -> str:
    """The text of a part, decoded as it declares; what is declared wrongly is told from bytes."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    return _told(data, part.get_content_charset() or "")


def _decoded(header: object) -> str:
    """A header as text: encoded words read, bytes outside ASCII told as text."""
    if header is None:
        return ""
    try:
        text = str(make_header(decode_header(header)))  # type: ignore[arg-type]
    except (LookupError, ValueError):
        text = str(header)
    if any("\udc80" <= char <= "\udcff" for char in text):
        text = _told(text.encode("ascii", "surrogateescape"))
    return " ".join(text.split())


def _told(data: bytes, stated: str = "") -> str:
    """Bytes as text in the encoding told from them, which is UTF-8 where none can be told."""
    try:
        return decode_markup(data, stated)
    except DocumentError:
        return data.decode("utf-8", "replace")
