"""What a user may say about the files to be read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["NO_OPTIONS", "ReadOptions"]


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read files that do not say it themselves.

    names: field of an article -> the file's own name for it, as ``{"body": "maintext"}``;
        these go before all names that are known.
    namespace: what bare numbers among the ids are unique within; None takes the source, else
        the file's name; '' leaves the numbers as they are.
    fetched: when the files were fetched, aware: «бүгін, 14:30» is told from it.
    table: which table of a database holds the articles.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    namespace: str | None = None
    fetched: dt.datetime | None = None
    table: str = ""


NO_OPTIONS = ReadOptions()
