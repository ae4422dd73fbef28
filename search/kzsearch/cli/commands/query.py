"""``kzsearch query``: search, and show hits to people or as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kzsearch.cli.collecting import uncollected
from kzsearch.cli.options import index_option, json_option, search_options
from kzsearch.cli.wording import counted

if TYPE_CHECKING:
    from rich.console import Console

    from kzsearch.results import Hit, ResultPage

__all__ = ["print_hits", "query", "refuse_options"]


# A word to leave out begins like an option: -жарнама, -hockey. So unknown options reach the
# command, and -h is none.
@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]})
@click.argument("words", metavar="QUERY…", nargs=-1, required=True)
@click.option("--limit", default=10, show_default=True, help="Hits on a page.")
@click.option("--page", default=1, show_default=True, help="Which page of hits.")
@search_options
@click.option("--explain", is_flag=True, help="Show what each score is made of.")
@json_option
@index_option
@uncollected()
def query(
    words: tuple[str, ...],
    limit: int,
    page: int,
    explain: bool,
    copies: bool,
    as_json: bool,
    index_path: Path | str | None,
    **search: Any,
) -> None:
    """Search the index.

    QUERY is one or more words; all forms of a word are found. "in quotes" finds a
    phrase, -word leaves out, OR finds either, title: source: category: date: look in
    one field. docs/query-language.md tells the rest. Words that begin with - but not
    with -- are read as words to leave out. In a shell, a phrase needs outer quotes:

    \b
      kzsearch query мектеп мұғалім
      kzsearch query '"алғаш рет" -футбол' --from 2025-09
    """
    refuse_options(words)
    from kzsearch.index import open_index

    with open_index(index_path) as index:
        result = index.search(
            " ".join(words),
            limit=limit,
            page=page,
            facets=as_json,
            explain=explain,
            fold=not copies,
            **search,
        )
    if as_json:
        click.echo(json.dumps(result.to_json(), ensure_ascii=False))
    else:
        _print_page(result)


def refuse_options(words: Iterable[str]) -> None:
    """Words that begin with -- are no words: raises click.NoSuchOption."""
    if typo := next((word for word in words if word.startswith("--")), None):
        raise click.NoSuchOption(typo)


def _print_page(result: ResultPage) -> None:
    from rich.text import Text

    from kzsearch.cli.console import open_console

    console = open_console()
    if not result.total:
        console.print("Nothing found.")
        _print_notes(console, result)
        return
    place = f"page {result.page:,} of {result.pages:,}"
    found = counted(result.total, "article")
    if copies := result.articles - result.total:
        found += f" and {counted(copies, 'reprint')}"
    if result.complete < result.total:
        found += f", {result.complete or 'none'} with all of the words"
    console.print(Text(f"{found}, {place} ({result.took_ms:.1f} ms)", "dim"))
    _print_notes(console, result)
    first = (result.page - 1) * result.limit + 1
    print_hits(console, result.hits, first)


def _print_notes(console: Console, result: ResultPage) -> None:
    """How words were read, each with the query that takes it back, and what else was meant."""
    from rich.text import Text

    from kzsearch.cli.console import printable

    for note in result.notes:
        line = f"{note.typed} → {note.meant} (to undo: {note.undo})"
        console.print(Text(printable(line), "dim"))
    if result.suggestion:
        console.print(Text(printable(f"Did you mean: {result.suggestion.query}")))


def print_hits(console: Console, hits: Iterable[Hit], first: int = 1) -> None:
    """Print numbered hits for people."""
    for number, hit in enumerate(hits, first):
        console.print()
        _print_hit(console, number, hit)


def _print_hit(console: Console, number: int, hit: Hit) -> None:
    from rich.padding import Padding
    from rich.text import Text

    from kzsearch.cli.console import MATCHES, PLACES, article_line, marked, printable

    def indented(text: Text) -> None:
        if console.soft_wrap:
            console.print(Text("    ") + text)
        else:
            console.print(Padding(text, (0, 0, 0, 4)))

    console.print(Text(f"{number:>2}. ", "dim") + marked(hit.title, "bold"))
    if line := article_line(hit.article):
        indented(Text(line, "cyan"))
    for fragment in hit.fragments:
        indented(marked(fragment))
    indented(Text(f"id {printable(hit.article.id)}  score {hit.score:.3f}", "dim"))
    for part in hit.explanation:
        why = f"{part.what}: {PLACES[part.place]}, {MATCHES[part.match]}"
        indented(Text(f"{part.score:8.3f}  {why}", "dim"))
    if hit.copies:
        indented(Text(f"and {counted(hit.copy_count, 'more source')}:", "cyan"))
    for copy in hit.copies:
        line = " · ".join(filter(None, [article_line(copy), f"id {printable(copy.id)}"]))
        indented(Text(f"  {line}", "dim"))
    if unlisted := hit.copy_count - len(hit.copies):
        indented(Text(f"  and {unlisted:,} more", "dim"))
