"""The article: what kzsearch indexes, stores and shows."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any

from kzsearch.dates import ALMATY
from kzsearch.documents.identity import content_id, digest, url_id
from kzsearch.errors import DocumentError

__all__ = ["ALMATY", "FIELDS", "Article", "refuse_other_years"]

_YEARS = range(1800, 2201)
"""Years a date may lie in. Outside of it stand the zero dates of programs (0001-01-01)."""


@dataclass(frozen=True, slots=True)
class Article:
    """One news article, all text NFC.

    id: never empty; where none was given, a stable hash of the url, else of the content
        (filled in by ``__post_init__``, so ``Article(id="", ...)`` is allowed).
    date: an aware datetime, a plain date, or None. A naive datetime is taken as Asia/Almaty.
    category: one or several, parted by ``; ``.
    language: ``kk``, ``ru``, ``en`` or ``other``, '' when unknown.

    Raises DocumentError for a field that is not text, for text that could not be stored
    (NUL characters, half characters left by a wrong encoding) and for impossible years.
    """

    id: str = ""
    title: str = ""
    body: str = ""
    date: dt.date | dt.datetime | None = None
    source: str = ""
    url: str = ""
    author: str = ""
    category: str = ""
    language: str = ""

    def __post_init__(self) -> None:
        for name in _TEXT_FIELDS:
            given = getattr(self, name)
            if (clean := _clean(name, given)) is not given:
                object.__setattr__(self, name, clean)
        object.__setattr__(self, "date", _settled(self.date))
        if not self.id:
            object.__setattr__(self, "id", self._made_id())

    def _made_id(self) -> str:
        if self.url:
            return url_id(self.url)
        return content_id(self.title, self.body, self._iso_date(), self.source)

    def _iso_date(self) -> str:
        return self.date.isoformat() if self.date else ""

    @property
    def categories(self) -> tuple[str, ...]:
        """The categories one by one: ``category`` has them parted by ``; ``."""
        parts = (part.strip() for part in self.category.split(";"))
        return tuple(dict.fromkeys(part for part in parts if part))

    @property
    def language_tag(self) -> str:
        """The language for HTML's ``lang``: Kazakh where it is not known, as BCP 47 has it."""
        return {"": "kk", "other": "und"}.get(self.language, self.language)

    @property
    def day(self) -> dt.date | None:
        """The local day (Asia/Almaty) the article belongs to, or None without a date."""
        if isinstance(self.date, dt.datetime):
            return self.date.astimezone(ALMATY).date()
        return self.date

    @property
    def content_digest(self) -> str:
        """Stable hash of all fields: two articles with the same digest need no re-indexing."""
        return digest((*_texts_of(self), self._iso_date()))

    def to_json(self) -> dict[str, str | None]:
        """The article as a JSON object; the date is ISO 8601 or None."""
        texts = dict(zip(_TEXT_FIELDS, _texts_of(self), strict=True))
        return texts | {"date": self._iso_date() or None}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Article:
        """The article ``to_json`` wrote. Raises DocumentError when it is not one."""
        try:
            date = data["date"]
            texts = {name: data[name] for name in _TEXT_FIELDS}
            return cls(date=_read_iso(date) if date else None, **texts)
        except (KeyError, TypeError, ValueError) as error:
            raise DocumentError(f"a stored article cannot be read: {error!r}") from error


FIELDS = tuple(field.name for field in fields(Article))
"""What an article is made of, as its constructor and its files name it."""

_TEXT_FIELDS = tuple(name for name in FIELDS if name != "date")
_texts_of: Callable[[Article], tuple[str, ...]] = attrgetter(*_TEXT_FIELDS)


def _clean(name: str, text: object) -> str:
    """The text in NFC, if it can be stored."""
    if not isinstance(text, str):
        raise DocumentError(f"the {name} must be text, not {type(text).__name__}")
    if text.isascii() and "\0" not in text:
        return text
    if "\0" in text:
        raise DocumentError(f"the {name} holds NUL characters, so it is not text")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise DocumentError(
            f"the {name} holds a broken character at place {error.start + 1}: "
            "check the encoding, best is UTF-8"
        ) from error
    return unicodedata.normalize("NFC", text)


def _settled(date: object) -> dt.date | None:
    """The date with a time zone if it has a time, and within the years of the press."""
    if date is None:
        return None
    if not isinstance(date, dt.date):
        raise DocumentError(f"the date must be a date or datetime, not {type(date).__name__}")
    refuse_other_years(date)
    if isinstance(date, dt.datetime) and date.utcoffset() is None:
        return date.replace(tzinfo=ALMATY)
    return date


def refuse_other_years(date: dt.date) -> None:
    """Raises DocumentError for a date outside the years of the press."""
    if date.year not in _YEARS:
        raise DocumentError(
            f"the date {date.isoformat()} lies outside the years {_YEARS[0]} to {_YEARS[-1]}"
        )


def _read_iso(text: str) -> dt.date:
    """The inverse of ``isoformat`` for both kinds: a plain date has no time part."""
    return dt.datetime.fromisoformat(text) if "T" in text else dt.date.fromisoformat(text)
