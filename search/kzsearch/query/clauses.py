"""The stage of clauses: tokens sorted by what becomes of them: should, must, or optional.

A word without an operator is a *should* clause: articles with all of them come first, and where
few have them all, those that have some follow below. What carries an operator (quotes, a field,
a minus, brackets with OR) is a *must* clause: it holds in both lists. Days of a date are a filter.

A question or a pasted headline is no list of words to insist on: of all that has any of
its words the best comes first. On the development queries of KazQAD (questions) insisting
gave nDCG@10 .723, not insisting .753; on headlines .893 and .905. See docs/query-language.md.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from kzsearch.engine.nodes import All, Any, DateRange, Node, Nothing, Phrase, Prefix, Word
from kzsearch.query.parsed import ParsedQuery
from kzsearch.query.query_nodes import NodeBuilder
from kzsearch.query.syntax import Group, Leaf, LeafKind, Row, Syntax, rows
from kzsearch.query.tables import question_words
from kzsearch.query.tokens import QueryToken, within
from kzsearch.query.words import all_of, any_of

__all__ = ["SENTENCE_WORDS", "Clauses", "QueryType", "is_headline", "query_type"]

SENTENCE_WORDS = 5
"""A query of so many words without an operator, stop words and dates not counted, is a sentence."""

TRANSLATED_WORDS = 4
"""A query of so many words is not insisted on word by word if it is translated: the article
meant may well say one of them otherwise. See docs/translation.md for what that gains."""


@dataclass(frozen=True, slots=True)
class QueryType:
    """What kind of query it is.

    is_question: it ends in a question mark or holds a question word.
    is_sentence: so much is said that it can only be a sentence, such as a pasted headline.
    """

    is_question: bool
    is_sentence: bool


def is_headline(tokens: Sequence[QueryToken], plain: Iterable[Row], quoted: Iterable[Leaf]) -> bool:
    """Whether plain words with quotations among them are a sentence together."""
    rows_of_words = [row.span for row in plain if row.is_top]
    phrases = [(leaf.start, leaf.end) for leaf in quoted]
    counts = [
        sum(not (token.is_minor or token.days) for token in tokens[slice(*within(tokens, *span))])
        for span in (*rows_of_words, *phrases)
    ]
    return bool(rows_of_words and phrases) and sum(counts) >= SENTENCE_WORDS


def query_type(syntax: Syntax, tokens: Sequence[QueryToken], plain: Iterable[Row]) -> QueryType:
    """What kind of query the plain words of a query make."""
    spans = (within(tokens, *row.span) for row in plain if row.is_top)
    words = [word for first, end in spans for word in tokens[first:end]]
    asks = any(slot[0].surface in question_words() for word in words for slot in word.slots)
    count = sum(not (word.is_minor or word.days) for word in words)
    is_asked = syntax.text.rstrip().endswith(("?", "؟"))
    return QueryType(asks or is_asked, count >= SENTENCE_WORDS)


class Clauses:
    """The clauses of one query by what becomes of them in the fallback."""

    def __init__(
        self,
        builder: NodeBuilder,
        group: Group,
        kind: QueryType,
        names: Collection[LeafKind] = (LeafKind.NAME,),
    ) -> None:
        """Sort the tokens of a query.

        builder: of these tokens. group: the query.
        names: what is quoted like this may be given up like plain words beside it.
        """
        self._builder = builder
        self._quotes_of_names = names
        self._kind = kind
        self._should: list[Node] = []
        self._single: list[Node] = []  # what may be found of these one by one
        self._optional: list[Node] = []  # stop words and the like
        self._names: list[Node] = []
        self._words_of_names: list[Node] = []
        self._must: list[Node] = []
        self._count = 0
        self._translated = 0
        self.days: list[DateRange] = []
        self._take(group)

    @property
    def _is_translated(self) -> bool:
        """Whether half of the words or more are also searched for in another language."""
        return self._count >= TRANSLATED_WORDS and 2 * self._translated >= self._count

    def _take(self, group: Group) -> None:
        """Put every part of a group, brackets within it taken as absent, where it belongs."""
        for row in rows(group.parts):
            match row[0]:
                case Group() as inner:
                    self._take(inner)
                case Leaf(kind=LeafKind.WORDS):
                    for token in self._builder.tokens(row):
                        self._take_token(token)
                case Leaf(kind=kind) if kind in self._quotes_of_names:
                    if slots := [token.slot for token in self._builder.tokens(row)]:
                        self._names.append(self._builder.words.phrase(slots))
                        self._words_of_names += map(self._builder.words.word, slots)
                case part:
                    if node := self._builder.node(part):
                        self._must.append(node)

    def _take_token(self, token: QueryToken) -> None:
        if token.days:
            self.days.append(token.days)
        elif token.alternatives:
            self._take_expanded(token)
        elif token.is_minor:
            self._optional.append(self._builder.token(token))
        else:
            node = self._builder.token(token)
            self._should.append(node)
            self._single.append(node)
            self._count += 1

    def _take_expanded(self, token: QueryToken) -> None:
        """A token with alternatives, any of which will do; of several words, each may be found."""
        said = [word for word in token.words if not word.is_minor] or token.single
        words = [self._builder.words.word(word.slot) for word in said]
        node = self._builder.either(token, all_of(words))
        self._translated += token.is_replaced
        self._should.append(node)
        several = bool(token.words)
        self._single += [*words, *self._builder.alternatives(token)] if several else [node]
        self._count += len(words)

    def query(self) -> ParsedQuery:
        """All clauses together, but for the days."""
        should, single = self._should, self._single
        must_words = [*self._names, *filter(_is_ranked, self._must)]
        if not (should or must_words or self.days):
            should = single = self._optional
        required = [*should, *self._names, *self._must]
        if not required:
            return ParsedQuery(Nothing())
        ranked = bool(should or must_words)
        asks = self._kind.is_question
        fallback = self._any_of(single)
        if fallback and (asks or self._kind.is_sentence or self._is_translated):
            return ParsedQuery(fallback, None, ranked, asks)
        return ParsedQuery(all_of(required), fallback, ranked, asks)

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
