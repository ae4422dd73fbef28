"""From typed text to the tree an engine answers.

A word without an operator is a *should* clause: articles with all of them come first, and where
few have them all, those that have some follow below. What carries an operator (quotes, a field,
a minus, brackets with OR) is a *must* clause: it holds in both lists.

A question or a pasted headline is no list of words to insist on: of all that has any of
its words the best comes first. On the development queries of KazQAD (questions) insisting
gave nDCG@10 .723, not insisting .753; on headlines .893 and .905. See docs/query-language.md.

Plain words are also *read*: numbers, acronyms, synonyms and Kazakh for Russian words become
alternatives of the words typed, dates become filters. Each reading leaves a note that says
how to undo it. Before that, words in other scripts or misspelt are put right.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cached_property

from kzsearch.documents.article import ALMATY
from kzsearch.engine.vocabulary import Vocabulary
from kzsearch.morphology import Analyzer, Term
from kzsearch.query.associations import (
    Associations,
    merged,
    own_associations,
    related_to,
    shipped_associations,
)
from kzsearch.query.clauses import Parts
from kzsearch.query.dated import dated
from kzsearch.query.expansion import EquivalentReader, NumberReader, Reader, read_groups
from kzsearch.query.expansion.word_lists import Group as WordGroup
from kzsearch.query.expansion.word_lists import OwnerLists
from kzsearch.query.normalization import RepairedQuery, Repairer
from kzsearch.query.notes import NoteKind
from kzsearch.query.parsed import ParsedQuery
from kzsearch.query.query_nodes import NodeBuilder
from kzsearch.query.spelling import Speller, spelled
from kzsearch.query.syntax import Group, parse_syntax, without_stray_quotes, word_leaves
from kzsearch.query.translation import TranslationReader, Translator
from kzsearch.query.words import WordBuilder
from kzsearch.text import fold

__all__ = ["MAX_CHARACTERS", "MAX_TERMS", "QueryParser"]

MAX_CHARACTERS = 2_000
"""Code points of a query that are read; the rest is ignored."""

MAX_TERMS = 64
"""Words of a query that are searched for; the rest is ignored."""


class QueryParser:
    """Parses queries with the analyzer that indexed the articles. Safe for many threads."""

    def __init__(
        self,
        analyzer: Analyzer,
        *,
        vocabulary: Callable[[], Vocabulary] | None = None,
        speller: Speller | None = None,
        lists: OwnerLists | None = None,
        associations: bytes | None = None,
        translator: Translator | None = None,
        today: Callable[[], dt.date] = lambda: dt.datetime.now(ALMATY).date(),
    ) -> None:
        """Make a parser.

        vocabulary: gives the words of the newest generation, by which other scripts and
            keyboards are read; without it, words are searched for as typed.
        speller: of the same index; without it, misspelt words are searched for as typed.
        lists: gives the acronyms.tsv and synonyms.tsv of the index's owner.
        associations: the table of what the index has learned.
        translator: of Russian words; by default with the vocabulary that ships.
        today: the day that «кеше» is the day before; by default Almaty's.
        Raises WordListError.
        """
        self._analyzer = analyzer
        self._today = today
        self._speller = speller
        self._words = WordBuilder(analyzer)
        self._own_associations = own_associations(associations)
        groups = read_groups(lists)
        self._repairer = (
            Repairer(vocabulary, analyzer.stems, _acronyms(groups)) if vocabulary else None
        )
        translation = TranslationReader(translator)
        self._readers: Sequence[Reader] = (
            EquivalentReader(groups, analyzer, self._words),
            NumberReader(analyzer),
            translation,
        )
        self._readers_of_sentences = (translation,)  # else a sentence says enough as it is

    def parse(self, text: str, *, exact: bool = False) -> ParsedQuery:
        """The meaning of a typed query. Never raises: what is no operator is a word.

        exact: read nothing into words and repair none; they still match in every form.
        """
        query = self._read(text[:MAX_CHARACTERS], exact)
        if not self._speller:
            return self._parsed(query, exact)
        query, suggestion = spelled(query, self._speller, exact=exact)
        return replace(self._parsed(query, exact), suggestion=suggestion)

    def _parsed(self, query: RepairedQuery, exact: bool) -> ParsedQuery:
        syntax = parse_syntax(query.text)
        words = self._analyzer.analyze(_only_words(query.text, syntax), query=True)[:MAX_TERMS]
        terms = [query.widened(term, self._analyzer.stems) for term in words]

        def parts(readers: Sequence[Reader], today: dt.date | None) -> Parts:
            builder = NodeBuilder(query, terms, builds, readers)
            taken = Parts(query, builder, builds, today)
            taken.take(syntax)
            return taken

        builds = self._words
        as_typed = parts((), None)
        if exact:
            return as_typed.query()
        if as_typed.is_question:
            builds = self._with_relatives(terms)
        if as_typed.is_sentence:
            return parts(self._readers_of_sentences, None).query()
        rest = parts(self._readers, self._today())
        if not rest.days:
            return rest.query()
        return dated(rest.query(), parts(self._readers, None).query(), rest.days)

    def _with_relatives(self, terms: Sequence[Term]) -> WordBuilder:
        """A builder that gives words their relatives, but for those that are asked for anyway.

        Who asks a question does not know the words of its answer; who types words or pastes a
        headline does.
        """
        asked = {stem for term in terms for stem in term.stems}
        return WordBuilder(
            self._analyzer, lambda term: related_to(term.stems, self._associations, asked)
        )

    @cached_property
    def _associations(self) -> Associations:
        return merged(self._own_associations, shipped_associations())

    def _read(self, text: str, exact: bool) -> RepairedQuery:
        """The query to parse, without quotation marks that quote nothing."""
        if self._repairer and not exact:
            return self._repairer.repair(text)
        return RepairedQuery.as_typed(without_stray_quotes(text, parse_syntax(text)))


def _acronyms(groups: Iterable[WordGroup]) -> frozenset[str]:
    return frozenset(fold(g.members[0]) for g in groups if g.kind is NoteKind.ACRONYM)


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
