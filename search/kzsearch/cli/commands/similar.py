"""``kzsearch similar``: other articles on the same matter."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kzsearch.cli.collecting import uncollected
from kzsearch.cli.commands.query import print_hits
from kzsearch.cli.options import index_option, json_option

__all__ = ["similar"]


@click.command()
@click.argument("article_id", metavar="ID")
@click.option("--limit", default=5, show_default=True, help="Articles at most.")
@json_option
@index_option
@uncollected()
def similar(article_id: str, limit: int, as_json: bool, index_path: Path | str | None) -> None:
    """List articles on the same matter as the article with this ID.

    Its reprints are not among them. Scores say how much of what is telling in the
    article the other one shares, from 0 to 1.
    """
    from kzsearch.index import open_index

    with open_index(index_path) as index:
        hits = index.similar(article_id, limit)
    if as_json:
        found = {"id": article_id, "hits": [hit.to_json() for hit in hits]}
        click.echo(json.dumps(found, ensure_ascii=False))
        return

    from kzsearch.cli.console import open_console

    console = open_console()
    if not hits:
        console.print("Nothing similar found.")
    print_hits(console, hits)
