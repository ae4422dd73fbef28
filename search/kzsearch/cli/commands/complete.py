"""``kzsearch complete``: what a query may become that is still being typed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kzsearch.cli.collecting import uncollected
from kzsearch.cli.options import index_option, json_option

if TYPE_CHECKING:
    from kzsearch.query import Completion

__all__ = ["complete"]


@click.command()
@click.argument("text", nargs=-1, required=True)
@click.option("--limit", default=8, show_default=True, help="Completions at most.")
@json_option
@index_option
@uncollected()
def complete(
    text: tuple[str, ...], limit: int, as_json: bool, index_path: Path | str | None
) -> None:
    """Complete the query TEXT with names and topics of titles.

    Typed in any script and on any keyboard: қаза, каза, qaza, 0fp, قازا. Each
    completion comes with the number of articles that have it in their title.
    """
    from kzsearch.index import open_index

    with open_index(index_path) as index:
        found = index.complete(" ".join(text), limit)
    if as_json:
        completions = [each.to_json() for each in found]
        click.echo(json.dumps({"completions": completions}, ensure_ascii=False))
    else:
        _print(found)


def _print(found: list[Completion]) -> None:
    from rich.text import Text

    from kzsearch.cli.console import open_console, printable

    console = open_console()
    if not found:
        console.print("Nothing begins like this.")
    for each in found:
        typed, added = printable(each.text[: each.typed]), printable(each.text[each.typed :])
        line = Text(typed) + Text(added, "bold")
        console.print(line + Text(f"  {each.articles:,}", "dim"))
