"""The one place where errors become a sentence on standard error and an exit code."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import Any

import click

from kzsearch.errors import KzsearchError, QueryError

__all__ = ["DEBUG_VARIABLE", "PoliteGroup", "Skipped", "complain"]

DEBUG_VARIABLE = "KZSEARCH_DEBUG"
"""Set in the environment, it shows where an unexpected error came from."""

_FAILED, _USAGE, _INTERRUPTED, _PIPE_CLOSED = 1, 2, 130, 141


class Skipped(KzsearchError):
    """The command did its work, but not all of it; what was left out is in the message."""


class _PipeClosed(Exception):
    """Whoever reads the output had enough; not an OSError, which click handles its own way."""


def complain(sentence: str) -> None:
    """Say a sentence on standard error."""
    with contextlib.suppress(OSError):  # nobody listens any more
        click.echo(f"kzsearch: {sentence}", err=True)


class PoliteGroup(click.Group):
    """A group of commands that never ends in a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a closed pipe is noticed here, not when Python shuts down."""
        try:
            try:
                return super().invoke(ctx)
            finally:
                sys.stdout.flush()
        except BrokenPipeError as error:
            raise _PipeClosed from error

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run the command line and exit; errors are said in one sentence."""
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(AttributeError):  # a stream that somebody put in its place
                stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
        try:
            code = super().main(*args, **{**extra, "standalone_mode": False})
        except Exception as error:
            if DEBUG_VARIABLE in os.environ:
                raise
            code = _report(error)
        sys.exit(code)


def _report(error: Exception) -> int:
    """Say what went wrong; returns the exit code."""
    match error:
        case click.exceptions.NoArgsIsHelpError():
            error.show()
            return _USAGE
        case click.UsageError():
            help_command = f"{error.ctx.command_path} --help" if error.ctx else "kzsearch --help"
            complain(f"{error.format_message()} See '{help_command}'.")
            return _USAGE
        case click.Abort():
            complain("interrupted")
            return _INTERRUPTED
        case QueryError():
            complain(str(error))
            return _USAGE
        case KzsearchError():
            complain(str(error))
            return _FAILED
        case _PipeClosed():
            _mute_output()
            return _PIPE_CLOSED
        case OSError():
            where = f": {error.filename}" if error.filename else ""
            complain(f"{error.strerror or error}{where}")
            return _FAILED
        case _:
            complain(
                f"unexpected {type(error).__name__}: {error}. This is a fault of kzsearch; "
                f"{DEBUG_VARIABLE}=1 in the environment shows where."
            )
            return _FAILED


def _mute_output() -> None:
    """Send what is left to be printed nowhere, so that Python does not complain at its end."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
