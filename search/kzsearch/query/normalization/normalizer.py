"""The second stage: words in another script, from another keyboard or without Kazakh letters.

It comes before everything else that is read into a query, so that dates, numbers and acronyms are
found in any script (``otken apta``). What is meant stands in the place of what was typed; what was
typed is searched for with it wherever the index has it, so that a repair never hides exact matches.

The marks of operators type letters on other layouts (``)fpf0cnfy`` is Қазақстан), so the syntax
stage asks about runs that hold some (``letters_of``). Words after ``=`` are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import islice

from kzsearch.engine.vocabulary import Vocabulary
from kzsearch.query.normalization.decisions import repairs
from kzsearch.query.normalization.explaining import notes, stretches
from kzsearch.query.normalization.known_words import KnownWords
from kzsearch.query.normalization.normalized import Normalized
from kzsearch.query.normalization.typed_words import TypedWord, typed_words
from kzsearch.query.syntax import Leaf, LeafKind, Syntax, word_leaves
from kzsearch.text import fold
from kzsearch.text.scripts import repair_layout

__all__ = ["MAX_REPAIRED", "Normalizer", "letters_of"]

MAX_REPAIRED = 40
"""Words of a query that are looked at; who pastes more is understood by these."""

_WORD = re.compile(r"\w+")
_LITERAL = (LeafKind.EXACT, LeafKind.EXACT_PREFIX)


class Normalizer:
    """Normalises queries by the vocabulary of an index. Safe for many threads."""

    def __init__(
        self,
        vocabulary: Callable[[], Vocabulary],
        stems: Callable[[str], tuple[str, ...]],
        acronyms: Collection[str],
        names: Collection[str] = (),
    ) -> None:
        """Make a normalizer.

        vocabulary: gives that of the newest generation.
        stems: of a folded word, by the analyzer that indexed the articles.
        acronyms: folded, those that short words in capitals may be read as.
        names: folded, words in Latin letters that are searched for by lists as they are.
        """
        self._vocabulary = vocabulary
        self._stems = stems
        self._acronyms = acronyms
        self._names = names

    def known_words(self) -> KnownWords:
        """What the index knows of words, to be used for one search."""
        return KnownWords(self._vocabulary(), self._stems)

    def normalize(self, syntax: Syntax, known: KnownWords) -> Normalized:
        """A query put right. Never raises."""
        leaves = [leaf for leaf in word_leaves(syntax.root) if leaf.kind not in _LITERAL]
        words = islice(_words(syntax.text, leaves, known), MAX_REPAIRED)
        found = tuple(repairs(list(words), self._acronyms, self._names))
        told = [
            stretch
            for leaf in leaves
            for stretch in stretches(
                leaf, syntax.text, [each for each in found if leaf.start <= each.start < leaf.end]
            )
        ]
        return Normalized(syntax, found, tuple(notes(syntax.text, told)))


def letters_of(run: str, known: KnownWords) -> int:
    """How many characters of a run with marks of operators are a word on another layout.

    0 if the run makes sense with these marks for what they are: ``-кен`` is no өкен if the
    index knows кен.
    """
    meant = repair_layout(run, known)
    if not meant or any(known(fold(word)) for word in _WORD.findall(run)):
        return 0
    return len(meant)


def _words(text: str, leaves: Iterable[Leaf], known: KnownWords) -> Iterator[TypedWord]:
    for leaf in leaves:
        is_prefix = leaf.kind is LeafKind.PREFIX
        yield from typed_words(text, leaf.start, leaf.end, known, unfinished=is_prefix)
