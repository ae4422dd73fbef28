"""Learning from text which words go together, without any judgement or query.

Words are alike that stand beside the same words. Counted are the neighbours of every stem
within five words, near ones more; what is kept of a count is how much more often the two meet
than chance would have it (positive pointwise mutual information), and of all that the 200
directions in which words differ most (a truncated singular value decomposition: Levy and
Goldberg 2014, Neural word embedding as implicit matrix factorization; Levy, Goldberg and
Dagan 2015, Improving distributional similarity). Likeness is the cosine of two such rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import TYPE_CHECKING

from kzsearch.query.associations.table import Associations, Related

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]

__all__ = ["Learner"]

WINDOW = 5
LEAST_COUNT = 5  # of a word to be learned about
MOST_WORDS = 20_000
DIRECTIONS = 200
CONTEXT_POWER = 0.75  # flattens how much likelier common words are to stand beside any
LEAST_LIKENESS = 0.3
MOST_RELATED = 8
ROUNDS = 4  # of the subspace iteration; more change no third decimal
BLOCK = 400  # rows at once, which bounds memory


class Learner:
    """Takes texts as rows of stems, then learns. Deterministic."""

    def __init__(self, ignored: Set[str] = frozenset()) -> None:
        """``ignored``: stems that say nothing about what stands beside them."""
        self._ignored = ignored
        self._rows: list[list[str]] = []

    def take(self, stems: Iterable[str]) -> None:
        """Take in the stems of one text, in order."""
        self._rows.append([stem if self._is_word(stem) else "" for stem in stems])

    def _is_word(self, stem: str) -> bool:
        return len(stem) > 1 and stem not in self._ignored and stem.replace("-", "").isalpha()

    def learn(self) -> Associations:
        """Related stems of every stem that occurs often enough to tell."""
        counts = Counter(stem for row in self._rows for stem in row if stem)
        often = [(stem, count) for stem, count in counts.items() if count >= LEAST_COUNT]
        often.sort(key=lambda item: (-item[1], item[0]))
        vocabulary = sorted(stem for stem, _ in often[:MOST_WORDS])
        if len(vocabulary) <= MOST_RELATED:
            return {}
        vectors = _vectors(*_associated(*self._neighbours(vocabulary), len(vocabulary)))
        return dict(_related(vocabulary, vectors))

    def _neighbours(self, vocabulary: Sequence[str]) -> tuple[Integers, Floats]:
        """Pairs of words that meet, as ``first * words + second``, and how much they do."""
        import numpy as np

        place = {stem: number for number, stem in enumerate(vocabulary)}
        stream = [-1] * WINDOW
        for row in self._rows:
            stream += [place.get(stem, -1) for stem in row] + [-1] * WINDOW
        words = np.array(stream)
        met: list[tuple[Integers, Integers]] = []
        for distance in range(1, WINDOW + 1):
            left, right = words[:-distance], words[distance:]
            both = (left >= 0) & (right >= 0)
            pairs = left[both] * len(vocabulary) + right[both]
            turned = right[both] * len(vocabulary) + left[both]
            keys, counts = np.unique(np.concatenate([pairs, turned]), return_counts=True)
            met.append((keys, counts.astype(np.int64) * (WINDOW + 1 - distance)))
        every: Integers = np.concatenate([keys for keys, _ in met])
        weights = np.concatenate([counts for _, counts in met])
        keys, inverse = np.unique(every, return_inverse=True)
        totals: Floats = np.zeros(len(keys))
        np.add.at(totals, inverse, weights)
        return keys, totals


def _associated(
    keys: Integers, weights: Floats, words: int
) -> tuple[Integers, Integers, Floats, int]:
    """Rows, columns and values of positive pointwise mutual information."""
    import numpy as np

    rows, columns = keys // words, keys % words
    totals = np.bincount(rows, weights, minlength=words)
    chances = totals**CONTEXT_POWER
    chances /= chances.sum()
    values = np.log(weights / (totals[rows] * chances[columns]))
    kept = values > 0
    return rows[kept], columns[kept], values[kept], words


def _vectors(rows: Integers, columns: Integers, values: Floats, words: int) -> Floats:
    """A unit vector for every word: randomised subspace iteration (Halko and others 2011)."""
    import numpy as np

    turned = np.lexsort((rows, columns))
    backwards = (columns[turned], rows[turned], values[turned])
    basis = np.random.default_rng(0).standard_normal((words, min(DIRECTIONS + 10, words)))
    for _ in range(ROUNDS):
        seen = _times(*backwards, np.linalg.qr(basis).Q, words)
        basis = _times(rows, columns, values, seen, words)
    basis = np.linalg.qr(basis).Q
    left, strengths, _ = np.linalg.svd(_times(*backwards, basis, words).T, full_matrices=False)
    vectors = (basis @ left * np.sqrt(strengths))[:, :DIRECTIONS]
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Floats = vectors / np.maximum(lengths, 1e-9)
    return unit


def _times(rows: Integers, columns: Integers, values: Floats, dense: Floats, words: int) -> Floats:
    """A sparse matrix, its entries in order of rows, times a dense one."""
    import numpy as np

    product = np.zeros((words, dense.shape[1]))
    bounds = np.searchsorted(rows, np.arange(words + 1))
    for row in range(words):
        span = slice(bounds[row], bounds[row + 1])
        product[row] = values[span] @ dense[columns[span]]
    return product


def _related(vocabulary: Sequence[str], vectors: Floats) -> Iterator[tuple[str, Related]]:
    import numpy as np

    for first in range(0, len(vocabulary), BLOCK):
        alike = vectors[first : first + BLOCK] @ vectors.T
        for row, likeness in enumerate(alike):
            likeness[first + row] = 0.0  # a word is no relative of itself
            best = np.argpartition(-likeness, MOST_RELATED)[:MOST_RELATED]
            related = [
                (vocabulary[other], round(float(likeness[other]), 2))
                for other in best
                if likeness[other] >= LEAST_LIKENESS
            ]
            if related:
                related.sort(key=lambda item: (-item[1], item[0]))
                yield vocabulary[first + row], tuple(related)
