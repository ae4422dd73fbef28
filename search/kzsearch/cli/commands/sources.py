"""``kzsearch sources``, ``update`` and ``watch``: news that comes in by itself."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kzsearch.cli.failures import Skipped, complain
from kzsearch.cli.options import index_option, private_option
from kzsearch.cli.wording import counted

if TYPE_CHECKING:
    from kzsearch.sources import Places
    from kzsearch.sources.following import Report

__all__ = ["file_option", "sources", "update", "watch"]

file_option = click.option(
    "--file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The list of sources, instead of sources.toml in the folder of the index.",
)


@click.group(no_args_is_help=True)
def sources() -> None:
    """Name the feeds, sites and channels that articles come from.

    They stand in sources.toml in the folder of the index, which may also be
    written by hand (docs/sources.md). `kzsearch update` looks at them once,
    `kzsearch watch` keeps looking.
    """


@sources.command()
@click.argument("name")
@click.option("--feed", metavar="URL", help="An RSS, Atom or JSON feed.")
@click.option("--sitemap", metavar="URL", help="A sitemap, or an index of sitemaps.")
@click.option("--page", metavar="URL", help="A page of a site; its feed is found.")
@click.option("--telegram", metavar="CHANNEL", help="The public preview of a channel.")
@click.option(
    "--full-text",
    type=click.Choice(["page", "feed", "auto"]),
    help="Where texts are taken from: from the page of an article, from the feed, or "
    "from whichever has it whole.",
)
@click.option("--every", metavar="TIME", help="How often to look, such as 15m.")
@private_option
@file_option
@index_option
def add(
    name: str,
    allow_private: bool,
    file: Path | None,
    index_path: Path | str | None,
    **keys: str | None,
) -> None:
    """Add a source called NAME."""
    from kzsearch.sources import add_source, places_of

    entry: dict[str, str | bool] = {"name": name}
    entry |= {key: value for key, value in keys.items() if value is not None}
    if allow_private:
        entry["allow_private"] = True
    path = places_of(index_path, file=file).sources
    source = add_source(path, entry)
    click.echo(f"{source.name} ({source.kind} {source.address}) was added to {path}.")


@sources.command("list")
@file_option
@index_option
def list_sources(file: Path | None, index_path: Path | str | None) -> None:
    """List the sources, and how each is doing."""
    from kzsearch.cli.console import printable
    from kzsearch.sources import places_of, source_statuses

    places = places_of(index_path, file=file)
    statuses = source_statuses(places, time.time())
    for status in statuses:
        click.echo(printable(str(status)))
        click.echo(f"    {status.source.kind} {status.source.address}")
    if not statuses:
        click.echo(
            f"There are no sources in {places.sources}: "
            "add one with `kzsearch sources add NAME --feed URL`."
        )


@sources.command()
@click.argument("names", nargs=-1, metavar="[NAMES…]")
@private_option
@file_option
@index_option
def check(
    names: tuple[str, ...], allow_private: bool, file: Path | None, index_path: Path | str | None
) -> None:
    """Ask the sources what they list, and change nothing.

    Without NAMES all are asked.
    """
    from kzsearch.cli.console import printable
    from kzsearch.errors import SourceError
    from kzsearch.sources import check_source, load_sources, places_of

    listed = load_sources(places_of(index_path, file=file).sources)
    failed = 0
    for source in [listed.get(name) for name in names] or listed.sources:
        try:
            kind, entries = check_source(source, allow_private=allow_private)
        except SourceError as error:
            failed += 1
            complain(printable(f"{source.name}: {error}"))
            continue
        click.echo(printable(f"{source.name}: {kind} with {counted(len(entries), 'article')}."))
        for entry in entries[:3]:
            where = " · ".join(filter(None, [entry.date[:16], entry.title, entry.address]))
            click.echo(printable(f"    {where}"))
    if failed:
        raise Skipped(f"{counted(failed, 'source')} could not be read, for the reasons above.")


@sources.command()
@click.argument("name")
@file_option
@index_option
def remove(name: str, file: Path | None, index_path: Path | str | None) -> None:
    """Follow the source called NAME no more. Its articles stay in the index."""
    from kzsearch.sources import places_of, remove_source

    path = places_of(index_path, file=file).sources
    remove_source(path, name)
    click.echo(f"{name} was removed from {path}; its articles stay in the index.")


@click.command()
@click.option(
    "--source",
    "names",
    multiple=True,
    metavar="NAME",
    help="Only this source, even if it failed a moment ago; may be given several times.",
)
@private_option
@file_option
@index_option
def update(
    names: tuple[str, ...], allow_private: bool, file: Path | None, index_path: Path | str | None
) -> None:
    """Look at the sources once, index what is new, and run the alerts.

    What cannot be had is named with the reason; then the exit code is 1. All else
    is in the index.
    """
    from kzsearch.sources import Stopped, places_of, update_sources

    stop = threading.Event()
    restore = _on_signals(stop)
    places = places_of(index_path, file=file)
    try:
        reports = update_sources(
            places, index_path, names=names,
            tell=_tell, say=complain, allow_private=allow_private, stop=stop,
        )  # fmt: skip
    except Stopped:
        raise click.Abort from None
    finally:
        restore()
    untold = _run_alerts(places, index_path, allow_private)
    failed = sum(bool(report.error) for report in reports)
    problems = sum(len(report.problems) for report in reports)
    if failed or problems or untold:
        parts = [counted(failed, "source")] if failed else []
        parts += [counted(problems, "page")] if problems else []
        missing = [f"{' and '.join(parts)} could not be had"] if parts else []
        missing += [f"{counted(untold, 'alert')} could not be sent"] if untold else []
        raise Skipped(f"{', '.join(missing)}, for the reasons above.")


@click.command()
@private_option
@click.option("--with-parent", is_flag=True, hidden=True, help="End with the parent process.")
@file_option
@index_option
def watch(
    allow_private: bool, with_parent: bool, file: Path | None, index_path: Path | str | None
) -> None:
    """Keep the index fresh: look at each source whenever it is due; run the alerts.

    Runs until it gets SIGTERM or Ctrl-C; what was fetched by then goes into the index.
    Sources that are added or removed meanwhile are noticed.
    """
    from kzsearch.cli.alerting import alerting
    from kzsearch.cli.console import printable
    from kzsearch.sources import places_of, watch_sources

    stop = threading.Event()
    restore = _on_signals(stop)
    if with_parent:
        _end_with_parent(stop)
    places = places_of(index_path, file=file)
    try:
        with alerting(places, index_path, allow_private=allow_private, say=click.echo):
            watch_sources(
                places, index_path,
                tell=lambda report: _tell(report) if report.eventful else None,
                say=lambda sentence: click.echo(printable(sentence)),
                allow_private=allow_private, stop=stop,
            )  # fmt: skip
    finally:
        restore()
    click.echo("Stopped; what is not in the index yet is fetched next time.")


def _run_alerts(places: Places, index_path: Path | str | None, allow_private: bool) -> int:
    """Tell of what has come in; returns how many alerts failed."""
    from kzsearch.alerts import load_alerts
    from kzsearch.cli.alerting import run_and_tell
    from kzsearch.index import open_index

    if not load_alerts(places.sources).alerts:
        return 0
    with open_index(index_path) as index:
        return run_and_tell(places, index, allow_private=allow_private, say=click.echo)


def _tell(report: Report) -> None:
    """Print what a look brought; what failed goes to standard error."""
    from kzsearch.cli.console import printable

    if report.error:
        complain(printable(str(report)))
    else:
        click.echo(printable(str(report)))
    for problem in report.problems:
        click.echo(printable(f"    {problem}"), err=True)


def _on_signals(stop: threading.Event) -> Callable[[], None]:
    """Let SIGTERM and Ctrl-C set ``stop``; returns what undoes that."""
    if threading.current_thread() is not threading.main_thread():
        return lambda: None
    before: dict[signal.Signals, Any] = {
        number: signal.signal(number, lambda *_: stop.set())
        for number in (signal.SIGTERM, signal.SIGINT)
    }

    def restore() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    return restore


def _end_with_parent(stop: threading.Event) -> None:
    """Set ``stop`` when the process that holds the other end of standard input ends."""

    def wait() -> None:
        while sys.stdin.buffer.read(1):
            pass
        stop.set()

    threading.Thread(target=wait, daemon=True).start()
