"""``kzsearch index``: read files and add their articles."""

from __future__ import annotations

from pathlib import Path

import click

import kzsearch
from kzsearch.cli.failures import Skipped
from kzsearch.cli.options import index_option, jobs_option
from kzsearch.cli.wording import counted

__all__ = ["index"]


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATHS…]")
@jobs_option
@index_option
def index(paths: tuple[str, ...], jobs: int, index_path: Path | None) -> None:
    """Add the articles in files and folders to the index.

    Reads .txt, .md, .json, .jsonl, .csv and .tsv, each also as .gz; folders with
    all that is in them; - for standard input. docs/documents.md tells how. Without
    PATHS the sample articles of the checkout are taken.

    An article with the id of an indexed one replaces it; unchanged ones are passed
    over. What cannot be read is named with file and line and skipped; then the exit
    code is 1.
    """
    from kzsearch.cli.progress import ProgressBar
    from kzsearch.documents import Problem, input_size, read_articles
    from kzsearch.index import open_index

    paths = paths or _sample_paths()
    skipped = 0
    bar = ProgressBar("Indexing", input_size(paths))

    def on_problem(problem: Problem) -> None:
        nonlocal skipped
        skipped += 1
        bar.say(str(problem))

    articles = bar.watch(read_articles(paths, on_problem=on_problem, on_bytes=bar.on_bytes))
    with open_index(index_path, create=True) as target, bar:
        report = target.add(articles, progress=bar.on_articles, jobs=jobs)
    total = report.added + report.updated + report.unchanged
    click.echo(
        f"{counted(total, 'article')} read: {report.added:,} added, "
        f"{report.updated:,} updated, {report.unchanged:,} unchanged."
    )
    if skipped:
        raise Skipped(
            f"{counted(skipped, 'record or file', 'records or files')} skipped, for the reasons "
            "above; everything else is in the index."
        )


def _sample_paths() -> tuple[str, ...]:
    """The seeds of the checkout this runs from."""
    checkout = Path(kzsearch.__file__).resolve().parents[2]
    if not (checkout / "seeds").is_dir():
        raise click.UsageError("Name the files or folders to index, or - for standard input.")
    return (str(checkout / "seeds"),)
