"""The last stage: from the syntax of a query and its tokens to the nodes an engine answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kzsearch.dates import parse_days, parse_period
from kzsearch.engine.nodes import DateRange, Keyword, KeywordField, Node, Not, TextField
from kzsearch.query.syntax import Either, Fielded, Group, Leaf, LeafKind, Negated, Part, rows
from kzsearch.query.tables import Operator
from kzsearch.query.tokens import QueryToken, within
from kzsearch.query.words import WordBuilder, all_of, any_of, weighted
from kzsearch.text import normalize_text

__all__ = ["NodeBuilder"]

_KEYWORD_FIELDS = {
    Operator.SOURCE: KeywordField.SOURCE,
    Operator.CATEGORY: KeywordField.CATEGORY,
    Operator.LANGUAGE: KeywordField.LANGUAGE,
}


class NodeBuilder:
    """Builds the nodes of one query."""

    def __init__(self, text: str, tokens: Sequence[QueryToken], words: WordBuilder) -> None:
        """``text``: the query. ``tokens``: all of its words, in order."""
        self._text = text
        self._tokens = tokens
        self.words = words

    def tokens(self, leaves: Iterable[Part]) -> list[QueryToken]:
        """The tokens of leaves side by side."""
        found: list[QueryToken] = []
        for leaf in leaves:
            if isinstance(leaf, Leaf):
                first, end = within(self._tokens, leaf.start, leaf.end)
                found += self._tokens[first:end]
        return found

    def token(self, token: QueryToken, where: TextField | None = None) -> Node:
        """A token as it was read, or any of its alternatives."""
        read = (
            self.words.word(slot, where, word.forms) for word in token.single for slot in word.slots
        )
        return self.either(token, all_of(read))

    def either(self, token: QueryToken, read: Node) -> Node:
        """A token, which ``read`` finds as it was read, or any of its alternatives."""
        others = self.alternatives(token)
        return any_of(others if token.is_replaced else (read, *others))

    def alternatives(self, token: QueryToken) -> list[Node]:
        """What finds the alternatives of a token."""
        return [weighted(other.node, other.weight) for other in token.alternatives]

    def node(
        self, part: Part, operator: Operator | None = None, *, tight: bool = False
    ) -> Node | None:
        """One part as a node, None where it holds no word.

        operator: the field named in front of it. tight: several words of one leaf must
        stand together, which is what one means who excludes ``Қ.Тоқаев``.
        """
        match part:
            case Negated(inner):
                node = self.node(inner, operator, tight=True)
                return Not(node) if node else None
            case Fielded(name, inner):
                return self.node(inner, name, tight=tight)
            case Either(parts):
                nodes = self._nodes([[inner] for inner in parts], operator, tight)
                return any_of(nodes) if nodes else None
            case Group(parts):
                nodes = self._nodes(rows(parts), operator, tight)
                return all_of(nodes) if nodes else None
            case Leaf():
                return self._leaf(part, operator, tight)

    def _nodes(
        self, side_by_side: Iterable[Sequence[Part]], operator: Operator | None, tight: bool
    ) -> list[Node]:
        nodes: list[Node | None] = []
        for row in side_by_side:
            if len(row) > 1 and operator in (None, Operator.TITLE) and not tight:
                where = TextField.TITLE if operator else None
                nodes.append(self._words_side_by_side(self.tokens(row), where))
            else:
                nodes += [self.node(part, operator, tight=tight) for part in row]
        return [node for node in nodes if node]

    def _words_side_by_side(
        self, tokens: Iterable[QueryToken], where: TextField | None
    ) -> Node | None:
        """All of the tokens; None if there is none."""
        nodes = [self.token(token, where) for token in tokens]
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
        tokens = self.tokens([leaf])
        if not tokens:
            return None
        row = [token.slot for token in tokens if token.slot]
        match leaf.kind:
            case LeafKind.PREFIX:
                words = [self.words.word(slot, where) for slot in row[:-1]]
                return all_of([*words, self.words.prefix(row[-1], where, tokens[-1].also)])
            case LeafKind.EXACT_PREFIX:
                written = [self.words.as_written([slot], where) for slot in row[:-1]]
                return all_of([*written, self.words.prefix_as_written(row[-1], where)])
            case LeafKind.EXACT:
                return self.words.as_written(row, where)
            case LeafKind.WORDS if not tight:
                return self._words_side_by_side(tokens, where)
            case _:
                return self.words.phrase(row, where)
