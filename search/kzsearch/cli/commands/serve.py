"""``kzsearch serve``: the search page in a browser."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import click

from kzsearch.cli.options import index_option, private_option

__all__ = ["serve"]


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
    "--watch", is_flag=True, help="Follow the sources meanwhile, as `kzsearch watch` does."
)
@private_option
@index_option
def serve(
    host: str, port: int, watch: bool, allow_private: bool, index_path: Path | str | None
) -> None:
    """Serve the search page and print its address. Ctrl-C ends it."""
    from kzsearch.cli.watcher import watching
    from kzsearch_web.server import serve as serve_page

    with watching(index_path, allow_private=allow_private) if watch else nullcontext():
        serve_page(index_path, host=host, port=port)
