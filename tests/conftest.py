"""Fixtures every room shares, how thoroughly properties are tried, and no waiting for disks."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent
NOTHING_MAY_SKIP = os.environ.get("KZSEARCH_REQUIRE_ALL") == "1"
"""Set in CI, which has ../shared and a browser: there, what is missing fails."""


# `--hypothesis-profile=thorough` tries twenty times as many examples. A test that wants more or
# fewer than others says so relative to `settings.default.max_examples`, so both profiles hold.
# A slow machine must not fail a property, and CI must judge the same examples every time.
for profile, examples in {"fast": 50, "thorough": 1000}.items():
    settings.register_profile(
        profile,
        max_examples=examples,
        deadline=None,
        derandomize=NOTHING_MAY_SKIP and profile == "fast",
        print_blob=True,
        suppress_health_check=[HealthCheck.too_slow],
    )
settings.load_profile("fast")


@pytest.fixture(scope="session", autouse=True)
def no_waiting_for_disks() -> Iterator[None]:
    """Let fsync return at once: a power cut is nothing a test can survive, or needs to.

    Everything durable goes through ``os.fsync``, so this is the one switch. Tests of the steps of
    a commit put a watched one in its place, and writers that are killed run in processes of
    their own, which switch it off themselves or not.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda descriptor: None)
        yield


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
def program() -> Callable[[str, str], str]:
    """Finds a program of the system by its name and Debian's package of it."""

    def find(name: str, package: str) -> str:
        found = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
        if found is None:
            skip(f"needs {name} (apt-get install {package}), which is not on this machine")
        return str(found)

    return find


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of a Chromium that Playwright can drive."""
    path = os.environ.get("KZSEARCH_CHROMIUM", "/usr/bin/chromium")
    if not Path(path).exists():
        skip("needs Chromium (apt-get install chromium), which is not on this machine")
    return path
