"""Which generation is shown: the newest, opened by whoever asks or prepared in the background.

A search that meets a new generation opens it and computes what all searches need of it. That
takes a tenth of a second for a hundred thousand articles, and under load every other search
would wait for it. A server follows its index instead: a thread looks for new generations and
prepares them while searches go on in the one before.
"""

from __future__ import annotations

import itertools
import threading
import time
import weakref

from kzsearch.engine.local.holding import HeldViews
from kzsearch.engine.local.search import Searcher, Snapshot
from kzsearch.engine.local.segment_api import SegmentCodec
from kzsearch.engine.local.segments import OpenSegments
from kzsearch.engine.local.store.generations import Generations, Lease, PointerStamp
from kzsearch.engine.local.suggest import Completer
from kzsearch.engine.local.vocabulary import LocalVocabulary
from kzsearch.errors import CursorExpiredError, IndexDamagedError, KzsearchError
from kzsearch.morphology import Analyzer

__all__ = ["View", "Views"]

LOOK_SECONDS = 1.0
"""How often to look whether somebody has changed the files of open segments."""

FOLLOW_SECONDS = 0.1
"""How often a follower looks for a new generation."""


class View:
    """A generation being read. Its lease ends when nobody reads it any more.

    number: counts the generations that an engine has opened.
    """

    def __init__(self, lease: Lease, snapshot: Snapshot, number: int) -> None:
        self.pointer = lease.pointer
        self.number = number
        self.searcher = Searcher(snapshot)
        self.completer = Completer(
            [
                (segment.titles, entry.deleted)
                for segment, entry in zip(
                    snapshot.segments, snapshot.manifest.segments, strict=True
                )
            ]
        )
        self.vocabulary = LocalVocabulary(snapshot, self.completer, number)
        weakref.finalize(self, lease.release)


class Views:
    """Shows the newest generation of an index. Safe from many threads.

    segments: those that are open.
    Every method but ``follow`` and ``close`` raises IndexMissingError, IndexDamagedError,
    IndexMismatchError.
    """

    def __init__(self, generations: Generations, codec: SegmentCodec, analyzer: Analyzer) -> None:
        self.segments = OpenSegments(generations, codec)
        self._generations = generations
        self._codec = codec
        self._analyzer = analyzer
        self._lock = threading.Lock()
        self._refreshing = threading.Lock()
        self._view: View | None = None
        self._held = HeldViews()
        self._stamp = PointerStamp(None, False)
        self._numbers = itertools.count(1)
        self._next_look = 0.0
        self._ended: threading.Event | None = None
        self._closed = False

    def newest(self) -> View:
        """The newest generation; when it is followed, the newest one that is prepared."""
        with self._lock:
            if self._closed:
                raise KzsearchError("This index has been closed; open it again to use it.")
            if self._view is None or self._ended is None:
                if self._files_changed():
                    self._view = None
                    self._held.clear()
                if self._view is None or not self._is_newest(self._view):
                    self._view = self._opened(self._view)
            self._held.drop_old()
            return self._view

    def asked(self, generation: str, *, hold: bool) -> View:
        """The generation of that name, '' for the newest; ``hold`` keeps it for a while.

        Raises CursorExpiredError when it is neither the newest nor held.
        """
        view = self.newest()
        with self._lock:
            if generation and view.searcher.snapshot.name != generation:
                held = self._held.get(generation)
                if held is None:
                    raise CursorExpiredError(
                        "The state of the index that this cursor pages through is no longer "
                        "kept: begin again at the first page."
                    )
                view = held
            if hold:
                self._held.hold(view)
        return view

    def current(self) -> View:
        """The newest generation, for who must not miss a commit that was made just now."""
        if self._ended is not None:
            self._refresh()
        return self.newest()

    def follow(self) -> None:
        """From now on let a thread look for new generations."""
        with self._lock:
            if self._ended is None and not self._closed:
                self._ended = threading.Event()
                arguments = (weakref.ref(self), self._ended)
                threading.Thread(target=_keep_following, args=arguments, daemon=True).start()

    def look(self) -> None:
        """Prepare the generation that has become the newest, if one has, and then show it.

        Where that fails nothing is shown any more: the next search opens the index itself, and
        tells what is wrong.
        """
        try:
            self._refresh()
        except Exception:
            with self._lock:
                self._view = None

    def _refresh(self) -> None:
        with self._refreshing:
            changed = self._files_changed()
            view = self._view
            if changed:
                made = None  # what is mapped must not be read any more: nothing else is shown
            elif view is None or self._is_newest(view):
                return
            else:
                made = self._opened(view)
                made.searcher.prepare()
            with self._lock:
                self._view = None if self._closed else made
                if changed:
                    self._held.clear()

    def _is_newest(self, view: View) -> bool:
        if self._generations.is_still(self._stamp):
            return True
        stamp = self._generations.pointer_stamp()
        if self._generations.pointer_state() != view.pointer:
            return False
        self._stamp = stamp
        return True

    def _opened(self, before: View | None) -> View:
        """The newest generation; what has not changed is taken over from the one before."""
        while True:
            lease = self._generations.lease()
            try:
                lease.manifest.check_made_by(
                    self._codec.name, self._analyzer.fingerprint, self._generations.directory
                )
                segments = self.segments.of(lease.manifest)
            except BaseException as error:
                lease.release()
                replaced = self._generations.pointer_state() != lease.pointer
                if isinstance(error, IndexDamagedError) and replaced:
                    continue  # another index took its place while it was opened
                raise
            snapshot = before.searcher.snapshot if before else None
            return View(lease, Snapshot(lease.manifest, segments, snapshot), next(self._numbers))

    def _files_changed(self) -> bool:
        """Whether files were changed under the open segments; looked at now and then."""
        now = time.monotonic()
        if now < self._next_look:
            return False
        self._next_look = now + LOOK_SECONDS
        return self.segments.forget_changed()

    def close(self) -> None:
        """Let go of files and locks. Closing twice does nothing."""
        with self._lock:
            self._closed = True
            self._view = None
            self._held.clear()
            if self._ended is not None:
                self._ended.set()


def _keep_following(views: weakref.ref[Views], ended: threading.Event) -> None:
    """Until they are closed or forgotten."""
    while not ended.wait(FOLLOW_SECONDS):
        if (there := views()) is None:
            return
        there.look()
        del there
