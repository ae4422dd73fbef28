"""From the shape of a query and its analysed words to nodes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from kzsearch.dates import parse_days, parse_period
from kzsearch.engine.nodes import DateRange, Keyword, KeywordField, Node, Not, TextField
from kzsearch.morphology import Term
from kzsearch.query.expansion import Reader, Run, disjoint
from kzsearch.query.normalization import RepairedQuery
from kzsearch.query.notes import Note
from kzsearch.query.syntax import Either, Fielded, Group, Leaf, LeafKind, Negated, Syntax
from kzsearch.query.tables import Operator
from kzsearch.query.words import Slot, WordBuilder, all_of, any_of, slots
from kzsearch.text import normalize_text

__all__ = ["NodeBuilder", "Unit", "runs"]

MAX_READINGS = 8
"""Readings of one query; a table pasted into the box is no search for each of its numbers."""

_KEYWORD_FIELDS = {
    Operator.SOURCE: KeywordField.SOURCE,
    Operator.CATEGORY: KeywordField.CATEGORY,
    Operator.LANGUAGE: KeywordField.LANGUAGE,
}


@dataclass(frozen=True, slots=True)
class Unit:
    """Words of a query that are read together.

    ways, instead: their other readings, if any, as in ``Reading``.
    """

    slots: Sequence[Slot]
    ways: tuple[Node, ...] = ()
    instead: bool = False

    def node(self, typed: Node) -> Node:
        """The words in any reading; ``typed`` is what finds them as typed."""
        return any_of(self.ways if self.instead else (typed, *self.ways))


class NodeBuilder:
    """Builds the nodes of one query, and notes what it read into it."""

    def __init__(
        self,
        query: RepairedQuery,
        terms: Sequence[Term],
        words: WordBuilder,
        readers: Sequence[Reader] = (),
    ) -> None:
        """``terms``: those of the query's text, in order, nothing but its words analysed."""
        self._query = query
        self._text = query.text
        self._terms = terms
        self._starts = [term.start for term in terms]
        self._words = words
        self._readers = readers
        self.notes: dict[int, Note] = {}  # by the place in the query

    def slots(self, leaf: Leaf) -> list[Slot]:
        """The words of a leaf."""
        first = bisect_left(self._starts, leaf.start)
        return slots(self._terms[first : bisect_left(self._starts, leaf.end)])

    def units(self, run: Run, where: TextField | None = None) -> Iterator[Unit]:
        """The words of a run, those that have a reading put together."""
        readings = (reading for reader in self._readers for reading in reader.read(run, where))
        room = max(MAX_READINGS - len(self.notes), 0)
        done = 0
        for reading in islice(disjoint(readings), room):
            yield from (Unit([slot]) for slot in run.slots[done : reading.first])
            row = run.slots[reading.first : reading.end]
            start, end = row[0][0].start, row[-1][0].end
            self.notes[start] = self._query.note(reading.kind, start, end, reading.meant)
            yield Unit(row, reading.ways, reading.instead)
            done = reading.end
        yield from (Unit([slot]) for slot in run.slots[done:])

    def node(
        self, syntax: Syntax, operator: Operator | None = None, *, tight: bool = False
    ) -> Node | None:
        """One part as a node, None where it holds no word.

        operator: the field named in front of it. tight: several words of one leaf must
        stand together, which is what one means who excludes ``Қ.Тоқаев``.
        """
        match syntax:
            case Negated(part):
                node = self.node(part, operator, tight=True)
                return Not(node) if node else None
            case Fielded(name, part):
                return self.node(part, name, tight=tight)
            case Either(parts):
                nodes = self._nodes([[part] for part in parts], operator, tight)
                return any_of(nodes) if nodes else None
            case Group(parts):
                nodes = self._nodes(runs(parts), operator, tight)
                return all_of(nodes) if nodes else None
            case Leaf():
                return self._leaf(syntax, operator, tight)

    def _nodes(
        self, rows: Iterable[Sequence[Syntax]], operator: Operator | None, tight: bool
    ) -> list[Node]:
        nodes: list[Node | None] = []
        for row in rows:
            if len(row) > 1 and operator in (None, Operator.TITLE) and not tight:
                where = TextField.TITLE if operator else None
                nodes.append(self._words_side_by_side(self.row(row), where))
            else:
                nodes += [self.node(part, operator, tight=tight) for part in row]
        return [node for node in nodes if node]

    def row(self, leaves: Iterable[Syntax]) -> list[Slot]:
        """The words of leaves side by side."""
        return [slot for leaf in leaves if isinstance(leaf, Leaf) for slot in self.slots(leaf)]

    def _words_side_by_side(self, row: Sequence[Slot], where: TextField | None) -> Node | None:
        """All of the words, each unit in any of its readings; None if there is no word."""
        nodes = [
            unit.node(all_of(self._words.word(slot, where) for slot in unit.slots))
            for unit in self.units(Run(row), where)
        ]
        return all_of(nodes) if nodes else None

    def _leaf(self, leaf: Leaf, operator: Operator | None, tight: bool) -> Node | None:
        value = self._text[leaf.start : leaf.end].strip()
        match operator:
            case None:
                return self._text_leaf(leaf, None, tight)
            case Operator.TITLE:
                return self._text_leaf(leaf, TextField.TITLE, tight)
            case Operator.DATE:
                days = parse_days(value)
                return DateRange(*days) if days else None
            case Operator.AFTER:
                days = parse_period(value)
                return DateRange(days[0], None) if days else None
            case Operator.BEFORE:
                days = parse_period(value)
                return DateRange(None, days[0]) if days else None
            case _:
                keyword = _KEYWORD_FIELDS[operator]
                return Keyword(keyword, normalize_text(value), leaf.kind is LeafKind.PREFIX)

    def _text_leaf(self, leaf: Leaf, where: TextField | None, tight: bool) -> Node | None:
        row = self.slots(leaf)
        if not row:
            return None
        if leaf.kind is LeafKind.PREFIX:
            words = [self._words.word(slot, where) for slot in row[:-1]]
            also = self._query.also.get((row[-1][0].start, row[-1][0].end), ())
            return all_of([*words, self._words.prefix(row[-1], where, also)])
        if leaf.kind is LeafKind.EXACT_PREFIX:
            written = [self._words.as_written([slot], where) for slot in row[:-1]]
            return all_of([*written, self._words.prefix_as_written(row[-1], where)])
        if leaf.kind is LeafKind.EXACT:
            return self._words.as_written(row, where)
        if leaf.kind is LeafKind.WORDS and not tight:
            return self._words_side_by_side(row, where)
        return self._words.phrase(row, where)


def runs(parts: Iterable[Syntax]) -> Iterator[list[Syntax]]:
    """Parts with plain words side by side put together; any other part by itself."""
    words: list[Syntax] = []
    for part in parts:
        if isinstance(part, Leaf) and part.kind is LeafKind.WORDS:
            words.append(part)
            continue
        if words:
            yield words
        yield [part]
        words = []
    if words:
        yield words
