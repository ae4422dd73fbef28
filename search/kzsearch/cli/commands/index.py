"""``kzsearch index``: read files and add their articles."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

import kzsearch
from kzsearch.cli.failures import complain
from kzsearch.cli.options import index_option, jobs_option
from kzsearch.cli.reading import described, read_options, reading_options
from kzsearch.cli.wording import counted

if TYPE_CHECKING:
    from kzsearch.cli.problems import ProblemReport
    from kzsearch.documents import Article

__all__ = ["index"]

_SHOWN = 3
"""Articles that a dry run shows."""


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATHS…]")
@click.option("--dry-run", is_flag=True, help="Show what would be read, and index nothing.")
@jobs_option
@reading_options
@index_option
def index(
    paths: tuple[str, ...],
    dry_run: bool,
    jobs: int,
    mapping: tuple[str, ...],
    namespace: str | None,
    table: str,
    index_path: Path | str | None,
) -> None:
    """Add the articles in files and folders to the index.

    Reads text, Markdown, JSON, CSV, HTML pages, feeds, exports of WordPress, Telegram,
    Elasticsearch and MongoDB, SQLite, letters, dumps of Wikipedia; with extras
    Parquet, Arrow and WARC. Each may be compressed or lie in a zip or tar; folders are
    read with all that is in them; - is standard input. docs/documents.md tells how.
    Without PATHS the sample articles of the checkout are taken.

    An article with the id of an indexed one replaces it; unchanged ones are passed
    over. What cannot be read is named with file and line and skipped; then the exit
    code is 1.
    """
    from kzsearch.cli.problems import ProblemReport
    from kzsearch.cli.progress import ProgressBar
    from kzsearch.documents import input_size, read_articles
    from kzsearch.index import open_index

    options = read_options(mapping, namespace, table)
    paths = paths or _sample_paths()
    bar = ProgressBar("Reading" if dry_run else "Indexing", input_size(paths))
    problems = ProblemReport(bar.say)
    articles = read_articles(
        paths, on_problem=problems, on_note=problems, on_bytes=bar.on_bytes, options=options
    )
    if dry_run:
        with bar:
            _show(bar.watch(articles), problems)
        problems.check("everything else can be indexed")
        return
    with open_index(index_path, create=True) as target, bar:
        report = target.add(bar.watch(articles), progress=bar.on_articles, jobs=jobs)
    total = report.added + report.updated + report.unchanged
    click.echo(
        f"{counted(total, 'article')} read: {report.added:,} added, "
        f"{report.updated:,} updated, {report.unchanged:,} unchanged."
    )
    if problems.warned:
        complain("; ".join(problems.lines()) + ".")
    problems.check("everything else is in the index")


def _show(articles: Iterable[Article], problems: ProblemReport) -> None:
    """Print the first articles as they were understood, and what there was to say of all."""
    total = 0
    for total, article in enumerate(articles, start=1):
        if total <= _SHOWN:
            click.echo(f"{total}.\n{described(article)}\n")
    click.echo(f"{counted(total, 'article')} would be read; nothing was indexed.")
    for line in problems.lines():
        click.echo(f"  {line}")


def _sample_paths() -> tuple[str, ...]:
    """The seeds of the checkout this runs from."""
    checkout = Path(kzsearch.__file__).resolve().parents[2]
    if not (checkout / "seeds").is_dir():
        raise click.UsageError("Name the files or folders to index, or - for standard input.")
    return (str(checkout / "seeds"),)
