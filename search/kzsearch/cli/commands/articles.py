"""``kzsearch show`` and ``kzsearch delete``: single articles by their ids."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kzsearch.cli.failures import Skipped
from kzsearch.cli.options import index_option, json_option
from kzsearch.cli.wording import counted
from kzsearch.errors import KzsearchError

__all__ = ["delete", "show"]


@click.command()
@click.argument("article_id", metavar="ID")
@click.option("--query", "words", default="", help="Mark what this query finds.")
@json_option
@index_option
def show(article_id: str, words: str, as_json: bool, index_path: Path | str | None) -> None:
    """Print the article with this ID, whole."""
    from kzsearch.index import open_index

    with open_index(index_path) as index:
        article = index.get(article_id)
        if article is None:
            raise KzsearchError(f"There is no article with the id {article_id!r} in the index.")
        if as_json:
            click.echo(json.dumps(article.to_json(), ensure_ascii=False))
            return
        title, body = index.mark(article, words)

    from rich.text import Text

    from kzsearch.cli.console import article_line, marked, open_console, printable

    console = open_console()
    console.print(marked(title, "bold"))
    if line := article_line(article):
        console.print(Text(line, "cyan"))
    console.print(Text(f"id {printable(article.id)}", "dim"))
    console.print()
    console.print(marked(body))


@click.command()
@click.argument("ids", metavar="ID…", nargs=-1, required=True)
@index_option
def delete(ids: tuple[str, ...], index_path: Path | str | None) -> None:
    """Delete the articles with these IDs from the index."""
    from kzsearch.index import open_index

    with open_index(index_path) as index:
        missing = [article_id for article_id in ids if index.get(article_id) is None]
        deleted = index.delete(ids)
    click.echo(f"{counted(deleted, 'article')} deleted.")
    if missing:
        names = ", ".join(map(repr, dict.fromkeys(missing)))
        raise Skipped(f"Not in the index: {names}.")
