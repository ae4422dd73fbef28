"""The ``kzsearch`` command and the list of its subcommands."""

from __future__ import annotations

import click

from kzsearch.cli.commands.alerts import alerts
from kzsearch.cli.commands.analyze import analyze
from kzsearch.cli.commands.articles import delete, show
from kzsearch.cli.commands.complete import complete
from kzsearch.cli.commands.completion import completion
from kzsearch.cli.commands.evaluate import evaluate
from kzsearch.cli.commands.export import export
from kzsearch.cli.commands.index import index
from kzsearch.cli.commands.learn import learn_roots
from kzsearch.cli.commands.mcp import mcp
from kzsearch.cli.commands.query import query
from kzsearch.cli.commands.serve import serve
from kzsearch.cli.commands.similar import similar
from kzsearch.cli.commands.sources import sources, update, watch
from kzsearch.cli.commands.terms import terms
from kzsearch.cli.commands.upkeep import learn_associations, rebuild, stats, verify
from kzsearch.cli.failures import PoliteGroup
from kzsearch.cli.options import index_option
from kzsearch.version import __version__

__all__ = ["main"]


@click.group(cls=PoliteGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(prog)s %(version)s")
@index_option
def main(index_path: object) -> None:
    """Full-text search over Kazakh news.

    The index is the folder given by --index, else by the environment variable
    KZSEARCH_INDEX, else index/ of the checkout kzsearch runs from, else a folder
    among the user's data.

    Exit codes: 0 done (also when nothing was found), 1 failed or something was
    skipped, 2 wrong usage, 130 interrupted.
    """


for command in (
    index, query, export, terms, complete, similar, show, delete, rebuild, verify, stats, analyze,
    serve, mcp, sources, update, watch, alerts,
    learn_associations, learn_roots, evaluate, completion,
):  # fmt: skip
    main.add_command(command)
