"""``kzsearch terms``: the words and names that mark a result set."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kzsearch.cli.collecting import uncollected
from kzsearch.cli.commands.query import refuse_options
from kzsearch.cli.options import index_option, json_option, search_options
from kzsearch.cli.wording import counted

if TYPE_CHECKING:
    from kzsearch.results import MarkingTerm

__all__ = ["terms"]


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]})
@click.argument("words", metavar="[QUERY…]", nargs=-1)
@click.option("--limit", default=20, show_default=True, help="Words and names, of each at most.")
@search_options
@json_option
@index_option
@uncollected()
def terms(
    words: tuple[str, ...],
    limit: int,
    sort: str,
    copies: bool,
    as_json: bool,
    index_path: Path | str | None,
    **search: Any,
) -> None:
    """List the words and names that mark a result set.

    What the best hundred hits of a search have far more often than all articles,
    most telling first, each with how many of these hits and of all articles have
    it. QUERY and options are those of `kzsearch query`; --sort changes nothing.
    """
    refuse_options(words)
    from kzsearch.index import open_index

    with open_index(index_path) as index:
        found = index.terms(" ".join(words), limit, fold=not copies, **search)
    if as_json:
        click.echo(json.dumps(found.to_json(), ensure_ascii=False))
        return

    from rich.text import Text

    from kzsearch.cli.console import open_console

    console = open_console()
    if not (found.names or found.words):
        console.print("Nothing marks these hits.")
        return
    looked_at = counted(found.looked_at, "hit")
    console.print(Text(f"{looked_at} looked at, of {found.total:,}", "dim"))
    for heading, rows in (("Names", found.names), ("Words", found.words)):
        if rows:
            console.print()
            console.print(Text(heading, "bold"))
            for row in rows:
                console.print(_line(row))


def _line(row: MarkingTerm) -> str:
    from kzsearch.cli.console import printable

    return f"{row.hits:>5} {row.articles:>8,}  {printable(row.text)}"
