"""``kzsearch alerts``: who is told of new articles, and whether that works."""

from __future__ import annotations

import time
from pathlib import Path

import click

from kzsearch.cli.commands.sources import file_option
from kzsearch.cli.failures import Skipped
from kzsearch.cli.options import index_option, private_option
from kzsearch.cli.wording import counted

__all__ = ["alerts"]


@click.group(no_args_is_help=True)
def alerts() -> None:
    """Tell people and programs of new articles that a query finds.

    Alerts stand in sources.toml in the folder of the index (docs/alerts.md).
    `kzsearch update`, `watch` and `serve --watch` run them when articles have
    come in; `kzsearch alerts run` does it after `kzsearch index`.
    """


@alerts.command("list")
@file_option
@index_option
def list_alerts(file: Path | None, index_path: Path | str | None) -> None:
    """List the alerts, and how each is doing."""
    from kzsearch.alerts import alert_statuses
    from kzsearch.cli.console import printable
    from kzsearch.sources import places_of

    places = places_of(index_path, file=file)
    statuses = alert_statuses(places, time.time())
    for status in statuses:
        click.echo(printable(str(status)))
        click.echo(printable(f"    {status.alert.query} → {status.alert.place}"))
    if not statuses:
        click.echo(
            f"There are no alerts in {places.sources}: docs/alerts.md tells how to write one."
        )


@alerts.command()
@click.argument("name")
@private_option
@file_option
@index_option
def test(name: str, allow_private: bool, file: Path | None, index_path: Path | str | None) -> None:
    """Send the newest articles that the alert NAME finds, as a trial."""
    from kzsearch.alerts import load_alerts, send_test
    from kzsearch.alerts.sending import Sender
    from kzsearch.cli.console import printable
    from kzsearch.index import open_index
    from kzsearch.sources import places_of

    places = places_of(index_path, file=file)
    place = load_alerts(places.sources).get(name).place
    with open_index(index_path) as index:
        told = send_test(places, index, name, sender=Sender(allow_private=allow_private))
    click.echo(printable(f"A trial with {counted(told, 'article')} was sent to {place}."))


@alerts.command()
@private_option
@file_option
@index_option
def run(allow_private: bool, file: Path | None, index_path: Path | str | None) -> None:
    """Look for articles that are new since the last run, and tell of them.

    The first run only takes note of what is there. What cannot be sent is tried
    again by later runs; then the exit code is 1.
    """
    from kzsearch.cli.alerting import run_and_tell
    from kzsearch.index import open_index
    from kzsearch.sources import places_of

    with open_index(index_path) as index:
        failed = run_and_tell(
            places_of(index_path, file=file), index, allow_private=allow_private, say=click.echo
        )
    if failed:
        raise Skipped(f"{counted(failed, 'alert')} could not be sent, for the reasons above.")
