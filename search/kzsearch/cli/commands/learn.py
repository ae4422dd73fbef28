"""``kzsearch learn-roots``: teach the stemmer the words of an archive."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from kzsearch.cli.wording import counted

__all__ = ["learn_roots"]


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATHS…")
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Keep the roots in this file, not where the stemmer looks for them.",
)
@click.option("--dry-run", is_flag=True, help="Print the roots and keep nothing.")
def learn_roots(paths: tuple[str, ...], output: Path | None, dry_run: bool) -> None:
    """Learn the roots of words, names first, from the articles in PATHS.

    Reads what `kzsearch index` reads; learn from the files that are indexed. A root
    is a word met with several endings. What was learned before is replaced. The
    stemmer finds the roots in the folder that the environment variable
    KZSEARCH_WORDS names, else in words/ among the user's data. An index made
    before has to be rebuilt.
    """
    from kzsearch.cli.problems import ProblemReport
    from kzsearch.cli.progress import ProgressBar
    from kzsearch.documents import input_size, read_articles
    from kzsearch.morphology.learn import keep_roots, learn_archive, table_of_roots

    bar = ProgressBar("Learning", input_size(paths))
    problems = ProblemReport(bar.say)

    def texts() -> Iterator[str]:
        articles = read_articles(paths, on_problem=problems, on_bytes=bar.on_bytes)
        for number, article in enumerate(articles, 1):
            bar.on_articles(number)
            yield f"{article.title}\n{article.body}"

    with bar:
        roots = learn_archive(texts())
    if dry_run:
        click.echo(table_of_roots(roots), nl=False)
    else:
        path = keep_roots(roots, output)
        click.echo(f"{counted(len(roots), 'root')} learned, kept in {path}.")
        if output is None:
            click.echo("An index made before: run kzsearch rebuild.")
    problems.check("the roots are those of everything else")
