"""Queries in another script, from another keyboard or without Kazakh letters, put right.

Repairing comes before everything else that is read into a query, so that dates, numbers,
acronyms and operators are found in any script (``otken apta``, ``title:Qazaqstan``). What is
meant stands in the place of what was typed; what was typed is searched for with it wherever the
index has it, so that a repair never hides exact matches.

Whole runs of keys go first, because the marks of operators type letters on other layouts:
``)fpf0cnfy`` is Қазақстан. Then the words of each leaf; those after ``=`` are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import islice

from kzsearch.engine.vocabulary import Vocabulary
from kzsearch.query.normalization.decisions import Repair, repairs
from kzsearch.query.normalization.explaining import Stretch, notes, stretches
from kzsearch.query.normalization.known_words import KnownWords
from kzsearch.query.normalization.repaired import RepairedQuery
from kzsearch.query.normalization.rewriting import Edit, Rewritten
from kzsearch.query.normalization.typed_words import TypedWord, typed_words
from kzsearch.query.syntax import (
    Leaf,
    LeafKind,
    parse_syntax,
    without_stray_quotes,
    word_leaves,
)
from kzsearch.text import fold
from kzsearch.text.scripts import Reason, repair_layout

__all__ = ["MAX_REPAIRED", "Repairer"]

MAX_REPAIRED = 40
"""Words of a query that are looked at; who pastes more is understood by these."""

_RUN = re.compile(r"\S+")
_OPERATOR = re.compile(r'^[-=]|[()"«»“”„:*]')
_WORD = re.compile(r"\w+")
_LITERAL = (LeafKind.EXACT, LeafKind.EXACT_PREFIX)


class Repairer:
    """Repairs queries by the vocabulary of an index. Safe for many threads."""

    def __init__(
        self,
        vocabulary: Callable[[], Vocabulary],
        stems: Callable[[str], tuple[str, ...]],
        acronyms: Collection[str],
    ) -> None:
        """Make a repairer.

        vocabulary: gives that of the newest generation.
        stems: of a folded word, by the analyzer that indexed the articles.
        acronyms: folded, those that short words in capitals may be read as.
        """
        self._vocabulary = vocabulary
        self._stems = stems
        self._acronyms = acronyms

    def repair(self, text: str) -> RepairedQuery:
        """A query put right. Never raises."""
        known = KnownWords(self._vocabulary(), self._stems)
        runs = list(_runs_of_letters(text, known))
        typed, query = _without_stray_quotes(
            text, Rewritten.unchanged(text).rewritten(_edits(runs))
        )
        leaves = [leaf for leaf in _leaves(query.text) if leaf.kind not in _LITERAL]
        words = islice(_words(query.text, leaves, known), MAX_REPAIRED)
        found = list(repairs(list(words), self._acronyms))
        told = [_stretch(run) for run in runs]
        told += (
            stretch
            for leaf in leaves
            for stretch in stretches(leaf, query, list(_within(leaf, found)))
        )
        told.sort(key=lambda stretch: stretch.typed)
        edits = _edits(found)
        also = dict(_also(found))
        return RepairedQuery(typed, query.rewritten(edits), also, tuple(notes(typed, told)))


def _edits(found: Iterable[Repair]) -> list[Edit]:
    return [Edit(repair.start, repair.end, repair.text) for repair in found]


def _leaves(text: str) -> Iterator[Leaf]:
    return word_leaves(parse_syntax(text))


def _words(text: str, leaves: Iterable[Leaf], known: KnownWords) -> Iterator[TypedWord]:
    for leaf in leaves:
        is_prefix = leaf.kind is LeafKind.PREFIX
        yield from typed_words(text, leaf.start, leaf.end, known, unfinished=is_prefix)


def _within(leaf: Leaf, found: Iterable[Repair]) -> Iterator[Repair]:
    return (repair for repair in found if leaf.start <= repair.start < leaf.end)


def _runs_of_letters(text: str, known: KnownWords) -> Iterator[Repair]:
    """Runs with marks of operators that are a word of the index on another layout.

    Unless they make sense with these marks for what they are: ``-кен`` is no өкен if the index
    knows кен.
    """
    literal = [leaf for leaf in _leaves(text) if leaf.kind in _LITERAL]
    for run in _RUN.finditer(text):
        start, end = run.span()
        if not _OPERATOR.search(run[0]) or any(start < e.end and e.start < end for e in literal):
            continue
        meant = repair_layout(run[0], known)
        if meant and not any(known(fold(word)) for word in _WORD.findall(run[0])):
            yield Repair(start, start + len(meant), meant, Reason.LAYOUT)


def _stretch(run: Repair) -> Stretch:
    span = (run.start, run.end)
    return Stretch.of(span, span, [run], run.text)


def _without_stray_quotes(typed: str, query: Rewritten) -> tuple[str, Rewritten]:
    """Both without quotation marks that quote nothing: they would be in the way of undoing."""
    plain = without_stray_quotes(query.text, parse_syntax(query.text))
    strays = [
        query.starts[at]
        for at, (before, after) in enumerate(zip(query.text, plain, strict=True))
        if before != after
    ]
    characters = list(typed)
    for at in strays:
        characters[at] = " "
    return "".join(characters), Rewritten(plain, query.starts, query.ends)


def _also(found: Iterable[Repair]) -> Iterator[tuple[tuple[int, int], tuple[str, ...]]]:
    """What else is searched for, by the places of the repaired words in the repaired text."""
    moved = 0
    for repair in found:
        start = repair.start + moved
        moved += len(repair.text) - (repair.end - repair.start)
        if repair.also:
            yield (start, start + len(repair.text)), repair.also
