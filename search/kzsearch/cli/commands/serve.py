"""``kzsearch serve``: the search page in a browser."""

from __future__ import annotations

import os
from contextlib import nullcontext
from pathlib import Path

import click

from kzsearch.cli.options import index_option, private_option

__all__ = ["serve"]

MOST_PROCESSES = 4
"""That are started unasked: each takes some hundred megabytes for a hundred thousand articles."""


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="Port to listen on; 0 takes any free one.",
)
@click.option(
    "--processes",
    default=0,
    show_default="one a core, four at most",
    type=click.IntRange(0, 64),
    help="Processes that answer; each has the index open.",
)
@click.option(
    "--watch", is_flag=True, help="Follow the sources meanwhile, as `kzsearch watch` does."
)
@click.option(
    "--config",
    "config_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Settings of the pages, instead of kzsearch.toml in the folder of the index.",
)
@click.option("--verbose", is_flag=True, help="Tell what is going on, on standard error.")
@private_option
@index_option
def serve(
    host: str,
    port: int,
    processes: int,
    watch: bool,
    config_file: Path | None,
    verbose: bool,
    allow_private: bool,
    index_path: Path | str | None,
) -> None:
    """Serve the search page and print its address. Ctrl-C or SIGTERM ends it.

    Requests that are running then are answered first. Settings are listed in
    docs/web.md; KZSEARCH_… in the environment sets each of them, too.
    """
    from kzsearch.cli.watcher import watching
    from kzsearch_web.server import serve as serve_page

    with watching(index_path, allow_private=allow_private) if watch else nullcontext():
        serve_page(
            index_path,
            host=host,
            port=port,
            processes=processes or _one_a_core(),
            config_file=config_file,
            verbose=verbose,
        )


def _one_a_core() -> int:
    return min(os.cpu_count() or 1, MOST_PROCESSES)
