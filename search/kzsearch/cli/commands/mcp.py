"""``kzsearch mcp``: the index as tools of an assistant."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import click

from kzsearch.cli.options import index_option
from kzsearch.errors import KzsearchError

__all__ = ["mcp"]


@click.command()
@index_option
def mcp(index_path: Path | str | None) -> None:
    """Let an assistant search the index, by the Model Context Protocol.

    It speaks on standard input and output, so the assistant's program starts it. Its
    tools are search, read, similar and count_over_time; nothing can be changed by
    them. Needs: pip install 'kzsearch[mcp]'
    """
    if find_spec("mcp") is None:
        raise KzsearchError("This command needs: pip install 'kzsearch[mcp]'")
    from kzsearch.cli.assistants import assistant_server
    from kzsearch.index import open_index

    with open_index(index_path) as index:
        index.follow()
        assistant_server(index).run()
