"""Days as people type them: the parser of dates that the whole house shares."""

from __future__ import annotations

from kzsearch.dates import Days, parse_days, parse_period

__all__ = ["Days", "parse_days", "parse_period"]
