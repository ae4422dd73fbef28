"""Why an article has its score: the share of every kind of term in title, lead and body."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from kzsearch.engine.interface import Match, Place, ScorePart
from kzsearch.engine.local.search.scoring import Scorer, WeightedTerm

__all__ = ["explain"]

_MATCHES = {
    "lead": Match.STEM,
    "prefix": Match.PREFIX,
    "long_prefix": Match.PREFIX,
}
"""Of the kinds of terms that are not called as they match."""


def explain(
    scorer: Scorer, terms: Sequence[WeightedTerm], document: int, factor: float = 1.0
) -> tuple[ScorePart, ...]:
    """The parts of one document's score, greatest first; they add up to it.

    factor: what the sum over its terms is multiplied by.
    """
    scores: defaultdict[tuple[str, Place, Match, str], float] = defaultdict(float)
    for weighted in terms:
        term = weighted.term
        at = int(term.postings.docs.searchsorted(document))
        if at == len(term.postings) or term.postings.docs[at] != document:
            continue
        match = _MATCHES.get(term.match or term.kind) or Match(term.match or term.kind)
        shares = scorer.shares(term, at)
        whole = sum(shares)
        places = (Place.TITLE, Place.LEAD if term.kind == "lead" else Place.BODY)
        for row, (place, share) in enumerate(zip(places, shares, strict=True)):
            if share:
                what = term.names[row][at] if term.names else term.what
                scores[what, place, match, term.word] += (
                    weighted.weight * share / (scorer.k1 + whole)
                )
    parts = (
        ScorePart(what, place, match, score * factor, word)
        for (what, place, match, word), score in scores.items()
    )
    return tuple(sorted(parts, key=lambda part: (-part.score, part.what, part.where, part.word)))
