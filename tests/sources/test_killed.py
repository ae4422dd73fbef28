"""A process killed at any moment only repeats work: nothing is lost, nothing is there twice."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kzsearch import open_index
from kzsearch.sources.places import places_of
from kzsearch.sources.state import State

pytestmark = pytest.mark.slow

KILLED = """
import os, signal, sys
from kzsearch.index import Index
from kzsearch.sources import places_of, update_sources
from kzsearch.sources.state import State

moment, index = sys.argv[1:]


def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)


if moment == "feed":
    State.save_feed = die
elif moment == "before index":
    Index.add = die
elif moment == "between":
    State.save_pages = die
elif moment == "after":
    State.follow_index, follow = (
        lambda self, generation: follow(self, generation) if generation == 1 else die(),
        State.follow_index,
    )
reports = update_sources(
    places_of(index), index, tell=print, say=print, allow_private=True, names=("Газет",)
)
"""


def run(moment: str, index: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", KILLED, moment, str(index)], capture_output=True, text=True
    )


@pytest.mark.parametrize("moment", ["feed", "before index", "between", "after"])
def test_killed(newspaper: Any, site: Any, tmp_path: Path, moment: str) -> None:
    index = tmp_path / "index"
    places = places_of(index)
    index.mkdir()
    feed = site.url("/rss", "localhost")
    places.sources.write_text(
        f'[defaults]\ndelay = "0s"\n[[source]]\nname = "Газет"\nfeed = "{feed}"\n'
    )
    site.url = lambda path, host="localhost", url=site.url: url(path, host)
    for name in "abc":
        newspaper.publish(name)

    killed = run(moment, index)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    asked = len(site.paths())
    again = run("never", index)
    assert again.returncode == 0, again.stderr

    with open_index(index) as opened:
        page = opened.search("мектеп", fold=False)
        assert sorted(hit.article.title for hit in page.hits) == [
            f"Жаңа мектеп {name}" for name in "abc"
        ]
    with State(places.state, read_only=True) as state:
        (key,) = [row[0] for row in state._all("SELECT key FROM feed")]
        assert state.page_counts(str(key)) == (3, 0, 0)
    if moment == "after":  # everything was written down: only the feed is asked again
        assert site.paths()[asked:] == ["/rss"]
    assert run("never", index).stdout == "Газет: nothing new.\n"
