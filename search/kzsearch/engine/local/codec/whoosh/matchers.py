"""A Whoosh matcher over arrays."""

from __future__ import annotations

from bisect import bisect_left
from copy import copy
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.matching import LeafMatcher, ReadTooFar

from kzsearch.engine.local.codec.whoosh.term_lists import FieldPostings

__all__ = ["ArrayMatcher"]

BLOCK = 128
"""Postings in a block, of which the best possible score is known."""


class ArrayMatcher(LeafMatcher):
    """The postings of a term, article by article.

    lengths: of the field in each article of the segment; None of a field without.
    term: name of the field and the term. scorer: Whoosh's, None where nothing is scored.
    """

    def __init__(
        self,
        postings: FieldPostings,
        lengths: NDArray[Any] | None,
        format_: Any,
        term: tuple[str, bytes],
        scorer: Any = None,
    ) -> None:
        self.format = format_
        self.scorer = scorer
        self._term = term
        self._postings = postings
        self._lengths = lengths
        # Behind the last posting stands that one again: Whoosh's AndNot asks a matcher for its
        # article that has just gone past the end.
        self._ids: list[int] = postings.docs.tolist()
        self._count = len(self._ids)
        self._ids.append(self._ids[-1])
        self._weights: list[float] = postings.weights.astype(np.float64).tolist()
        self._i = 0

    def is_active(self) -> bool:
        """Whether there is a current posting."""
        return self._i < self._count

    def reset(self) -> None:
        """Go back to the first posting."""
        self._i = 0

    def copy(self) -> ArrayMatcher:
        """Another matcher at the same posting."""
        return copy(self)

    def id(self) -> int:
        """Number of the current article."""
        return self._ids[self._i]

    def weight(self) -> float:
        """How often it holds the term."""
        return self._weights[self._i]

    def value(self) -> bytes:
        """The current posting as the field's format codes it."""
        return self._postings.value(self._i)

    def next(self) -> bool:
        """Go to the next posting; returns whether that is in another block."""
        if self._i >= self._count:
            raise ReadTooFar
        self._i += 1
        return self._i % BLOCK == 0

    def skip_to(self, id: int) -> None:
        """Go to the first posting whose article is ``id`` or behind it."""
        if not self.is_active():
            raise ReadTooFar
        if id > self._ids[self._i]:
            self._i = bisect_left(self._ids, id, self._i + 1, self._count)

    def skip_to_quality(self, minquality: float) -> int:
        """Skip blocks none of whose postings can score more; returns how many."""
        skipped = 0
        while self.is_active() and self.block_quality() <= minquality:
            self._i = min((self._i // BLOCK + 1) * BLOCK, self._count)
            skipped += 1
        return skipped

    def all_ids(self) -> Any:
        """Numbers of all articles."""
        return iter(self._ids[: self._count])

    def block_min_id(self) -> int:
        """First article of the block."""
        return self._ids[self._i // BLOCK * BLOCK]

    def block_max_id(self) -> int:
        """Last article of the block."""
        return self._ids[min((self._i // BLOCK + 1) * BLOCK, self._count) - 1]

    def block_max_weight(self) -> float:
        """The greatest weight in the block."""
        return self._blocks[0][self._i // BLOCK]

    def block_min_length(self) -> int:
        """Length of the shortest field in the block."""
        return self._blocks[1][self._i // BLOCK]

    def block_max_length(self) -> int:
        """Length of the longest field in the block."""
        return self._blocks[2][self._i // BLOCK]

    @cached_property
    def _blocks(self) -> tuple[list[float], list[int], list[int]]:
        """For each block its greatest weight and its least and greatest length."""
        begins = np.arange(0, self._count, BLOCK)
        weights = np.maximum.reduceat(self._postings.weights, begins).astype(float).tolist()
        if self._lengths is None:
            none = [0] * len(begins)
            return weights, none, none
        lengths = self._lengths[self._postings.docs]
        return (
            weights,
            np.minimum.reduceat(lengths, begins).tolist(),
            np.maximum.reduceat(lengths, begins).tolist(),
        )
