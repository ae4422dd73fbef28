"""The entry: what a feed, a sitemap or a channel says of one article."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict, dataclass

from kzsearch.documents import ALMATY, parse_date
from kzsearch.documents.identity import digest
from kzsearch.errors import DocumentError

__all__ = ["Entry", "listed_date"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One article as it is listed.

    address: of its page; '' when it has none. name: what the feed calls it, unique there.
    date, changed: when it came out and when it was changed, ISO 8601, '' if that is not said.
    text: plain text, whole or a summary. whole: whether it is the whole text.
    """

    address: str = ""
    name: str = ""
    title: str = ""
    date: str = ""
    text: str = ""
    whole: bool = False
    author: str = ""
    category: str = ""
    language: str = ""
    changed: str = ""

    @property
    def digest(self) -> str:
        """Changes when anything of it does."""
        return digest((self.to_json(),))

    @property
    def moment(self) -> float | None:
        """When the article came out or was changed, in seconds since 1970.

        Of a day without a time the end, so that what is said to be of today is news still.
        """
        stated = self.date or self.changed
        if not stated:
            return None
        when = dt.datetime.fromisoformat(stated)
        if "T" not in stated:
            when += dt.timedelta(days=1)
        return (when if when.tzinfo else when.replace(tzinfo=ALMATY)).timestamp()

    def to_json(self) -> str:
        """As it is kept in the state."""
        return json.dumps({k: v for k, v in asdict(self).items() if v}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Entry:
        """The inverse of ``to_json``."""
        return cls(**json.loads(text))


def listed_date(text: str | None) -> str:
    """A date as ISO 8601, '' when it cannot be read: an entry is not lost for its date."""
    try:
        date = parse_date(text)
    except DocumentError:
        return ""
    return date.isoformat() if date else ""
