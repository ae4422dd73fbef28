"""Who published an article, from its stated source and its address."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import urlsplit

from kzsearch.documents.tables import read_table

__all__ = ["publisher"]

_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


def publisher(url: str, source: str, *, host: bool = False) -> tuple[str, str]:
    """The address and the source as they are meant.

    An address that stands for the source is told from a name; the name of a text corpus
    (``data/corpora.tsv``) is no publisher and becomes ''.
    host: whether a missing source is taken from the address's host.
    """
    if _ADDRESS.fullmatch(source):
        url, source = url or source, _host(source)
    if source and _corpora().fullmatch(source.strip()):
        source = ""
    if host and not source:
        source = _host(url)
    return url, source


def _host(url: str) -> str:
    """The host of a web address without ``www.``; '' if it is none."""
    try:
        parts = urlsplit(url)
        name = parts.hostname or "" if parts.scheme.lower() in {"http", "https"} else ""
        if "xn--" in name:
            name = name.encode().decode("idna")
    except (ValueError, UnicodeError):
        return ""
    return name.removeprefix("www.")


@cache
def _corpora() -> re.Pattern[str]:
    names = "|".join(
        r"[\s_]".join(map(re.escape, name.split())) for name, _example in read_table("corpora.tsv")
    )
    return re.compile(rf"(?:{names})(?:[\s_/.-]*[\w.-]*\d[\w.-]*)?", re.IGNORECASE)
