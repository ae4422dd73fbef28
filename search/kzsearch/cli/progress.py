"""Progress for people who wait: a bar with rate and time left on a terminal, else nothing."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

from rich.progress import (
    BarColumn,
    Progress,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from kzsearch.cli.console import open_console, printable

__all__ = ["ProgressBar"]

T = TypeVar("T")


class ProgressBar:
    """A bar on standard error, a context manager; it vanishes when the work is done.

    total: bytes there are to read, which the time left is reckoned from; None if unknown.
    """

    def __init__(self, label: str, total: int | None = None) -> None:
        console = open_console(stderr=True)
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TaskProgressColumn(),
            TextColumn("{task.fields[articles]:,} articles"),
            TextColumn("{task.fields[rate]:,.0f}/s"),
            TimeRemainingColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._task = self._progress.add_task(label, total=total or None, articles=0, rate=0.0)
        self._began = time.monotonic()

    def __enter__(self) -> ProgressBar:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def on_bytes(self, count: int) -> None:
        """So many more bytes were read."""
        self._progress.advance(self._task, count)

    def on_articles(self, count: int) -> None:
        """So many articles were taken in from the beginning on."""
        seconds = max(time.monotonic() - self._began, 1e-3)
        self._progress.update(self._task, articles=count, rate=count / seconds)

    def say(self, sentence: str) -> None:
        """Print a line above the bar."""
        self._progress.console.print(Text(printable(sentence)), soft_wrap=True)

    def watch(self, items: Iterable[T]) -> Iterator[T]:
        """The same items; when they are through, the bar says that they are being saved."""
        yield from items
        self._progress.update(self._task, description="Saving")
