"""Fetching as a good guest: robots.txt, pauses, conditional requests, redirects, Retry-After."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

from kzsearch.errors import SourceError
from kzsearch.sources.addresses import host_of, origin_of, resolve_address
from kzsearch.sources.clock import Clock, SystemClock, local_time
from kzsearch.sources.config import Source
from kzsearch.sources.failures import FetchError
from kzsearch.sources.hosts import HostTurns
from kzsearch.sources.http import Answer, Exchange
from kzsearch.sources.robots import ROBOTS_SECONDS, Rules, rules_of
from kzsearch.sources.state import State

__all__ = ["BACK_OFF_LIMIT", "MAX_REDIRECTS", "Fetcher", "Validators", "back_off"]

MAX_REDIRECTS = 5
BACK_OFF_LIMIT = 24 * 3600.0
"""No pause is longer, in seconds, whoever asks for it."""

_REDIRECTS = {301, 302, 303, 307, 308}
_BUSY = {429, 503}
_MAX_MARK = 1_000
_ACCEPT = "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8"


def back_off(fails: int) -> float:
    """Seconds to wait after so many failures in a row: 2ⁿ minutes, up to a day."""
    return min(60.0 * (1 << min(fails, 20)), BACK_OFF_LIMIT)


@dataclass(frozen=True, slots=True)
class Validators:
    """What makes a request conditional: who answered last time, and the marks of the answer."""

    url: str = ""
    etag: str = ""
    modified: str = ""

    @classmethod
    def of(cls, answer: Answer) -> Validators:
        """Those of an answer; folded headers are unfolded, so that they can be sent back."""
        etag, modified = (
            " ".join(answer.headers.get(name, "").split())[:_MAX_MARK]
            for name in ("etag", "last-modified")
        )
        return cls(answer.url, etag, modified)

    def headers(self, url: str) -> dict[str, str]:
        """The headers of a request: marks are shown only to the address that made them."""
        if url != self.url:
            return {}
        given = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in given.items() if value}


class Fetcher:
    """Fetches for all sources; safe to use from many threads.

    allow_private: hosts of private networks may be asked for every source.
    stop: when set, waiting ends with Stopped.
    """

    def __init__(
        self,
        state: State,
        *,
        clock: Clock | None = None,
        exchange: Exchange | None = None,
        stop: threading.Event | None = None,
        allow_private: bool = False,
    ) -> None:
        self.clock = clock or SystemClock()
        self.stop = stop or threading.Event()
        self._state = state
        self._exchange = exchange or Exchange()
        self._turns = HostTurns(self.clock, self.stop)
        self._without_robots: dict[str, tuple[int, float, str]] = {}
        self._robots_locks: dict[str, threading.Lock] = {}
        self._guard = threading.Lock()
        self._allow_private = allow_private

    def get(self, url: str, source: Source, known: Validators = Validators()) -> Answer:
        """The answer to ``url`` or to where it redirects, as ``Answer.url`` says.

        known: what the last answer was marked with; status 304 says that nothing changed.
        Only 200, 304 and refusals (4xx but 429) are returned.
        Raises FetchError, and Stopped.
        """
        here = url
        for _ in range(MAX_REDIRECTS + 1):
            answer = self._polite(here, source, known)
            if answer.status not in _REDIRECTS or "location" not in answer.headers:
                return self._checked(answer)
            here = _redirected(here, answer)
        raise FetchError(f"it is redirected more than {MAX_REDIRECTS} times")

    def rules(self, url: str, source: Source) -> Rules:
        """What robots.txt of the host of ``url`` says. Raises FetchError, and Stopped."""
        origin = origin_of(url)
        with self._guard:
            lock = self._robots_locks.setdefault(origin, threading.Lock())
        with lock:
            return self._rules(origin, source)

    def _rules(self, origin: str, source: Source) -> Rules:
        now = self.clock.now()
        known = self._state.robots(origin)
        if known is None or known[1] <= now:
            fails, until, reason = self._without_robots.get(origin, (0, 0.0, ""))
            if until <= now:
                try:
                    text = self._fetched_robots(origin, source)
                except FetchError as error:
                    if error.lasting:
                        raise
                    until, reason = error.retry_at or now + back_off(fails + 1), str(error)
                    self._without_robots[origin] = fails + 1, until, reason
                else:
                    self._without_robots.pop(origin, None)
                    known = text, now + ROBOTS_SECONDS
                    self._state.save_robots(origin, *known)
            if until > now:
                raise FetchError(f"robots.txt cannot be had: {reason}", retry_at=until)
        assert known
        return rules_of(known[0], source.user_agent)

    def _fetched_robots(self, origin: str, source: Source) -> str:
        """The text of a robots.txt, '' where there is none. Raises FetchError."""
        here = f"{origin}/robots.txt"
        for _ in range(MAX_REDIRECTS + 1):
            answer = self._asked(here, source, {}, source.delay, cut=True)
            if answer.status not in _REDIRECTS or "location" not in answer.headers:
                break
            here = _redirected(here, answer)
        if answer.status == 200:
            return answer.body.decode("utf-8-sig", "replace")
        if answer.status >= 500 or answer.status == 429:
            self._checked(answer)
        return ""

    def _polite(self, url: str, source: Source, known: Validators) -> Answer:
        """One request, if robots.txt allows it."""
        rules = self.rules(url, source)
        if not rules.allow(url):
            raise FetchError("robots.txt forbids it", forbidden=True)
        return self._asked(url, source, known.headers(url), max(source.delay, rules.delay))

    def _asked(
        self,
        url: str,
        source: Source,
        headers: Mapping[str, str],
        delay: float,
        *,
        cut: bool = False,
    ) -> Answer:
        """One request in its turn, unless the host wants to be left alone."""
        with self._turns.turn(host_of(url), delay):
            now = self.clock.now()
            pause = self._state.pause(host_of(url))
            if pause > now:
                raise _paused(url, pause, now)
            answer = self._exchange.get(
                url,
                {"User-Agent": source.user_agent, "Accept": _ACCEPT, **headers},
                allow_private=self._allow_private or source.allow_private,
                cut=cut,
            )
            wanted = _retry_after(answer, now) if answer.status in _BUSY else 0.0
            if answer.status == 429 and not wanted:  # too many requests, whoever does not say more
                wanted = back_off(1)
            if wanted:
                self._state.save_pause(host_of(url), now + wanted)
        return answer

    def _checked(self, answer: Answer) -> Answer:
        """An answer that says something about the address; trouble of the host raises."""
        status = answer.status
        if status in {200, 304} or (400 <= status < 500 and status != 429):
            return answer
        now = self.clock.now()
        pause = self._state.pause(host_of(answer.url))
        if status in _BUSY and pause > now:
            raise _paused(answer.url, pause, now)
        raise FetchError(f"it answered with status {status}")


def _paused(url: str, until: float, now: float) -> FetchError:
    return FetchError(
        f"{host_of(url)} asked to be left alone until {local_time(until, now)}", retry_at=until
    )


def _redirected(here: str, answer: Answer) -> str:
    """Where an answer redirects to; headers are read as Latin-1, but addresses are UTF-8."""
    location = answer.headers["location"]
    with suppress(UnicodeError):
        location = location.encode("latin-1").decode()
    try:
        return resolve_address(here, location)
    except SourceError as error:
        raise FetchError(f"it is redirected to no address ({error})", lasting=True) from None


def _retry_after(answer: Answer, now: float) -> float:
    """The seconds an answer asks to wait, at most a day; 0 when it does not say."""
    text = answer.headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:9]), BACK_OFF_LIMIT)
    try:
        return min(max(parsedate_to_datetime(text).timestamp() - now, 0.0), BACK_OFF_LIMIT)
    except (TypeError, ValueError, OverflowError):
        return 0.0
