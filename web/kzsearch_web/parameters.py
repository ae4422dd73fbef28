"""The kinds of arguments an address has: how each is read, what fits it, and what it means.

Handlers read their arguments by these, and the description of the API is made of the same ones.
"""

from __future__ import annotations

import datetime as dt
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from flask import current_app
from flask_babel import format_decimal
from werkzeug.datastructures import MultiDict

from kzsearch.dates import parse_period
from kzsearch_web.dates import is_period
from kzsearch_web.failures import RequestError
from kzsearch_web.languages import gettext

__all__ = [
    "Choice",
    "Day",
    "Flag",
    "Names",
    "Number",
    "Parameter",
    "Text",
    "Texts",
    "bounded",
    "refuse_unknown",
    "too_deep",
]

Args = MultiDict[str, str]
Schema = dict[str, object]

_TRUE, _FALSE = ("1", "true", "yes", "on"), ("0", "false", "no", "off")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter(ABC):
    """An argument. ``meaning`` is English, ``example`` a value as it is typed.

    in_path: whether it is a part of the address itself, and so never left out.
    """

    name: str
    meaning: str
    example: str = ""
    in_path: bool = False

    @property
    def several(self) -> bool:
        """Whether it may be given several times."""
        return False

    @abstractmethod
    def schema(self) -> Schema:
        """What fits it, as JSON Schema."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Parameter):
    """Any text up to the length of a query; ``endless``: or longer, which does no harm."""

    endless: bool = False

    def read(self, args: Args) -> str:
        """The text without spaces around it; '' where there is none."""
        return bounded(args.get(self.name, "").strip())

    def schema(self) -> Schema:
        """A string."""
        most = current_app.config["MAX_QUERY_LENGTH"]
        return {"type": "string"} if self.endless else {"type": "string", "maxLength": most}


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts(Parameter):
    """Several texts, any of which is meant; the same one twice counts once."""

    @property
    def several(self) -> bool:
        """It may be given several times."""
        return True

    def read(self, args: Args) -> tuple[str, ...]:
        """The texts, empty ones left out."""
        values = args.getlist(self.name)
        most = current_app.config["MAX_FILTERS"]
        if len(values) > most:
            raise RequestError(
                gettext("Too many filters: choose at most %(most)s of one kind.", most=most)
            )
        return tuple(dict.fromkeys(bounded(value) for value in values if value))

    def schema(self) -> Schema:
        """Some bounded strings."""
        config = current_app.config
        each = {"type": "string", "maxLength": config["MAX_QUERY_LENGTH"]}
        return {"type": "array", "items": each, "maxItems": config["MAX_FILTERS"]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(Parameter):
    """A whole number from 1. default, most: numbers, or the settings that hold them."""

    default: int | str
    most: int | str

    def read(self, args: Args) -> int:
        """The number; raises RequestError with a sentence."""
        most = _setting(self.most)
        text = args.get(self.name) or str(_setting(self.default))
        if not re.fullmatch(r"[0-9]{1,9}", text) or int(text) < 1:
            raise RequestError(
                gettext("The argument “%(name)s” must be a whole number from 1.", name=self.name)
            )
        if int(text) > most:
            if self.name == "page":
                raise too_deep()
            raise RequestError(
                gettext(
                    "The argument “%(name)s” can be at most %(most)s.",
                    name=self.name,
                    most=format_decimal(most),
                )
            )
        return int(text)

    def schema(self) -> Schema:
        """An integer with its bounds."""
        default, most = _setting(self.default), _setting(self.most)
        return {"type": "integer", "minimum": 1, "maximum": most, "default": default}


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag(Parameter):
    """Yes or no, ``1`` or ``0``; left out it is no."""

    def read(self, args: Args) -> bool:
        """Whether it is set; raises RequestError with a sentence."""
        text = args.get(self.name, "").lower()
        if text not in {"", *_TRUE, *_FALSE}:
            raise RequestError(gettext("The argument “%(name)s” is either 1 or 0.", name=self.name))
        return text in _TRUE

    def schema(self) -> Schema:
        """The words that are understood."""
        return {"type": "string", "enum": [*_TRUE, *_FALSE], "default": "0"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Parameter):
    """One of a few words; ``refusal`` gives the sentence for any other."""

    values: Sequence[str]
    default: str
    refusal: Callable[[], str]

    def read(self, args: Args) -> str:
        """The word, or the default; raises RequestError with a sentence."""
        value = args.get(self.name) or self.default
        if value != self.default and value not in self.values:
            raise RequestError(self.refusal())
        return value

    def schema(self) -> Schema:
        """The words."""
        default = {"default": self.default} if self.default else {}
        return {"type": "string", "enum": list(map(str, self.values)), **default}


@dataclass(frozen=True, slots=True, kw_only=True)
class Day(Parameter):
    """A year, month or day in any usual way of writing; of a longer period its first day.

    last: the end of what is asked for: of a longer period its last day.
    """

    last: bool = False

    def read(self, args: Args) -> str:
        """The period as links have it: 2025, 2025-09, 2025-09-29; raises RequestError."""
        text = args.get(self.name, "").strip()
        if not text or is_period(text):
            return text
        start, end = parse_period(text) or (None, None)
        day = end - dt.timedelta(days=1) if self.last and end else start
        if day is None or (self.last and end is None):
            raise RequestError(gettext("A date is written like 2025, 2025-09 or 2025-09-29."))
        return day.isoformat()

    def schema(self) -> Schema:
        """A string: what is a date in words, no pattern says."""
        return {"type": "string", "maxLength": current_app.config["MAX_QUERY_LENGTH"]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Names(Parameter):
    """Names out of a list, parted by commas. ``chosen`` puts them in order or refuses them."""

    values: Sequence[str]
    chosen: Callable[[Sequence[str]], tuple[str, ...]]

    def read(self, args: Args) -> tuple[str, ...]:
        """The names; raises QueryError for one that is not in the list."""
        return self.chosen(args.get(self.name, "").split(","))

    def schema(self) -> Schema:
        """Some of the names; OpenAPI parts them by commas where ``explode`` is false."""
        each = {"type": "string", "enum": list(self.values)}
        return {"type": "array", "items": each}


def bounded(value: str) -> str:
    """The text itself; raises RequestError for one that is too long."""
    most = current_app.config["MAX_QUERY_LENGTH"]
    if len(value) > most:
        raise RequestError(
            gettext(
                "The query is too long: %(most)s characters are the most that can be searched for.",
                most=format_decimal(most),
            )
        )
    return value


def too_deep() -> RequestError:
    """The answer to a page behind the last that is counted."""
    return RequestError(
        gettext(
            "Only the first %(most)s results can be paged through; "
            "narrow the search to see the rest.",
            most=format_decimal(current_app.config["MAX_RESULTS"]),
        )
    )


def refuse_unknown(args: Args, parameters: Iterable[Parameter]) -> None:
    """Raises RequestError for an argument that is none of these, or a single one given twice.

    A slip such as ``form=2025`` would else give another answer than was asked for, in silence.
    """
    known = {each.name: each for each in parameters if not each.in_path}
    for name, values in args.lists():
        if name not in known:
            raise RequestError(
                gettext(
                    "There is no argument “%(name)s” here; there are: %(known)s.",
                    name=name[:40],
                    known=", ".join(known) or "–",
                )
            )
        if len(values) > 1 and not known[name].several:
            raise RequestError(
                gettext("The argument “%(name)s” can be given only once.", name=name)
            )


def _setting(value: int | str) -> int:
    return int(current_app.config[value]) if isinstance(value, str) else value
