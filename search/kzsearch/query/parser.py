"""From typed text to the tree an engine answers.

A word without an operator is *wanted*: every wanted word must occur, and where few
articles have them all, those that have some follow below. What carries an operator
(quotes, a field, a minus, brackets with OR) is *firm*: it holds in both lists.

A question or a pasted headline is no list of words to insist on: of all that has any of
its words the best comes first. On the development queries of KazQAD (questions) insisting
gave nDCG@10 .723, not insisting .753; on headlines .893 and .905. See docs/query-language.md.

Plain words are also *read*: numbers, acronyms, synonyms and Kazakh for Russian words become
alternatives of the words typed, dates become filters. Each reading leaves a note that says
how to undo it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path

from kzsearch.documents.article import ALMATY
from kzsearch.morphology import Analyzer
from kzsearch.query.builder import NodeBuilder
from kzsearch.query.dated import dated
from kzsearch.query.parsed import ParsedQuery
from kzsearch.query.parts import Parts
from kzsearch.query.readings import EquivalentReader, NumberReader, Reader, read_groups
from kzsearch.query.syntax import Group, parse_syntax, without_stray_quotes, word_leaves
from kzsearch.query.translation import TranslationReader, Translator
from kzsearch.query.words import WordBuilder

__all__ = ["MAX_CHARACTERS", "MAX_TERMS", "QueryParser"]

MAX_CHARACTERS = 2_000
"""Code points of a query that are read; the rest is ignored."""

MAX_TERMS = 256
"""Words of a query that are searched for; the rest is ignored."""


class QueryParser:
    """Parses queries with the analyzer that indexed the articles. Safe for many threads."""

    def __init__(
        self,
        analyzer: Analyzer,
        *,
        lists: Path | None = None,
        translator: Translator | None = None,
        today: Callable[[], dt.date] = lambda: dt.datetime.now(ALMATY).date(),
    ) -> None:
        """Make a parser.

        lists: a folder that may hold acronyms.tsv and synonyms.tsv of its owner.
        translator: of Russian words; by default with the vocabulary that ships.
        today: the day that «кеше» is the day before; by default Almaty's.
        Raises WordListError.
        """
        self._analyzer = analyzer
        self._today = today
        self._words = WordBuilder(analyzer)
        translation = TranslationReader(translator)
        self._readers: Sequence[Reader] = (
            EquivalentReader(read_groups(lists), analyzer, self._words),
            NumberReader(analyzer),
            translation,
        )
        self._readers_of_sentences = (translation,)  # else a sentence says enough as it is

    def parse(self, text: str, *, exact: bool = False) -> ParsedQuery:
        """The meaning of a typed query. Never raises: what is no operator is a word.

        exact: read nothing into words; they still match in every form.
        """
        text = text[:MAX_CHARACTERS]
        text = without_stray_quotes(text, parse_syntax(text))
        syntax = parse_syntax(text)
        terms = self._analyzer.analyze(_only_words(text, syntax), query=True)[:MAX_TERMS]

        def parts(readers: Sequence[Reader], today: dt.date | None) -> Parts:
            builder = NodeBuilder(text, terms, self._words, readers)
            taken = Parts(text, builder, self._words, today)
            taken.take(syntax)
            return taken

        words = parts((), None)
        if exact:
            return words.query()
        if words.is_sentence:
            return parts(self._readers_of_sentences, None).query()
        plain = parts(self._readers, None)
        rest = parts(self._readers, self._today())
        return dated(rest.query(), plain.query(), rest.days) if rest.days else plain.query()


def _only_words(text: str, syntax: Group) -> str:
    """The text with every operator blanked, so that offsets stay and neighbours are seen.

    Analysed in one piece, because a word's language is told from the words around it.
    """
    pieces: list[str] = []
    done = 0
    for leaf in word_leaves(syntax):
        pieces += [" " * (leaf.start - done), text[leaf.start : leaf.end]]
        done = leaf.end
    return "".join(pieces)
