"""``kzsearch serve``: the search page in a browser."""

from __future__ import annotations

from pathlib import Path

import click

from kzsearch.cli.options import index_option

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
@index_option
def serve(host: str, port: int, index_path: Path | None) -> None:
    """Serve the search page and print its address. Ctrl-C ends it."""
    from kzsearch_web.server import serve as serve_page

    serve_page(index_path, host=host, port=port)
