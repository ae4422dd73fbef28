"""One generation of an index as the searcher sees it: all segments as one row of articles.

Articles are numbered through: a segment's articles follow those of the segment
before. Deleted articles are left out wherever postings are read, and counts
and lengths are those of live articles, so scores do not depend on how the
articles came to be spread over segments.
"""

from __future__ import annotations

import bisect
from array import array
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import cached_property

from kzsearch.documents.article import Article
from kzsearch.engine.document import NO_TIME
from kzsearch.engine.local.duplicates import Groups, make_groups
from kzsearch.engine.local.segment_api import Field
from kzsearch.engine.local.segments import Segment
from kzsearch.engine.local.store.manifest import Manifest

__all__ = ["Snapshot"]

UNKNOWN_AGE = -NO_TIME


class Snapshot:
    """An immutable view of one generation. Safe to use from many threads."""

    def __init__(self, manifest: Manifest, segments: Sequence[Segment]) -> None:
        self.manifest = manifest
        self.segments = segments
        self.bases = [0]
        for entry in manifest.segments:
            self.bases.append(self.bases[-1] + entry.articles)
        self._deleted = [entry.deleted for entry in manifest.segments]

    @property
    def count(self) -> int:
        """How many live articles there are."""
        return self.manifest.articles

    @cached_property
    def everything(self) -> frozenset[int]:
        """Numbers of all live articles."""
        return frozenset(
            base + number
            for base, entry in zip(self.bases, self.manifest.segments, strict=False)
            for number in range(entry.articles)
            if number not in entry.deleted
        )

    def article(self, number: int) -> Article:
        """The stored article with this number. Raises IndexDamagedError."""
        place = bisect.bisect_right(self.bases, number) - 1
        return self.segments[place].article(number - self.bases[place])

    def find(self, article_id: str) -> int | None:
        """Number of the live article with this id, or None."""
        for base, segment, deleted in zip(self.bases, self.segments, self._deleted, strict=False):
            for number in segment.find(article_id):
                if number not in deleted:
                    return base + number
        return None

    # Postings

    def postings(self, field: Field, term: str) -> int:
        """How many postings of a term there are to read, those of deleted articles included."""
        return sum(segment.reader.count(field, term) for segment in self.segments)

    def frequencies(self, field: Field, term: str) -> dict[int, float]:
        """Live articles that hold a term, and how often each does."""
        found: dict[int, float] = {}
        for base, segment, deleted in zip(self.bases, self.segments, self._deleted, strict=False):
            numbers, frequencies = segment.reader.frequencies(field, term)
            if deleted:
                pairs = [
                    (base + number, frequency)
                    for number, frequency in zip(numbers, frequencies, strict=True)
                    if number not in deleted
                ]
                found.update(pairs)
            else:
                found.update(zip(map(base.__add__, numbers), frequencies, strict=True))
        return found

    def positions(
        self, field: Field, term: str, among: Set[int]
    ) -> Iterator[tuple[int, Sequence[int]]]:
        """Word positions of a term in each of some live articles that holds it."""
        for base, end, segment in zip(self.bases, self.bases[1:], self.segments, strict=False):
            here = {number - base for number in among if base <= number < end} if base else among
            for number, positions in segment.reader.positions(field, term, here):
                yield base + number, positions

    def terms(self, fields: Iterable[Field], prefix: str = "") -> dict[str, int]:
        """Terms that begin with ``prefix``; how many articles hold each is at most its number.

        (Deleted articles count, and an article counts in every field.)
        """
        found: dict[str, int] = {}
        for segment in self.segments:
            for field in fields:
                for term, count in segment.reader.terms(field, prefix):
                    found[term] = found.get(term, 0) + count
        return found

    # Copies

    @cached_property
    def groups(self) -> Groups:
        """The live articles that are copies of one another. Raises IndexDamagedError."""
        titles, bodies = self.lengths(Field.TITLE), self.lengths(Field.BODY)
        articles: list[tuple[int, int]] = []
        links: list[tuple[int, int]] = []
        for base, segment, deleted in zip(self.bases, self.segments, self._deleted, strict=False):
            keys = segment.copies.keys
            articles += [
                (number, key)
                for number, key in enumerate(keys, base)
                if key and number - base not in deleted
            ]
            links += [(keys[number], key) for number, key in segment.copies.links]

        def place(number: int) -> tuple[int, int]:
            return self.age(number)[0], -titles[number] - bodies[number]

        return make_groups(articles, links, place)

    def age(self, number: int) -> tuple[int, str]:
        """Sorts articles from the oldest to the newest, undated ones last; ties by id."""
        time = self.times[number]
        return UNKNOWN_AGE if time == NO_TIME else time, self.ids[number]

    # Columns

    @cached_property
    def ids(self) -> list[str]:
        """Article ids by number."""
        return self._joined("id")

    @cached_property
    def sources(self) -> list[str]:
        """Sources by number."""
        return self._joined("source")

    @cached_property
    def categories(self) -> list[str]:
        """Categories by number."""
        return self._joined("category")

    @cached_property
    def times(self) -> list[int]:
        """Times by number, see ``IndexedArticle.time``."""
        return self._joined("time")

    @cached_property
    def days(self) -> list[int]:
        """Local days by number, see ``IndexedArticle.day``."""
        return self._joined("day")

    @cached_property
    def numbers_by_day(self) -> tuple[list[int], list[int]]:
        """Days of the live dated articles, rising, and the article's number for each."""
        days = self.days
        numbers = sorted((n for n in self.everything if days[n]), key=days.__getitem__)
        return [days[number] for number in numbers], numbers

    def lengths(self, field: Field) -> array[int]:
        """Lengths of the titles or bodies by number, in words."""
        name = "title_length" if field.startswith("title") else "body_length"
        return array("i", self._joined(name))

    def _joined(self, name: str) -> list:  # type: ignore[type-arg]
        joined: list[object] = []
        for segment in self.segments:
            joined += getattr(segment.reader.columns, name)
        return joined
