"""The results room: an engine's hits in, a page with marked snippets out."""

from kzsearch.results.cursor import read_cursor, search_digest
from kzsearch.results.hits import make_hit, mark_article
from kzsearch.results.marks import Marker
from kzsearch.results.page import (
    HIT_FIELDS,
    Fragment,
    Hit,
    HitStream,
    Note,
    ResultPage,
    hit_fields,
)
from kzsearch.results.reasons import Reason, reasons
from kzsearch.results.render import snippet_html, to_html, to_pieces
from kzsearch.results.rewriting import Letters, rewriting
from kzsearch.results.significant import MarkingTerm, MarkingTerms

__all__ = [
    "HIT_FIELDS",
    "Fragment",
    "Hit",
    "HitStream",
    "Letters",
    "Marker",
    "MarkingTerm",
    "MarkingTerms",
    "Note",
    "Reason",
    "ResultPage",
    "hit_fields",
    "make_hit",
    "mark_article",
    "read_cursor",
    "reasons",
    "rewriting",
    "search_digest",
    "snippet_html",
    "to_html",
    "to_pieces",
]
