"""``kzsearch rebuild``, ``verify`` and ``stats``: the health of an index."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import click

from kzsearch.cli.options import index_option, jobs_option, json_option
from kzsearch.cli.wording import counted
from kzsearch.errors import ArticlesLostError, IndexDamagedError

__all__ = ["learn_associations", "rebuild", "stats", "verify"]


@click.command()
@jobs_option
@index_option
def rebuild(jobs: int, index_path: Path | str | None) -> None:
    """Make the index anew from the articles stored in it.

    Needed after an update of kzsearch that changes the index or how words are
    analysed, and to mend damage. Searching goes on meanwhile. Articles that are
    damaged beyond reading are named one a line, the exit code is then 1, and
    the index as it was before is kept in damaged/ in its folder.
    """
    from kzsearch.cli.progress import ProgressBar
    from kzsearch.index import rebuild_index

    try:
        with ProgressBar("Rebuilding") as bar:
            count = rebuild_index(index_path, progress=bar.on_articles, jobs=jobs)
    except ArticlesLostError as error:
        for lost in error.lost:
            click.echo(f"lost: {lost}")
        raise
    click.echo(f"The index is rebuilt, with {counted(count, 'article')}.")


@click.command()
@click.option("--forget", is_flag=True, help="Forget what was learned before.")
@index_option
def learn_associations(index_path: Path | str | None, forget: bool) -> None:
    """Learn from the articles which words go together.

    Questions then also find a little of what an article says in other words. Learn anew
    when the archive has grown by much; docs/relevance.md tells what it gains.
    """
    from kzsearch.cli.progress import ProgressBar
    from kzsearch.index import open_index

    if forget:
        with open_index(index_path) as index:
            index.forget_associations()
        click.echo("What was learned before is forgotten.")
        return
    with open_index(index_path) as index, ProgressBar("Learning") as bar:
        count = index.learn_associations(progress=bar.on_articles)
    click.echo(f"Learned what goes with {counted(count, 'word')}.")


@click.command()
@index_option
def verify(index_path: Path | str | None) -> None:
    """Check every file of the index and name what is damaged."""
    from kzsearch.index import verify_index

    damages = verify_index(index_path)
    for damage in damages:
        click.echo(f"{damage.path}: {damage.problem}")
    if damages:
        raise IndexDamagedError(f"{counted(len(damages), 'problem')} found in the index.")
    click.echo("The index is whole.")


@click.command()
@json_option
@index_option
def stats(as_json: bool, index_path: Path | str | None) -> None:
    """Print what is in the index and how much room it takes."""
    from kzsearch.index import open_index

    with open_index(index_path) as index:
        numbers = dataclasses.asdict(index.stats(count_terms=True))
    if as_json:
        click.echo(json.dumps(numbers, ensure_ascii=False, default=str))
        return
    for name, value in numbers.items():
        shown = f"{value:,}" if isinstance(value, int) else str(value) or "–"
        click.echo(f"{name.replace('_', ' '):<15} {shown}")
