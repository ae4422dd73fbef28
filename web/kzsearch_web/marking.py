"""What marks a result set: ``/terms``, its words and names, each with a narrower search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template, request

from kzsearch.results import MarkingTerm
from kzsearch_web.arguments import Arguments, limit_parameter
from kzsearch_web.door import index

__all__ = ["TERMS_LIMIT", "markings"]

markings = Blueprint("markings", __name__)

TERMS_LIMIT = limit_parameter("MARKING_TERMS", "how many words and how many names to give")


@dataclass(frozen=True, slots=True)
class Marking:
    """A term, its share of the hits in percent, and the search narrowed to it."""

    term: MarkingTerm
    share: int
    narrowed: Arguments


@markings.get("/terms")
def terms() -> str:
    """The words and names of a result set; each leads to the articles that have it."""
    arguments = Arguments.read(request.args).all()
    limit = TERMS_LIMIT.read(request.args)
    with index() as opened:
        found = arguments.but(limit=limit).terms(opened)
    return render_template(
        "terms.html",
        arguments=arguments,
        found=found,
        names=_markings(found.names, found.looked_at, arguments, quoted=True),
        words=_markings(found.words, found.looked_at, arguments, quoted=False),
        q=arguments.q,
    )


def _markings(
    terms: Sequence[MarkingTerm], looked_at: int, arguments: Arguments, *, quoted: bool
) -> list[Marking]:
    found = []
    for term in terms:
        words = f'"{term.text}"' if quoted else term.text
        narrowed = arguments.but(q=f"{arguments.q} {words}".strip())
        found.append(Marking(term, round(100 * term.hits / looked_at), narrowed))
    return found
