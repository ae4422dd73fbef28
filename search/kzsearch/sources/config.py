"""The list of sources, ``sources.toml``: what it may say, read and checked.

Everything that is wrong is said in one sentence that names the file and the source. The
example of the whole format stands in docs/sources.md.
"""

from __future__ import annotations

import re
import string
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from urllib.parse import quote

from kzsearch.documents.identity import canonical_url
from kzsearch.errors import SourceError
from kzsearch.sources.addresses import web_address
from kzsearch.version import __version__

__all__ = [
    "Defaults",
    "FullText",
    "Kind",
    "Source",
    "SourceList",
    "duration",
    "load_sources",
    "parse_sources",
    "telegram_address",
]

_MAX_NAME = 100
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_HEADER_SAFE = string.punctuation + " "
_DEFAULT_AGENT = f"kzsearch/{__version__}"


class Kind(StrEnum):
    """What the address of a source leads to; also the name of its key in the file."""

    FEED = "feed"
    SITEMAP = "sitemap"
    PAGE = "page"
    TELEGRAM = "telegram"


class FullText(StrEnum):
    """Where the text of an article is taken from.

    PAGE: the article's own page. FEED: the feed, which gives it whole. AUTO: the feed where it
    gives a whole text, else the page, and the feed's summary where the page cannot be had.
    """

    PAGE = "page"
    FEED = "feed"
    AUTO = "auto"


@dataclass(frozen=True, slots=True)
class Defaults:
    """The ``[defaults]`` of the file; times in seconds.

    every: how often a source is looked at. delay: pause between two requests to one host.
    max_age: dated pages of a sitemap older than this are passed over.
    allow_private: whether addresses of private networks may be asked.
    """

    every: float = 15 * 60
    delay: float = 2
    user_agent: str = _DEFAULT_AGENT
    full_text: FullText = FullText.AUTO
    max_age: float = 7 * 86400
    allow_private: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """One source: its name, what its address leads to, and how it is followed (see Defaults)."""

    name: str
    kind: Kind
    address: str
    every: float
    delay: float
    user_agent: str
    full_text: FullText
    max_age: float
    allow_private: bool

    @property
    def key(self) -> str:
        """The same for all sources at one address: it is asked once for all of them."""
        return f"{self.kind}:{canonical_url(self.address)}"


@dataclass(frozen=True, slots=True)
class SourceList:
    """All sources of a file, in its order; names are unique."""

    path: Path
    sources: tuple[Source, ...] = ()
    defaults: Defaults = field(default_factory=Defaults)

    def get(self, name: str) -> Source:
        """The source of that name. Raises SourceError when there is none."""
        for source in self.sources:
            if source.name == name:
                return source
        known = ", ".join(f"“{source.name}”" for source in self.sources) or "none"
        raise SourceError(f"There is no source “{name}” in {self.path}; known are: {known}.")


def load_sources(path: Path, *, missing_ok: bool = False) -> SourceList:
    """Read and check a list of sources.

    missing_ok: a file that is not there is an empty list.
    Raises SourceError when it is missing, cannot be read or says something wrong.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        if missing_ok:
            return SourceList(path)
        raise SourceError(
            f"There are no sources yet: add one with `kzsearch sources add NAME --feed URL` "
            f"(it is written to {path})."
        ) from None
    except (OSError, UnicodeError) as error:
        raise SourceError(f"{path} cannot be read: {error}.") from error
    return parse_sources(text, path)


def parse_sources(text: str, path: Path) -> SourceList:
    """Check the text of a list of sources; ``path`` is named in complaints. Raises SourceError."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SourceError(f"{path} is not TOML: {error}.") from error
    try:
        _check_keys(data, {"defaults", "source", "alerts", "alert"}, "")  # see kzsearch.alerts
        defaults = _defaults(_table(data.get("defaults", {}), "[defaults]"))
        entries = data.get("source", [])
        if not isinstance(entries, list):
            raise SourceError("sources are written under [[source]], with two brackets")
        sources = tuple(
            _source(_table(entry, "[[source]]"), number, defaults)
            for number, entry in enumerate(entries, 1)
        )
        names = [source.name for source in sources]
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise SourceError(f"two sources are named “{twice}”")
    except SourceError as error:
        raise SourceError(f"{path}: {error}.") from None
    return SourceList(path, sources, defaults)


def duration(text: object) -> float:
    """Seconds of ``2s``, ``15m``, ``1h`` or ``7d``. Raises SourceError."""
    if isinstance(text, str) and (
        match := re.fullmatch(r"([0-9]{1,6}(?:\.[0-9]{1,3})?)\s*([smhd])", text)
    ):
        return float(match[1]) * _UNITS[match[2]]
    raise SourceError(f"a time is written as 2s, 15m, 1h or 7d, not {text!r}")


def telegram_address(text: str) -> str:
    """The public preview of a channel: of ``name``, ``@name`` or an address of either kind.

    Raises SourceError for what is no name of a channel.
    """
    if match := re.fullmatch(
        r"(?:(?:https?://)?(?:t|telegram)\.me/(?:s/)?|@)?([A-Za-z]\w{3,31})/?",
        text.strip(),
        re.ASCII,
    ):
        return f"https://t.me/s/{match[1]}"
    if re.fullmatch(r"https?://[^/]+/s/\w+/?", text.strip(), re.ASCII):
        return web_address(text)
    raise SourceError(f"{text!r} is not the name of a public Telegram channel")


def _table(value: object, what: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise SourceError(f"{what} must be a table")
    return value


def _check_keys(table: Mapping[str, object], known: set[str], where: str) -> None:
    if wrong := sorted(table.keys() - known):
        raise SourceError(
            f"{where}“{wrong[0]}” is not known; known are: {', '.join(sorted(known))}"
        )


def _defaults(table: Mapping[str, object]) -> Defaults:
    _check_keys(table, set(Defaults.__slots__), "in [defaults], ")
    return Defaults(**_settings(table, "in [defaults], "))  # type: ignore[arg-type]


def _source(table: Mapping[str, object], number: int, defaults: Defaults) -> Source:
    name = table.get("name")
    if not isinstance(name, str) or not name.strip():
        raise SourceError(f"source {number} has no name")
    if len(name) > _MAX_NAME or not name.isprintable() or name != name.strip():
        raise SourceError(
            f"the name {name[:_MAX_NAME]!r} must be one line of at most {_MAX_NAME} characters"
        )
    where = f"in source “{name}”, "
    settings = set(Defaults.__slots__) - {"user_agent"}
    _check_keys(table, {"name", *Kind, *settings}, where)
    kinds = [kind for kind in Kind if kind in table]
    if len(kinds) != 1:
        raise SourceError(f"{where}exactly one of {', '.join(Kind)} must be given")
    values = {name: getattr(defaults, name) for name in Defaults.__slots__}
    values |= _settings({key: table[key] for key in table.keys() & settings}, where)
    try:
        address = table[kinds[0]]
        if not isinstance(address, str):
            raise SourceError(f"{kinds[0]} must be text")
        known = telegram_address(address) if kinds[0] is Kind.TELEGRAM else web_address(address)
    except SourceError as error:
        raise SourceError(f"{where}{error}") from None
    return Source(name, kinds[0], known, **values)


def _settings(table: Mapping[str, object], where: str) -> dict[str, object]:
    """The checked values of settings."""
    found: dict[str, object] = {}
    for key, value in table.items():
        try:
            found[key] = _setting(key, value)
        except SourceError as error:
            raise SourceError(f"{where}{key}: {error}") from None
    return found


def _setting(key: str, value: object) -> object:
    if key in {"every", "delay", "max_age"}:
        seconds = duration(value)
        if key == "every" and seconds < 1:
            raise SourceError("once a second is the most")
        return seconds
    if key == "full_text":
        if value not in list(FullText):
            raise SourceError(f"must be one of {', '.join(FullText)}, not {value!r}")
        return FullText(str(value))
    if key == "allow_private":
        if not isinstance(value, bool):
            raise SourceError("must be true or false")
        return value
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        raise SourceError("must be one line of text")
    return quote(value.strip(), safe=_HEADER_SAFE)
