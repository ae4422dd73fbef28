"""Fixtures every room shares."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent
NOTHING_MAY_SKIP = os.environ.get("KZSEARCH_REQUIRE_ALL") == "1"
"""Set in CI, which has ../shared and a browser: there, what is missing fails."""


# A slow machine must not fail a property, and CI must judge the same examples every time.
settings.register_profile(
    "kzsearch",
    deadline=None,
    derandomize=NOTHING_MAY_SKIP,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("kzsearch")


def skip(reason: str) -> None:
    """Skip with a sentence; in CI, where nothing may be missing, fail with it."""
    if NOTHING_MAY_SKIP:
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared evaluation data beside the checkout."""
    path = ROOT.parent / "shared"
    if not path.is_dir():
        skip("needs the evaluation data in ../shared, which is not on this machine")
    return path


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of a Chromium that Playwright can drive."""
    path = os.environ.get("KZSEARCH_CHROMIUM", "/usr/bin/chromium")
    if not Path(path).exists():
        skip("needs Chromium (apt-get install chromium), which is not on this machine")
    return path
