"""Whatever happens to a newspaper and to us within a day, the index ends up like the newspaper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kzsearch.sources.fetcher import Fetcher
from kzsearch.sources.following import Follower
from kzsearch.sources.state import State

NAMES = "abc"
STEPS = st.one_of(
    st.tuples(st.just("publish"), st.sampled_from(NAMES)),
    st.tuples(st.just("correct"), st.sampled_from(NAMES)),
    st.tuples(st.just("take down"), st.sampled_from(NAMES)),
    st.tuples(st.just("lose"), st.sampled_from(NAMES)),
    st.tuples(st.just("fail"), st.sampled_from(["/rss", *(f"/{name}" for name in NAMES)])),
    st.tuples(st.just("look"), st.sampled_from([1, 20, 90])),
    st.tuples(st.just("killed before"), st.sampled_from([1, 20, 90])),
    st.tuples(st.just("killed between"), st.sampled_from([1, 20, 90])),
)


class Killed(BaseException):
    """Stands in for SIGKILL before the index is written, or between index and state."""


def killed(*_: object) -> None:
    raise Killed


@pytest.mark.slow
@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(history=st.lists(STEPS, max_size=12))
def test_histories(
    history: list[tuple[str, Any]], site: Any, clock: Any, exchange: Any, listed: Any,
    newspaper: Any, shelf: Any,
) -> None:  # fmt: skip
    clock.time = 1_759_147_200.0  # half an hour after the articles came out
    site.pages.clear()
    site.asked.clear()
    newspaper._listed.clear()
    newspaper.print()
    shelf.articles.clear()
    site.put("/robots.txt", "User-agent: *\nDisallow: /secret\n")
    sources = listed({"name": "Газет", "feed": site.url("/rss"), "full_text": "page"})
    live: dict[str, int] = {}
    gone: set[str] = set()
    mended: dict[str, Any] = {}

    with State(Path(":memory:")) as state:

        def look(minutes: float) -> None:
            clock.time += minutes * 60
            fetcher = Fetcher(state, clock=clock, exchange=exchange, allow_private=True)
            follower = Follower(shelf, state, fetcher, sources.sources)
            try:
                follower.update(sources.sources)
            finally:
                follower.close()

        def mend() -> None:
            site.pages.update(mended)
            mended.clear()

        for step, what in history:
            match step:
                case "publish" if what not in live and what not in gone:
                    mend()
                    live[what] = 0
                    newspaper.publish(what, title=f"Мақала {what}", words="нұсқа 0")
                case "correct" if what in live:
                    mend()
                    live[what] += 1
                    newspaper.page(what, title=f"Мақала {what}", words=f"нұсқа {live[what]}")
                case "take down" | "lose" if what in live:
                    mend()
                    del live[what]
                    gone.add(what)
                    site.put(f"/{what}", status=410 if step == "take down" else 404)
                case "fail" if what in site.pages:
                    mended.setdefault(what, site.pages[what])
                    site.put(what, status=500)
                case "look":
                    look(what)
                case "killed before":
                    _with(shelf, "add", killed, look, what)
                case "killed between":
                    _with(state, "save_pages", killed, look, what)
                case _:
                    pass
        mend()
        for _ in range(14):
            look(5 * 60)

        found = {article.title: article.body for article in shelf.articles.values()}
        assert sorted(found) == sorted(f"Мақала {name}" for name in live)
        for name, version in live.items():
            assert f"нұсқа {version}" in found[f"Мақала {name}"]
        count = len(site.paths())
        look(5 * 60)
        assert site.paths()[count:] == ["/rss"]


def _with(
    target: Any,
    name: str,
    stand_in: Callable[..., None],
    act: Callable[[float], None],
    minutes: float,
) -> None:
    """Do something while a method is another one."""
    setattr(target, name, stand_in)
    try:
        act(minutes)
    except Killed:
        pass
    finally:
        delattr(target, name)
