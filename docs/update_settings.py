"""Writes the table of settings into docs/web.md: run it after changing a setting.

A test (tests/web/test_settings.py) fails when the manual is behind.
"""

from __future__ import annotations

import re
from pathlib import Path

from kzsearch_web.settings import SETTINGS

MANUAL = Path(__file__).with_name("web.md")
TABLE = re.compile(r"(?<=\| name \| default \| meaning \|\n\|---\|---\|---\|\n)(?:\|.*\n)*")


def updated(manual: str) -> str:
    """The manual with the settings as they are now."""
    rows = (f"| `{each.name}` | `{each.default}` | {each.help} |\n" for each in SETTINGS)
    return TABLE.sub(lambda _: "".join(rows), manual)


if __name__ == "__main__":
    MANUAL.write_text(updated(MANUAL.read_text(encoding="utf-8")), encoding="utf-8")
