"""A parsed query: what an engine is asked, and what the reader is told of how it was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kzsearch.engine.nodes import Node, Nothing
from kzsearch.query.notes import Note
from kzsearch.query.spelling import Suggestion
from kzsearch.query.words import all_of
from kzsearch.text.scripts.detection import LetterFamily

__all__ = ["ParsedQuery"]


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query ready for an engine.

    query: what to find; ``Nothing`` where the text holds no word and no filter.
    fallback: what to find too, for less; None where ``query`` insists on fewer than two words.
    ranked: whether any word is searched for; filters alone rank nothing.
    question: whether it is asked as a question.
    notes: how words were read, in the order of the text.
    insists: whether ``fallback`` is only for want of articles that match ``query``, and below them.
    letters: those it is typed in, where these tell in which its answers are wanted.
    suggestion: the query with misspelt words corrected that are searched for as typed.
    suggested: what that one finds, from the same reading.
    unquoted: what to find instead if ``query`` finds nothing: the words of quoted phrases in a
        sentence, told in its notes.
    """

    query: Node
    fallback: Node | None = None
    ranked: bool = False
    question: bool = False
    notes: tuple[Note, ...] = ()
    letters: LetterFamily | None = None
    suggestion: Suggestion | None = None
    insists: bool = False
    suggested: ParsedQuery | None = None
    unquoted: ParsedQuery | None = None

    def filtered(self, filters: Sequence[Node]) -> ParsedQuery:
        """This query among the articles all filters leave; all of them if it asks nothing."""
        if not filters:
            return self
        suggested = self.suggested and self.suggested.filtered(filters)
        unquoted = self.unquoted and self.unquoted.filtered(filters)
        if isinstance(self.query, Nothing):
            return replace(self, query=all_of(filters), suggested=suggested)
        query = all_of([self.query, *filters])
        fallback = all_of([self.fallback, *filters]) if self.fallback else None
        return replace(self, query=query, fallback=fallback, suggested=suggested, unquoted=unquoted)
