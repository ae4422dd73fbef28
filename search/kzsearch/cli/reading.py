"""The options that say how files are to be read, and records shown as they were understood."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from kzsearch.documents import Article, ReadOptions

__all__ = ["described", "read_options", "reading_options"]

_SHOWN_TEXT = 300

_Command = TypeVar("_Command", bound=Callable[..., Any])


def reading_options(command: _Command) -> _Command:
    """``--map``, ``--namespace`` and ``--table``, passed on under these names."""
    for option in (
        click.option(
            "--table", default="", metavar="NAME", help="The table of a database to read."
        ),
        click.option(
            "--namespace",
            metavar="NAME",
            help="What numbers among the ids are unique within; without it, the source "
            "or the file. '' leaves them as they are.",
        ),
        click.option(
            "--map",
            "mapping",
            multiple=True,
            metavar="FIELD=NAME",
            help="Which of the file's own names holds a field: body=maintext. May be given "
            "several times.",
        ),
    ):
        command = option(command)
    return command


def read_options(mapping: tuple[str, ...], namespace: str | None, table: str) -> ReadOptions:
    """The options as the documents room takes them. Raises UsageError for a wrong ``--map``."""
    from kzsearch.documents import ReadOptions
    from kzsearch.documents.article import FIELDS

    names = {}
    for pair in mapping:
        field, equals, name = pair.partition("=")
        if field not in FIELDS or not equals or not name:
            raise click.UsageError(
                f"--map takes FIELD=NAME, where FIELD is one of {', '.join(FIELDS)}; "
                f"{pair!r} is not that."
            )
        names[field] = name
    return ReadOptions(names=names, namespace=namespace, table=table)


def described(article: Article) -> str:
    """An article as it was understood, a line each field that is filled, fit for a terminal."""
    from kzsearch.cli.console import printable
    from kzsearch.documents.article import FIELDS

    stored = article.to_json()
    lines = [
        f"  {name + ':':10} {stored[name]}" for name in FIELDS if name != "body" and stored[name]
    ]
    body = " ".join(article.body.split())
    shown = body if len(body) <= _SHOWN_TEXT else f"{body[:_SHOWN_TEXT]}…"
    lines.append(f"  {'body:':10} {shown} ({len(article.body):,} characters)")
    return printable("\n".join(lines))
