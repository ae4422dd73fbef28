"""Following sources: who is due, who works on what, and when the index is committed.

Sources are followed side by side, each by one worker at a time; hosts see one request at a time
all the same (see ``hosts``). Workers only fetch. What they bring goes through a queue to the one
thread that writes: first to the index, then to the state.
"""

from __future__ import annotations

import queue
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

from kzsearch.errors import IndexLockedError, IndexWriteError, KzsearchError
from kzsearch.index import Index
from kzsearch.sources.clock import Clock, Stopped, local_time, spell_age
from kzsearch.sources.config import Source
from kzsearch.sources.failures import FetchError
from kzsearch.sources.fetcher import Fetcher, back_off
from kzsearch.sources.fetching import Outcome, fetch_page
from kzsearch.sources.listing import pages_to_do
from kzsearch.sources.looking import look_at
from kzsearch.sources.state import FeedState, State

__all__ = ["MAX_PAGES", "Follower", "Report"]

MAX_PAGES = 200
"""Pages of a source fetched at one look; the rest is fetched at the next ones."""

_WORKERS = 16
_COMMIT_PAGES = 100
_COMMIT_SECONDS = 10.0
_LOCK_PATIENCE = 60.0
_NOTE_SECONDS = 600.0
_SHOWN_PROBLEMS = 5


@dataclass(slots=True)
class Report:
    """What one look at a source brought, for people.

    waiting: pages there was no time for. error: why the source itself could not be had, ''.
    problems: of single pages.
    """

    source: Source
    added: int = 0
    updated: int = 0
    removed: int = 0
    waiting: int = 0
    error: str = ""
    problems: list[str] = field(default_factory=list)

    @property
    def eventful(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.added or self.updated or self.removed or self.error or self.problems)

    def __str__(self) -> str:
        counts = [(self.added, "new"), (self.updated, "updated"), (self.removed, "removed")]
        told = ", ".join(f"{number:,} {what}" for number, what in counts if number)
        sentence = f"{self.source.name}: {told or ('' if self.error else 'nothing new')}"
        if self.waiting:
            sentence += f", {self.waiting:,} more at the next look"
        if self.error:
            sentence += ("; " if told else "") + f"failed: {self.error}"
        return sentence + "."

    def note(self, problem: str) -> None:
        """Keep a problem of a page, if it is one of the first."""
        if len(self.problems) < _SHOWN_PROBLEMS:
            self.problems.append(problem)
        elif len(self.problems) == _SHOWN_PROBLEMS:
            self.problems.append("… and more")


_Event = tuple[str, Outcome | None, Exception | None]
"""Key of a source; what became of a page, or None when the look is over; what broke it off."""


class Follower:
    """Looks at sources and brings what is new into an index.

    tell: called with the report of each look when it is over.
    say: called with other sentences for people while it works.
    """

    def __init__(
        self,
        index: Index,
        state: State,
        fetcher: Fetcher,
        sources: Sequence[Source],
        *,
        tell: Callable[[Report], None] = lambda _report: None,
        say: Callable[[str], None] = lambda _sentence: None,
        workers: int = _WORKERS,
    ) -> None:
        self._index = index
        self._state = state
        self._fetcher = fetcher
        self._clock: Clock = fetcher.clock
        self._tell = tell
        self._say = say
        self._events: queue.Queue[_Event] = queue.Queue(maxsize=2 * _COMMIT_PAGES)
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="source")
        self._running: dict[str, Report] = {}
        self._pending: list[tuple[Report, Outcome]] = []
        self._pending_since = 0.0
        self._patience = _LOCK_PATIENCE
        self.sources = sources
        self._note_index()

    @property
    def sources(self) -> tuple[Source, ...]:
        """The sources that are followed; may be set at any time."""
        return self._sources

    @sources.setter
    def sources(self, sources: Sequence[Source]) -> None:
        self._sources = tuple(sources)
        # One address under two names is asked once; its articles belong to the first name.
        self._leaders: dict[str, Source] = {}
        for source in sources:
            self._leaders.setdefault(source.key, source)

    def update(self, chosen: Iterable[Source], *, patient: bool = True) -> list[Report]:
        """Look at sources once, now.

        patient: sources that failed lately are only tried again when their time has come.
        Raises KzsearchError of the index or the state, and Stopped.
        """
        reports: dict[str, Report] = {}
        waiting = []
        now = self._clock.now()
        for key in dict.fromkeys(source.key for source in chosen):
            known = self._state.feed(key)
            source = self._leaders[key]
            if patient and known.fails and known.next > now:
                again = local_time(known.next, now)
                error = f"{known.error}; tried again from {again} on, or at once with --source"
                reports[key] = Report(source, error=error)
                self._tell(reports[key])
            else:
                reports[key] = Report(source)
                waiting.append(key)
        for key in waiting:
            self._start(reports[key], look=True)
        while self._running:
            self._receive(self._events.get())
        self._commit()
        self._note_index()
        if self._fetcher.stop.is_set():
            raise Stopped
        return list(reports.values())

    def watch(self, refresh: Callable[[Follower], None] = lambda _follower: None) -> None:
        """Keep looking at the sources whenever they are due, until stopped.

        refresh: called before each look around; may set ``sources``.
        Raises KzsearchError of the state or a broken index, and Stopped at the end.
        """
        self._patience = float("inf")
        pause = 1.0
        while True:
            if not self._fetcher.stop.is_set():
                refresh(self)
                pause = self._start_due()
            elif not self._running:
                self._commit()
                self._note_index()
                raise Stopped
            try:
                self._receive(self._events.get(timeout=max(0.1, min(pause, 1.0))))
            except queue.Empty:
                self._commit_if_due()

    def close(self) -> None:
        """Wait for the workers to end; ``Fetcher.stop`` makes that soon."""
        self._fetcher.stop.set()
        while self._running:
            key, outcome, _crash = self._events.get()
            if outcome is None:
                del self._running[key]
        self._pool.shutdown()

    # The workers' side

    def _start(self, report: Report, *, look: bool) -> None:
        key = report.source.key
        self._running[key] = report
        self._pool.submit(self._work, report.source, report, look)

    def _work(self, source: Source, report: Report, look: bool) -> None:
        """Follow one source; every end of it is told."""
        crash: Exception | None = None
        try:
            if look:
                self._look(source, report)
            now = self._clock.now()
            for page in self._state.due_pages(source.key, now, MAX_PAGES):
                if self._fetcher.stop.is_set():
                    break
                outcome = fetch_page(page, source, self._state, self._fetcher)
                self._events.put((source.key, outcome, None))
        except Stopped:
            pass
        except Exception as error:
            crash = error
        self._events.put((source.key, None, crash))

    def _look(self, source: Source, report: Report) -> None:
        """See what a source lists and write it down."""
        known = self._state.feed(source.key)
        now = self._clock.now()
        try:
            look = look_at(source, self._state, self._fetcher)
        except FetchError as error:
            # Who was not asked needs no rest, and a change of the rules is noticed soon.
            fails = 0 if error.forbidden else known.fails + 1
            again = now + (source.every if error.forbidden else back_off(fails))
            again = max(again, error.retry_at or 0.0)
            self._failed(replace(known, fails=fails, next=again), report, str(error))
            return
        except (KzsearchError, Stopped):
            raise
        except Exception as error:  # a feed nobody has seen before must not stop the others
            fails = known.fails + 1
            failed = replace(known, fails=fails, next=now + back_off(fails))
            self._failed(failed, report, f"reading it failed: {error!r:.200}")
            return
        for note in look.notes:
            report.note(note)
        pages = list(pages_to_do(look, source, self._state, now, self._leaders.keys()))
        answered = replace(
            look.feed, fails=0, error="", tried=now, success=now, next=now + source.every
        )
        others = [replace(other, success=now) for other in look.others]
        self._state.save_feed(answered, pages, others)

    def _failed(self, failed: FeedState, report: Report, error: str) -> None:
        """Write down that a source could not be had, and why."""
        now = self._clock.now()
        self._state.save_feed(replace(failed, error=error, tried=now))
        report.error = error
        if failed.success is not None:
            report.error += f"; it last answered {spell_age(now - failed.success)}"

    # The writer's side

    def _start_due(self) -> float:
        """Start what is due; returns the seconds until something else is."""
        now = self._clock.now()
        soonest = 60.0
        for key, source in self._leaders.items():
            if key in self._running:
                continue
            next_feed = self._state.feed(key).next
            next_page = self._state.next_page(key)
            if next_feed <= now or (next_page is not None and next_page <= now):
                self._start(Report(source), look=next_feed <= now)
            else:
                soonest = min(soonest, next_feed - now, (next_page or next_feed) - now)
        return soonest

    def _receive(self, event: _Event) -> None:
        key, outcome, crash = event
        report = self._running[key]
        if outcome is not None:
            if not self._pending:
                self._pending_since = time.monotonic()
            self._pending.append((report, outcome))
            self._commit_if_due()
            return
        del self._running[key]
        self._commit()
        if crash:
            raise crash
        if not self._fetcher.stop.is_set():
            report.waiting = self._state.due_count(key, self._clock.now())
        self._tell(report)

    def _commit_if_due(self) -> None:
        waited = time.monotonic() - self._pending_since
        if len(self._pending) >= _COMMIT_PAGES or waited >= _COMMIT_SECONDS:
            self._commit()

    def _commit(self) -> None:
        """Bring what was fetched into the index, then write down that it is there."""
        if not self._pending:
            return
        outcomes = [outcome for _report, outcome in self._pending]
        added = {outcome.page.key: outcome.article for outcome in outcomes if outcome.article}
        ids = {key: article.id for key, article in added.items()}
        gone = {outcome.delete for outcome in outcomes if outcome.delete} - set(ids.values())
        if gone:
            self._write(lambda: self._index.delete(sorted(gone)))
        if added:
            self._state.expect_articles(ids)
            self._write(lambda: self._index.add(added.values()))
        self._state.save_pages(outcome.page for outcome in outcomes)
        if time.monotonic() - self._noted > _NOTE_SECONDS:
            self._note_index()
        for report, outcome in self._pending:
            report.added += bool(outcome.article and not outcome.known)
            report.updated += bool(outcome.article and outcome.known)
            report.removed += bool(outcome.delete and not outcome.page.article)
            if outcome.problem:
                report.note(outcome.shown)
        self._pending.clear()

    def _note_index(self) -> None:
        """Write down how far the index is, which takes it a moment to say."""
        self._state.follow_index(self._index.stats().generation)
        self._noted = time.monotonic()

    def _write(self, write: Callable[[], object]) -> None:
        """Write to the index; while somebody else does, wait."""
        began, told = time.monotonic(), False
        while True:
            try:
                write()
                return
            except (IndexLockedError, IndexWriteError) as error:
                if time.monotonic() - began >= self._patience or (
                    isinstance(error, IndexWriteError) and self._patience == _LOCK_PATIENCE
                ):
                    raise
                if not told:
                    self._say(f"Waiting: {error}")
                    told = True
            if self._fetcher.stop.wait(1.0):
                raise Stopped
