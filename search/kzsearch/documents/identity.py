"""What makes two articles the same one: ids for articles that come without, and digests.

Ids must stay as they are from one release to the next, or indexing a folder
again would double it. So this module leans on nothing that is meant to improve
with time: not on the text room's normaliser, nor on guessed titles and sources.
"""

from __future__ import annotations

import re
from hashlib import blake2b
from urllib.parse import parse_qsl, urlencode, urlsplit

__all__ = ["canonical_url", "content_id", "digest", "is_tracking", "url_id"]

_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|yclid|ysclid|_openstat", re.IGNORECASE)
"""Parameters that say where a reader came from, not what is read."""

_ID_BYTES = 8  # 16 hex digits: one clash among 200 million articles would be bad luck
_DIGEST_BYTES = 16


def canonical_url(url: str) -> str:
    """The part of a web address that tells articles apart.

    Dropped: the scheme (``http`` and ``https`` serve the same page), ``www.``, letter case
    of the host, default ports, the fragment, a closing slash, tracking parameters.
    ``https://WWW.baq.kz/news/1/?utm_source=tg#top`` becomes ``baq.kz/news/1``.
    What is no such address is only stripped.
    """
    url = url.strip()
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return url
    if parts.scheme not in {"http", "https"} or not host:
        return url
    place = host.removeprefix("www.")
    if port not in {None, 80, 443}:
        place += f":{port}"
    place += parts.path.rstrip("/")
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    query = urlencode([pair for pair in pairs if not is_tracking(pair[0])])
    return f"{place}?{query}" if query else place


def is_tracking(parameter: str) -> bool:
    """Whether a parameter of a web address says where a reader came from, not what is read."""
    return _TRACKING.fullmatch(parameter) is not None


def url_id(url: str) -> str:
    """The id of an article known by its address: 16 hex digits."""
    return digest(("url", canonical_url(url)), size=_ID_BYTES)


def content_id(title: str, body: str, date: str, source: str) -> str:
    """The id of an article known by its content alone; runs of white space count as one space."""
    parts = (" ".join(part.split()) for part in (title, body, date, source))
    return digest(("content", *parts), size=_ID_BYTES)


def digest(parts: tuple[str, ...], *, size: int = _DIGEST_BYTES) -> str:
    """Hex digest of several texts; moving a border between two of them changes it."""
    encoded = [part.encode() for part in parts]
    told = b"".join([piece for data in encoded for piece in (len(data).to_bytes(8, "big"), data)])
    return blake2b(told, digest_size=size).hexdigest()
