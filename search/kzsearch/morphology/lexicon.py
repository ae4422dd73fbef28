"""What is known about roots: the hand-made lexicon and the roots learned from text.

``data/roots*.tsv`` lists common roots with their parts of speech, written for this project.
``data/learned_roots.tsv`` lists words that were seen in openly licensed text with several
different endings (``learn.py`` makes it; the file names its texts).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from kzsearch.morphology.data_files import read_columns, read_rows

__all__ = [
    "UNKNOWN",
    "Lexicon",
    "RootEvidence",
    "is_name",
    "load_attested",
    "load_parts",
    "may_be_noun",
    "may_be_verb",
]

RootEvidence = tuple[str, int, int]
"""Parts of speech (``adj|n``), and on a coarse scale how many different noun endings and verb
endings a root was seen with in text."""

UNKNOWN: RootEvidence = ("", 0, 0)

_TABLES = tuple(
    f"roots_{kind}.tsv" for kind in ("adjectives", "adverbs", "loans", "names", "nouns", "verbs")
)
_PARTICLES = frozenset(("conj", "part"))
_SURE = 3  # on the coarse scale: six different endings make a root


class Lexicon:
    """Roots and what speaks for them.

    parts: parts of speech of listed roots.
    attested: number of different noun and verb endings that roots were seen with in text.

    known: the roots with their evidence.
    listed: the roots of the hand-made lexicon.
    roots: what is surely a root: listed, or seen in text with many endings.
    doubled: known roots in a double consonant, written with a single one (процес of процесс).
    """

    def __init__(
        self, parts: Mapping[str, str], attested: Mapping[str, tuple[float, float]]
    ) -> None:
        listed: dict[str, RootEvidence] = {part: (part, 0, 0) for part in set(parts.values())}
        self.known = dict(zip(parts, map(listed.__getitem__, parts.values()), strict=True))
        for root, (nouns, verbs) in attested.items():
            evidence = (parts.get(root, ""), _scale(nouns), _scale(verbs))
            if evidence != UNKNOWN:
                self.known[root] = evidence
        self.listed = frozenset(parts)
        self.roots = self.listed | {
            root for root in attested if max(self.evidence(root)[1:]) >= _SURE
        }
        self.doubled = frozenset(root[:-1] for root in self.known if root[-2:-1] == root[-1:])

    def evidence(self, root: str) -> RootEvidence:
        """What is known about a root; UNKNOWN if nothing."""
        return self.known.get(root, UNKNOWN)

    def is_listed(self, root: str) -> bool:
        """Whether the hand-made lexicon has a root."""
        return root in self.listed

    def is_verb(self, root: str) -> bool:
        """Whether the hand-made lexicon has a root as a verb."""
        return self.is_listed(root) and may_be_verb(self.evidence(root))

    def is_noun(self, root: str) -> bool:
        """Whether the hand-made lexicon has a root as something that takes noun endings."""
        parts = self.evidence(root)[0]
        return bool(parts) and not (_PARTICLES | {"v"}).issuperset(parts.split("|"))

    def __contains__(self, root: str) -> bool:
        return root in self.known


def may_be_verb(evidence: RootEvidence) -> bool:
    """Whether a root may take verb endings: it is listed as a verb, or not listed at all."""
    parts = evidence[0]
    return not parts or "v" in parts.split("|")


def may_be_noun(evidence: RootEvidence) -> bool:
    """Whether a root may take noun endings: it is not listed as a particle only."""
    parts = evidence[0]
    return not parts or not _PARTICLES.issuperset(parts.split("|"))


def _scale(endings: float) -> int:
    """0 below 1.5 endings, then one more for each doubling, at most 6."""
    return min(6, int(endings / 1.5).bit_length())


@cache
def load_parts() -> Mapping[str, str]:
    """Parts of speech of the hand-made roots, joined with ``|`` in alphabetical order.

    What irregular roots are written as counts as a root too.
    """
    parts = {row[0]: row[2] for row in read_rows("irregular_roots.tsv")}
    for table in _TABLES:
        roots, listed, _ = read_columns(table)
        in_order = {part: "|".join(sorted(part.split("|"))) for part in set(listed)}
        parts.update(zip(roots, map(in_order.__getitem__, listed), strict=True))
    return parts


def is_name(stem: str) -> bool:
    """Whether a stem stands among the hand-made roots as a proper name."""
    return "prop" in load_parts().get(stem, "").split("|")


def load_attested() -> dict[str, tuple[float, float]]:
    """How many different noun and verb endings the learned roots were seen with."""
    roots, nouns, verbs = read_columns("learned_roots.tsv")
    return dict(zip(roots, zip(map(int, nouns), map(int, verbs), strict=True), strict=True))
