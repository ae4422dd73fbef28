"""``kzsearch export``: all hits of a search as a file."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kzsearch.cli.commands.query import refuse_options
from kzsearch.cli.options import index_option, search_options
from kzsearch.cli.wording import counted
from kzsearch.errors import KzsearchError

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["export"]


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]})
@click.argument("words", metavar="[QUERY…]", nargs=-1)
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "jsonl", "parquet"]),
    default="csv",
    show_default=True,
    help="What to write; parquet needs the extra of that name.",
)
@click.option(
    "--fields",
    metavar="NAMES",
    default="",
    help="What to write of each hit, parted by commas: id, title, date, day, source, category, "
    "author, language, url, score, fallback, copy_count, snippet, body; "
    "all but the last two when left out.",
)
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write, instead of standard output; it is there when it is whole.",
)
@search_options
@index_option
def export(
    words: tuple[str, ...],
    form: str,
    fields: str,
    output: Path | None,
    copies: bool,
    index_path: Path | str | None,
    **search: Any,
) -> None:
    """Write all hits of a search to a file or to standard output.

    However many there are, memory stays small. They come in the order of `kzsearch
    query`, whose QUERY and options these are; without QUERY, what the options leave
    is written, newest first. CSV is made for Excel, too: UTF-8 with a byte order
    mark, and text that would be taken for a formula begins with an apostrophe.
    """
    refuse_options(words)
    from kzsearch.index import open_index
    from kzsearch.results.export import (
        ExportFormat,
        check_export,
        encode_export,
        export_fields,
        needs_snippets,
    )

    narrowed = (search[name] for name in ("date_from", "date_to", "source", "category", "language"))
    if not "".join(words).strip() and not any(narrowed):
        raise click.UsageError("Name words to search for, or an option such as --source or --from.")
    chosen, kind = export_fields(fields.split(",")), ExportFormat(form)
    check_export(kind)
    if kind is ExportFormat.PARQUET and output is None and sys.stdout.isatty():
        raise click.UsageError("Parquet is no text: name a file with --output.")
    with open_index(index_path) as index:
        found = index.export(
            " ".join(words), fold=not copies, snippets=needs_snippets(chosen), **search
        )
        pieces = encode_export(found.hits, kind, chosen)
        if output is None:
            for piece in pieces:
                click.echo(piece, nl=False)
            return
        _write_file(output, pieces)
    click.echo(f"{counted(found.total, 'hit')} written to {output}.", err=True)


def _write_file(path: Path, pieces: Iterable[bytes]) -> None:
    """Write beside the file, then put it in its place: nobody sees half of it."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        try:
            with part.open("xb") as file:
                file.writelines(pieces)
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise KzsearchError(f"{path} cannot be written: {error.strerror}.") from error
