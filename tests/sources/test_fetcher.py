"""The fetcher is a good guest: robots.txt, pauses, redirects, conditional requests."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from email.utils import formatdate
from typing import Any

import pytest

from kzsearch.sources.clock import Stopped
from kzsearch.sources.failures import FetchError
from kzsearch.sources.fetcher import Fetcher, Validators, back_off
from kzsearch.sources.http import Exchange
from kzsearch.sources.state import State

DAY = 24 * 3600.0


@pytest.fixture
def get(fetcher: Fetcher, site: Any, source: Any) -> Callable[..., Any]:
    """Fetches a path of the site."""
    return lambda path, *known, host="gazet.test": fetcher.get(site.url(path, host), source, *known)


def test_what_robots_forbid_is_not_fetched(site: Any, get: Any) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /private/\nAllow: /private/open\n")
    site.put("/private/a", "secret")
    site.put("/private/open", "open")
    with pytest.raises(FetchError, match=r"robots\.txt forbids it") as error:
        get("/private/a")
    assert error.value.lasting
    assert get("/private/open").body == b"open"
    assert site.paths() == ["/private/open"]


def test_rules_for_this_robot_go_before_those_for_all(site: Any, get: Any, source: Any) -> None:
    site.put("/robots.txt", "User-agent: kzsearch\nDisallow: /a\n\nUser-agent: *\nDisallow: /b\n")
    site.put("/b", "for us")
    assert get("/b").body == b"for us"
    with pytest.raises(FetchError):
        get("/a")
    assert site.asked[0].headers["user-agent"] == source.user_agent


def test_robots_are_kept_for_a_day_also_by_the_next_process(
    site: Any, get: Any, state: State, clock: Any, exchange: Exchange, source: Any
) -> None:
    site.put("/a", "a")
    get("/a")
    clock.time += DAY - 10
    later = Fetcher(state, clock=clock, exchange=exchange, allow_private=True)
    later.get(site.url("/a"), source)
    assert site.paths(robots=True) == ["/robots.txt", "/a", "/a"]
    clock.time += 20
    get("/a")
    assert site.paths(robots=True)[3:] == ["/robots.txt", "/a"]


@pytest.mark.parametrize("status", [500, 503, 429])
def test_nothing_is_asked_while_robots_cannot_be_had(
    site: Any, get: Any, clock: Any, status: int
) -> None:
    site.put("/robots.txt", status=status)
    site.put("/a", "a")
    for _ in range(2):
        with pytest.raises(FetchError, match=r"robots\.txt cannot be had") as error:
            get("/a")
        assert error.value.retry_at == clock.now() + back_off(1)
    assert site.paths(robots=True) == ["/robots.txt"]
    clock.time += back_off(1) + 1
    with pytest.raises(FetchError):
        get("/a")
    site.put("/robots.txt", "")
    clock.time += back_off(2) + 1
    assert get("/a").body == b"a"


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_host_without_robots_allows_everything(site: Any, get: Any, status: int) -> None:
    site.put("/robots.txt", status=status)
    site.put("/a", "a")
    assert get("/a").body == b"a"


def test_robots_may_be_redirected_and_long_ones_are_cut(site: Any, get: Any) -> None:
    site.put("/robots.txt", status=301, headers={"Location": "/r"})
    site.put("/r", "User-agent: *\nDisallow: /a\n" + "# long\n" * 900_000)
    with pytest.raises(FetchError, match="forbids"):
        get("/a")
    assert site.paths() == ["/r"]


def test_hosts_are_given_the_pause_they_want(
    site: Any, get: Any, clock: Any, fetcher: Fetcher, source: Any
) -> None:
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 7\n")
    site.put("/a", "a")
    for _ in range(3):
        get("/a")
    assert clock.waits[-2:] == [7, 7]
    fetcher.get(site.url("/a", "other.test"), replace(source, delay=3.0))
    site.put("/robots.txt", "User-agent: *\nRequest-rate: 1/30\n")
    fetcher.get(site.url("/a", "third.test"), replace(source, delay=3.0))
    assert clock.waits[-1] == 30


def test_a_pause_of_hours_is_not_slept_but_put_off(site: Any, get: Any, clock: Any) -> None:
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 3600\n")
    site.put("/a", "a")
    with pytest.raises(FetchError, match="left alone") as error:
        get("/a")
    assert error.value.retry_at == clock.now() + 3600
    clock.time += 3600
    assert get("/a").body == b"a"


def test_a_host_sees_one_request_at_a_time(site: Any, fetcher: Fetcher, source: Any) -> None:
    site.put("/a", raw=True, chunks=[b"HTTP/1.1 200 OK\r\n\r\n", b"a"], pause=0.02)
    hosts = ["one.test", "two.test"] * 6
    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(lambda host: fetcher.get(site.url("/a", host), source), hosts))
    assert {answer.status for answer in answers} == {200}
    assert site.most_at_once == {"one.test": 1, "two.test": 1}
    assert site.paths(robots=True).count("/robots.txt") == 2


def test_conditional_requests(site: Any, get: Any) -> None:
    site.put("/a", "text", etag='"1"', headers={"Last-Modified": "Mon, 29 Sep 2025 09:00:00 GMT"})
    first = get("/a")
    marks = Validators.of(first)
    again = get("/a", marks)
    assert (again.status, again.body) == (304, b"")
    assert site.asked[-1].headers["if-modified-since"] == "Mon, 29 Sep 2025 09:00:00 GMT"
    site.put("/a", "new text", etag='"2"')
    assert get("/a", marks).body == b"new text"


def test_marks_are_shown_only_to_the_address_that_made_them(site: Any, get: Any) -> None:
    site.put("/old", status=301, headers={"Location": "/new"})
    site.put("/new", "text", etag='"1"')
    marks = Validators.of(get("/old"))
    assert marks.url == site.url("/new")
    assert get("/old", marks).status == 304
    asked = [(one.path, "if-none-match" in one.headers) for one in site.asked[-2:]]
    assert asked == [("/old", False), ("/new", True)]


def test_five_redirects_are_followed_and_no_more(site: Any, get: Any) -> None:
    for number in range(5):
        site.put(f"/{number}", status=302, headers={"Location": f"{number + 1}"})
    site.put("/5", "here")
    answer = get("/0")
    assert (answer.body, answer.url) == (b"here", site.url("/5"))
    site.put("/5", status=307, headers={"Location": "/6"})
    with pytest.raises(FetchError, match="more than 5 times"):
        get("/0")
    site.put("/loop", status=308, headers={"Location": "/loop"})
    before = len(site.asked)
    with pytest.raises(FetchError, match="more than 5 times"):
        get("/loop")
    assert len(site.asked) == before + 6


def test_robots_of_every_host_on_the_way_are_obeyed(site: Any, get: Any) -> None:
    site.put("/a", status=302, headers={"Location": site.url("/b", "other.test")})
    site.put("other.test/robots.txt", "User-agent: *\nDisallow: /b\n")
    site.put("/b", "forbidden")
    with pytest.raises(FetchError, match="forbids"):
        get("/a")
    assert "/b" not in site.paths()


@pytest.mark.parametrize("location", ["ftp://gazet.test/", "javascript:alert(1)", "http://[bad"])
def test_a_redirect_out_of_the_web_is_not_followed(site: Any, get: Any, location: str) -> None:
    site.put("/a", status=302, headers={"Location": location})
    with pytest.raises(FetchError, match="redirected to no address"):
        get("/a")


def test_a_redirect_into_a_private_network_is_not_followed(
    site: Any, state: State, clock: Any, source: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first host is public (in this test only), the one it sends us to is not."""
    monkeypatch.setattr("kzsearch.sources.http.is_public", lambda address: address == "127.0.0.1")
    exchange = Exchange(
        resolve=lambda host, _port: ["127.0.0.1"] if host == "gazet.test" else ["10.0.0.1"]
    )
    site.put("/a", status=302, headers={"Location": "http://intranet.test/"})
    with pytest.raises(FetchError, match=r"intranet\.test is in a private network"):
        Fetcher(state, clock=clock, exchange=exchange).get(site.url("/a"), source)


def test_redirects_in_cyrillic_are_followed(site: Any, get: Any) -> None:
    site.put("/a", status=302, headers={"Location": "/жаңа".encode().decode("latin-1")})
    site.put("/%D0%B6%D0%B0%D2%A3%D0%B0", "here")
    assert get("/a").body == b"here"


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_obeyed_for_the_whole_host(
    site: Any, get: Any, clock: Any, status: int, state: State, exchange: Exchange, source: Any
) -> None:
    site.put("/b", "b")
    get("/b")
    site.put("/a", status=status, headers={"Retry-After": "600"})
    with pytest.raises(FetchError, match="asked to be left alone until 17:10") as error:
        get("/a")
    assert error.value.retry_at == clock.now() + 600
    count = len(site.asked)
    for fetch in (get, lambda path: Fetcher(
        state, clock=clock, exchange=exchange, allow_private=True
    ).get(site.url(path), source)):  # fmt: skip
        with pytest.raises(FetchError, match="left alone"):
            fetch("/b")
    assert len(site.asked) == count
    clock.time += 601
    assert get("/b").body == b"b"


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("120", 120), ("9" * 12, DAY), ("soon", 0), ("-5", 0), ("", 0), ("²", 0)],
)
def test_retry_after_as_it_is_written(
    site: Any, get: Any, clock: Any, header: str, seconds: float
) -> None:
    site.put("/a", status=503, headers={"Retry-After": header.encode().decode("latin-1")})
    with pytest.raises(FetchError) as error:
        get("/a")
    assert (error.value.retry_at or clock.now()) - clock.now() == seconds


def test_too_many_requests_is_a_pause_without_retry_after_too(
    site: Any, get: Any, clock: Any
) -> None:
    site.put("/a", status=429)
    with pytest.raises(FetchError, match="asked to be left alone") as error:
        get("/a")
    assert error.value.retry_at == clock.now() + back_off(1)


def test_retry_after_may_be_a_date(site: Any, get: Any, clock: Any) -> None:
    when = formatdate(clock.now() + 300, usegmt=True)
    site.put("/a", status=503, headers={"Retry-After": when})
    with pytest.raises(FetchError) as error:
        get("/a")
    assert error.value.retry_at == clock.now() + 300


@pytest.mark.parametrize("status", [500, 502, 418])
def test_statuses(site: Any, get: Any, status: int) -> None:
    site.put("/a", status=status)
    if status < 500:
        assert get("/a").status == status
    else:
        with pytest.raises(FetchError, match=f"status {status}"):
            get("/a")


def test_waiting_ends_when_the_process_is_to_end(fetcher: Fetcher, site: Any, source: Any) -> None:
    site.put("/a", "a")
    fetcher.stop.set()
    with pytest.raises(Stopped):
        fetcher.get(site.url("/a"), source)
    assert site.asked == []


def test_back_off_doubles_up_to_a_day() -> None:
    assert [back_off(fails) / 60 for fails in (1, 2, 3, 10)] == [2, 4, 8, 1024]
    assert back_off(11) == back_off(10**9) == DAY


def test_threads_share_one_look_at_robots(site: Any, fetcher: Fetcher, source: Any) -> None:
    barrier = threading.Barrier(4)

    def allowed() -> bool:
        barrier.wait()
        return fetcher.rules(site.url("/a"), source).allow(site.url("/a"))

    with ThreadPoolExecutor(4) as pool:
        assert all(done.result() for done in [pool.submit(allowed) for _ in range(4)])
    assert site.paths(robots=True) == ["/robots.txt"]
