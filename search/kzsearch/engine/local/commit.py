"""One commit in the making: a new segment, and what it deletes in the old ones."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from kzsearch.documents.article import Article
from kzsearch.engine.local.analysing import Prepared
from kzsearch.engine.local.duplicates import CopiesWriter
from kzsearch.engine.local.merging import merge, plan_last_merge, plan_merge
from kzsearch.engine.local.segment_api import SegmentCodec, SegmentWriter
from kzsearch.engine.local.segments import OpenSegments
from kzsearch.engine.local.store.articles import ArticleLogWriter
from kzsearch.engine.local.store.generations import Generations
from kzsearch.engine.local.store.manifest import (
    Manifest,
    SegmentEntry,
    describe_files,
    new_identity,
    segment_name,
)
from kzsearch.engine.local.suggest import TitlesWriter

__all__ = ["COMMIT_ARTICLES", "COMMIT_WORDS", "Commit", "Outcome"]

COMMIT_ARTICLES = 25_000
COMMIT_WORDS = 6_000_000
"""Whichever is reached first makes a commit; together they bound the writer's memory."""


class Outcome(StrEnum):
    """What became of an article."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the present version of an article is: its number among those of ``deleted``."""

    deleted: set[int]
    number: int
    digest: str


class Commit:
    """Gathers articles and deletions; ``finish`` makes the next generation of them."""

    def __init__(
        self,
        generations: Generations,
        codec: SegmentCodec,
        opened: OpenSegments,
        manifest: Manifest,
        written_before: int,
    ) -> None:
        self._generations = generations
        self._codec = codec
        self._opened = opened
        self._manifest = manifest
        self._written_before = written_before
        self._generation = manifest.generation + 1
        self._segments = opened.of(manifest)
        self._deleted = [set(entry.deleted) for entry in manifest.segments]
        self._places: dict[str, Place] = {}  # of articles in the new segment
        self._deleted_here: set[int] = set()
        self._articles = self._words = 0
        self._identity = new_identity()
        self._name = self._segment_name(self._generation, self._generation, self._identity)
        self._titles = TitlesWriter()
        self._copies = CopiesWriter()
        self._writers: tuple[ArticleLogWriter, SegmentWriter] | None = None

    @property
    def is_full(self) -> bool:
        """Whether it is time to commit."""
        return self._articles >= COMMIT_ARTICLES or self._words >= COMMIT_WORDS

    def holds(self, article: Article) -> bool:
        """Whether an article is already there as it is."""
        old = self._find(article.id)
        return old is not None and old.digest == article.content_digest

    def add(self, prepared: Prepared) -> Outcome:
        """Take in an article, unless it is already there as it is."""
        indexed, payload = prepared
        old = self._find(indexed.id)
        if old and old.digest == indexed.digest:
            return Outcome.UNCHANGED
        log, segment = self._begin()
        number = segment.add(indexed, log.append_payload(payload))
        self._titles.add(indexed.title_words, indexed.day)
        self._copies.add(indexed.fingerprint)
        if old:
            old.deleted.add(old.number)
        self._places[indexed.id] = Place(self._deleted_here, number, indexed.digest)
        self._articles += 1
        self._words += len(indexed.title) + len(indexed.body)
        return Outcome.UPDATED if old else Outcome.ADDED

    def delete(self, ids: Iterable[str]) -> int:
        """Delete articles of earlier segments; must come before ``add``. Returns how many."""
        found = {id: place for id in ids if (place := self._find(id))}
        if found:
            log, _ = self._begin()
            log.append_deletions(found)
        for place in found.values():
            place.deleted.add(place.number)
        return len(found)

    def finish(self, *, last: bool = False) -> Manifest:
        """Write and sync what the next generation needs; returns its manifest.

        last: nothing follows in this call, so the segments it has written are merged into one.
        It is for the caller to publish it. When nothing changed it is the old manifest.
        """
        if self._writers is None:
            return self._manifest
        log, segment = self._writers
        self._copies.link([segment.copies for segment in self._segments])
        for name, section in (self._titles.sections() | self._copies.sections()).items():
            segment.add_section(name, section)
        segment.finish()
        log.finish()
        segments = [
            replace(entry, deleted=frozenset(deleted))
            for entry, deleted in zip(self._manifest.segments, self._deleted, strict=True)
        ]
        segments.append(
            self._described(self._name, self._identity, self._articles, self._deleted_here)
        )
        written = self._written_before + self._articles
        while run := plan_merge(segments, written, self._generation):
            segments[run] = self._merged(segments[run], oldest=run.start == 0)
        if last and self._written_before and (run := plan_last_merge(segments, written)):
            segments[run] = self._merged(segments[run], oldest=run.start == 0)
        self._generations.sync_segments(
            entry.name for entry in segments if entry.written == self._generation
        )
        return replace(self._manifest, generation=self._generation, segments=tuple(segments))

    def close(self) -> None:
        """Let go of files. What was not published stays behind for ``Generations.clean``."""
        if self._writers:
            with contextlib.suppress(OSError):  # what a full disk refused is given up
                self._writers[0].close()

    def _begin(self) -> tuple[ArticleLogWriter, SegmentWriter]:
        if self._writers is None:
            directory = self._generations.segment_path(self._name)
            directory.mkdir()
            self._writers = (
                ArticleLogWriter(directory, self._identity),
                self._codec.writer(directory),
            )
        return self._writers

    def _find(self, article_id: str) -> Place | None:
        if place := self._places.get(article_id):
            return place
        for segment, deleted in zip(self._segments, self._deleted, strict=True):
            for number in segment.reader.find(article_id):
                if number not in deleted:
                    return Place(deleted, number, segment.reader.digest(number))
        return None

    def _merged(self, run: list[SegmentEntry], *, oldest: bool) -> list[SegmentEntry]:
        """A run of neighbouring segments as one, or as none when nothing of it is left."""
        identity = new_identity()
        name = self._segment_name(run[0].first, run[-1].last, identity)
        directory = self._generations.segment_path(name)
        directory.mkdir()
        opened = self._opened.of(replace(self._manifest, segments=tuple(run)))
        parts = list(zip(run, opened, strict=True))
        articles = merge(self._codec, self._generations, directory, identity, parts, oldest=oldest)
        if oldest and not articles:
            return []
        return [self._described(name, identity, articles, ())]

    def _described(
        self, name: str, identity: str, articles: int, deleted: Iterable[int]
    ) -> SegmentEntry:
        directory = self._generations.segment_path(name)
        files = describe_files(directory)
        digest = self._codec.digest(directory)
        return SegmentEntry(name, identity, articles, digest, files, frozenset(deleted))

    def _segment_name(self, first: int, last: int, identity: str) -> str:
        return segment_name(first, last, self._generation, identity)
