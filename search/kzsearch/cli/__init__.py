"""The command line: thin commands over the Python API. docs/cli.md is its manual.

Only click is imported before a command runs, so help and completion come at once.
"""

from __future__ import annotations

from kzsearch.cli.app import main

__all__ = ["main"]
