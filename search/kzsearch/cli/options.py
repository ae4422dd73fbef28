"""Options several commands share."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

__all__ = ["index_option", "jobs_option", "json_option", "private_option", "search_options"]


class Location(click.Path):
    """Where an index is: a folder, or the URL of an engine."""

    def convert(
        self, value: Any, param: click.Parameter | None, context: click.Context | None
    ) -> Any:
        """A URL as it is, else a path."""
        return value if "://" in str(value) else super().convert(value, param, context)


def _nearest(
    context: click.Context, _option: click.Parameter, value: Path | str | None
) -> Path | str | None:
    """The value given behind the command, else the one given before it."""
    return value or context.find_root().params.get("index_path")


index_option = click.option(
    "--index",
    "index_path",
    type=Location(file_okay=False, path_type=Path),
    metavar="DIR",
    callback=_nearest,
    help="The index to use, a folder or a URL; before or behind the command.",
)
"""``--index DIR``, passed on as ``index_path``, a Path or a URL; None means the default index."""

json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")

jobs_option = click.option(
    "--jobs",
    type=click.IntRange(1),
    default=os.cpu_count,
    show_default="one for each processor",
    help="Processes that analyse articles.",
)

_SEARCH_OPTIONS = (
    click.option(
        "--sort",
        type=click.Choice(["relevance", "date"]),
        default="relevance",
        show_default=True,
        help="Best first, or newest first.",
    ),
    click.option("--from", "date_from", metavar="DAY", help="Not before this day, month or year."),
    click.option("--to", "date_to", metavar="DAY", help="Not after this day, month or year."),
    click.option("--source", multiple=True, help="Only this source; may be given several times."),
    click.option(
        "--category", multiple=True, help="Only this category; may be given several times."
    ),
    click.option("--language", multiple=True, help="Only kk, ru, en or other; may be given again."),
    click.option(
        "--exact", is_flag=True, help="Read no date, number, acronym or synonym into words."
    ),
    click.option("--copies", is_flag=True, help="Give reprints of one text each its own place."),
)


def search_options(command: Callable[..., None]) -> Callable[..., None]:
    """What narrows and orders a search, passed on by the names of ``Index.search``."""
    for option in reversed(_SEARCH_OPTIONS):
        command = option(command)
    return command


private_option = click.option(
    "--allow-private", is_flag=True, help="Let sources be in private networks, too."
)
