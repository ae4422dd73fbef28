"""The clauses of a query sorted by what becomes of them: should, must, or optional."""

from __future__ import annotations

import datetime as dt

from kzsearch.engine.nodes import All, Any, DateRange, Node, Nothing, Phrase, Prefix, Word
from kzsearch.morphology import Term
from kzsearch.query.expansion import DateReading, Run, read_dates
from kzsearch.query.normalization import RepairedQuery
from kzsearch.query.notes import NoteKind
from kzsearch.query.parsed import ParsedQuery
from kzsearch.query.query_nodes import NodeBuilder, Unit, runs
from kzsearch.query.syntax import Group, Leaf, LeafKind
from kzsearch.query.tables import question_words, stop_words
from kzsearch.query.words import Slot, WordBuilder, all_of, any_of
from kzsearch.text import TokenKind

__all__ = ["Parts"]

SENTENCE_WORDS = 5
"""A query of so many words without an operator, stop words not counted, is a sentence."""

TRANSLATED_WORDS = 4
"""A query of so many words is not insisted on word by word if it is translated: the article
meant may well say one of them otherwise. See docs/translation.md for what that gains."""


class Parts:
    """The parts of one query by what becomes of them in the fallback."""

    def __init__(
        self,
        query: RepairedQuery,
        builder: NodeBuilder,
        words: WordBuilder,
        today: dt.date | None = None,
    ) -> None:
        """``today``: take dates in words out of the query, as of this day; None leaves them in."""
        self._query = query
        self._text = query.text
        self._builder = builder
        self._words = words
        self._today = today
        self._should: list[Node] = []
        self._single: list[Node] = []  # what may be found of these one by one
        self._optional: list[Node] = []  # stop words and the like
        self._names: list[Node] = []
        self._words_of_names: list[Node] = []
        self._must: list[Node] = []
        self._is_question = query.text.rstrip().endswith(("?", "؟"))
        self._count = 0
        self._translated = 0
        self.days: list[DateRange] = []

    @property
    def is_sentence(self) -> bool:
        """Whether so much is said that it can only be a sentence, such as a pasted headline."""
        return self._count >= SENTENCE_WORDS

    @property
    def is_question(self) -> bool:
        """Whether it ends in a question mark or holds a question word."""
        return self._is_question

    @property
    def _is_translated(self) -> bool:
        """Whether half of the words or more are also searched for in another language."""
        return self._count >= TRANSLATED_WORDS and 2 * self._translated >= self._count

    def take(self, group: Group) -> None:
        """Put every part of a group, brackets within it taken as absent, where it belongs."""
        for row in runs(group.parts):
            match row[0]:
                case Group() as inner:
                    self.take(inner)
                case Leaf(kind=LeafKind.WORDS):
                    self._take_run(Run(self._builder.row(row)))
                case Leaf(kind=LeafKind.NAME):
                    if slots := self._builder.row(row):
                        self._names.append(self._words.phrase(slots))
                        self._words_of_names += map(self._words.word, slots)
                case part:
                    if node := self._builder.node(part):
                        self._must.append(node)

    def _take_run(self, run: Run) -> None:
        """Take plain words: dates for filters, the others by what they are read as."""
        done = 0
        for date in read_dates(run, self._today) if self._today else ():
            self._take_units(run.part(done, date.first))
            self._take_date(run, date)
            done = date.end
        self._take_units(run.part(done, len(run.slots)))

    def _take_date(self, run: Run, date: DateReading) -> None:
        start, end = run.slots[date.first][0].start, run.slots[date.end - 1][0].end
        note = self._query.note(NoteKind.DATE, start, end, date.meant)
        self._builder.notes[start] = note
        self.days.append(DateRange(date.start, date.stop))

    def _take_units(self, run: Run) -> None:
        for unit in self._builder.units(run):
            if unit.ways:
                self._take_read(unit)
            else:
                self._take_word(unit.slots[0])

    def _take_word(self, slot: Slot) -> None:
        node = self._words.word(slot)
        self._is_question |= slot[0].surface in question_words()
        if self._says_little(slot[0]):
            self._optional.append(node)
        else:
            self._should.append(node)
            self._single.append(node)
            self._count += 1

    def _take_read(self, unit: Unit) -> None:
        """Words with other readings: as typed or as read; of several words, each may be found."""
        several = len(unit.slots) > 1
        said = [slot for slot in unit.slots if not (several and self._says_little(slot[0]))]
        words = [self._words.word(slot) for slot in said or unit.slots]
        node = unit.node(all_of(words))
        self._translated += unit.instead
        self._should.append(node)
        self._single += [*words, *unit.ways] if several else [node]
        self._count += len(words)

    def _says_little(self, term: Term) -> bool:
        """Stop words, signs that are no unit, letters with a full stop: №, ``Қ. Тоқаев``."""
        is_unit = len(term.stems) > 1  # %, 2025 ж.: its word is among them
        is_initial = len(term.surface) == 1 and self._text.startswith(".", term.end)
        is_little = is_initial or term.kind is TokenKind.SYMBOL
        return term.surface in stop_words() or (is_little and not is_unit)

    def query(self) -> ParsedQuery:
        """All parts together, but for the days."""
        should, single = self._should, self._single
        must_words = [*self._names, *filter(_is_ranked, self._must)]
        if not (should or must_words or self.days):
            should = single = self._optional
        required = [*should, *self._names, *self._must]
        read = (note for _, note in sorted(self._builder.notes.items()))
        notes = (*self._query.notes, *read)
        if not required:
            return ParsedQuery(Nothing(), notes=notes)
        ranked = bool(should or must_words)
        asks = self._is_question
        fallback = self._any_of(single)
        if fallback and (asks or self.is_sentence or self._is_translated):
            return ParsedQuery(fallback, None, ranked, asks, notes)
        return ParsedQuery(all_of(required), fallback, ranked, asks, notes)

    def _any_of(self, single: list[Node]) -> Node | None:
        """Any of the words; a «name» beside words counts by its words, alone it is a must."""
        words = dict.fromkeys([*single, *self._words_of_names] if single else ())
        return all_of([any_of(words), *self._must]) if len(words) > 1 else None


def _is_ranked(node: Node) -> bool:
    """Whether a node says what an article is about, rather than which articles to leave."""
    match node:
        case Word() | Phrase() | Prefix():
            return True
        case All(parts) | Any(parts):
            return any(map(_is_ranked, parts))
        case _:
            return False
