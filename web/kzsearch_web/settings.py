"""Every setting of the web room, in one table: its name, default, meaning and bounds.

``configuration`` reads the files and the environment over the defaults; docs/web.md lists the
table, and a test keeps the two the same. Bounds are there so that no address typed by hand can
make the server work long or answer with a page nobody reads.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from kzsearch.errors import KzsearchError

__all__ = ["SETTINGS", "Setting", "SettingError", "Value", "defaults"]

Value = int | str
"""What a setting can be: a number, a text or, as a text, several words parted by spaces."""


class SettingError(KzsearchError):
    """A setting is unknown or has a value it cannot have; the message says where and which."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: ``name`` is its key in ``app.config``, ``help`` one sentence about it.

    least, most: the bounds of a number. fits: whether a text, or with ``several`` each of its
    words, is allowed, and ``form`` what it has to be; None allows any text in one line.
    """

    name: str
    default: Value
    help: str
    least: int = 1
    most: int = 1_000_000
    fits: Callable[[str], object] | None = None
    form: str = ""
    several: bool = False

    def checked(self, value: object) -> Value:
        """The value as it goes into ``app.config``: words of a list as one text.

        Raises SettingError with what is wrong, without the name of the setting.
        """
        if isinstance(self.default, int):
            return self._number(value)
        if isinstance(value, (list, tuple)) and all(isinstance(word, str) for word in value):
            value = " ".join(value)
        if not isinstance(value, str):
            raise SettingError(f"must be a text, not {value!r}")
        if not value.isprintable():
            raise SettingError("must be a text in one line")
        for word in value.split() if self.several else filter(None, [value]):
            if self.fits and not self.fits(word):
                raise SettingError(f"holds {word!r}, which is no {self.form}")
        return value

    def _number(self, value: object) -> int:
        if isinstance(value, str) and re.fullmatch(r"\s*[0-9]{1,9}\s*", value):
            value = int(value)
        if not isinstance(value, int):
            raise SettingError(f"must be a whole number, not {value!r}")
        if not self.least <= value <= self.most:
            raise SettingError(f"must be from {self.least} to {self.most}, not {value}")
        return int(value)


def _matches(pattern: str) -> Callable[[str], object]:
    return re.compile(pattern).fullmatch


def _switch(name: str, default: int, help_: str) -> Setting:
    return Setting(name, default, help_, least=0, most=1)


_LANGUAGE = _matches("kk|ru|en")
_ORIGIN = _matches(r"\*|https?://(\*\.)?[A-Za-z0-9.-]+(:[0-9]{1,5})?")
_HOST = _matches(
    r"\.?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:[0-9]{1,5})?|\[[0-9A-Fa-f:.]+\](:[0-9]{1,5})?"
)
_RATE = _matches(r"[1-9][0-9]{0,6}/(second|minute|hour|day)")
_STORAGE = _matches(r"[a-z+]+://\S*")
_COLOR = _matches("#[0-9A-Fa-f]{6}")

SETTINGS = (
    Setting("SITE_NAME", "kzsearch", "What the site calls itself: in titles, feeds and browsers."),
    Setting("LOGO_TEXT", "", "What stands beside the logo; empty is the name of the site."),
    Setting(
        "ACCENT",
        "",
        "Colour of links and buttons, like #00647a; where it cannot be read it is made darker or "
        "lighter.",
        fits=_COLOR,
        form="colour: write it like #00647a",
    ),
    Setting(
        "LANGUAGES",
        "kk ru en",
        "Interface languages on offer, in this order.",
        fits=_LANGUAGE,
        form="language of the interface: there are kk, ru and en",
        several=True,
    ),
    Setting(
        "DEFAULT_LANGUAGE",
        "kk",
        "Interface language of a reader who chose none: kk, ru, en.",
        fits=_LANGUAGE,
        form="language of the interface: there are kk, ru and en",
    ),
    Setting("PAGE_SIZE", 10, "Hits on a page, and the API's limit when none is given."),
    Setting("MAX_PAGE_SIZE", 100, "The largest limit the API takes."),
    Setting("MAX_RESULTS", 10_000, "How deep paging goes, counted in hits."),
    Setting("MAX_QUERY_LENGTH", 1_000, "The longest query or filter value, in code points."),
    Setting("MAX_FILTERS", 20, "The most values one filter (source, category) takes."),
    Setting("FACET_VALUES", 6, "Values of a filter shown before the rest is folded away."),
    Setting("COMPLETIONS", 8, "Completions offered while a query is being typed."),
    Setting("COMPLETIONS_SECONDS", 60, "How long a browser may keep completions.", least=0),
    Setting(
        "EMBED_ORIGINS",
        "",
        "Sites that may show /embed, parted by spaces; * is every site.",
        fits=_ORIGIN,
        form="origin: write https://example.kz, https://*.example.kz or * for every site",
        several=True,
    ),
    Setting(
        "CORS_ORIGINS",
        "",
        "Sites whose scripts may read the API, exports and feeds, parted by spaces; * is every "
        "site.",
        fits=_ORIGIN,
        form="origin: write https://example.kz, https://*.example.kz or * for every site",
        several=True,
    ),
    Setting("EMBED_ARTICLES", 5, "Articles in /embed when no limit is given."),
    Setting("EXPORTS", 2, "Files of all results that are made at the same time."),
    Setting("FEED_ENTRIES", 30, "Articles in a feed when no limit is given."),
    _switch(
        "FOLLOW_INDEX",
        1,
        "Whether new articles are prepared in the background, so that no search waits: 1 or 0.",
    ),
    Setting("MARKING_TERMS", 20, "Words, and names, that are given of a result set."),
    Setting("LATEST_ARTICLES", 5, "Newest articles listed on the start page."),
    Setting("SOURCE_ARTICLES", 10, "Newest articles on the page of a source."),
    Setting("SIMILAR_ARTICLES", 5, "Articles listed as similar under an article, at most."),
    Setting(
        "HOSTS",
        "",
        "Hosts the site answers to, parted by spaces (.example.kz: all below it, too); empty: any.",
        fits=_HOST,
        form="host: write example.kz, or .example.kz for all hosts below it too",
        several=True,
    ),
    Setting(
        "PROXIES",
        0,
        "Reverse proxies in front, whose X-Forwarded-For, -Proto and -Host are believed.",
        least=0,
        most=10,
    ),
    Setting("CONNECTIONS", 1_000, "Connections that a process holds open, at most.", least=10),
    Setting("HEADER_SECONDS", 10, "Seconds in which the whole header of a request must come."),
    Setting("IDLE_SECONDS", 30, "Seconds until a connection is closed on which nothing moves."),
    Setting(
        "RATE_LIMIT",
        "",
        "How often one client may ask, like 5/second 120/minute; empty: as often as it wants.",
        fits=_RATE,
        form="rate: write 120/minute (second, minute, hour, day)",
        several=True,
    ),
    Setting(
        "RATE_STORAGE",
        "memory://",
        "Where requests are counted; memory:// is each process for itself.",
        fits=_STORAGE,
        form="address of a store: write memory:// or redis://localhost:6379",
    ),
    _switch("ACCESS_LOG", 0, "Whether each request is logged, with what was searched for: 1 or 0."),
    _switch("METRICS", 0, "Whether /metrics tells Prometheus about requests and index: 1 or 0."),
    Setting("STOP_SECONDS", 20, "Seconds that running requests have to end when the server ends."),
)


def defaults() -> dict[str, Value]:
    """The settings as a Flask configuration."""
    return {setting.name: setting.default for setting in SETTINGS}
