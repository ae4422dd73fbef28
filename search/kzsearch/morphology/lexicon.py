"""What is known about roots: the hand-made lexicon and the roots learned from text.

``data/roots*.tsv`` lists common roots with their parts of speech, written for this project.
``data/learned_roots.tsv`` lists words that were seen in openly licensed text with several
different endings (``learn.py`` makes it; the file names its texts).
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files

from kzsearch.morphology.data_files import read_rows

__all__ = ["UNKNOWN", "Evidence", "Lexicon", "load_attested", "load_parts"]

Evidence = tuple[str, int, int]
"""Parts of speech (``adj|n``), and on a coarse scale how many different noun endings and verb
endings a root was seen with in text."""

UNKNOWN: Evidence = ("", 0, 0)

_SURE = 3  # on the coarse scale: six different endings make a root


class Lexicon:
    """Roots and what speaks for them.

    parts: parts of speech of listed roots.
    attested: number of different noun and verb endings that roots were seen with in text.

    known: the roots with their evidence.
    """

    def __init__(
        self, parts: Mapping[str, str], attested: Mapping[str, tuple[float, float]]
    ) -> None:
        self.known: dict[str, Evidence] = {root: (part, 0, 0) for root, part in parts.items()}
        for root, (nouns, verbs) in attested.items():
            evidence = (parts.get(root, ""), _scale(nouns), _scale(verbs))
            if evidence != UNKNOWN:
                self.known[root] = evidence

    def evidence(self, root: str) -> Evidence:
        """What is known about a root; UNKNOWN if nothing."""
        return self.known.get(root, UNKNOWN)

    def is_listed(self, root: str) -> bool:
        """Whether the hand-made lexicon has a root."""
        return bool(self.evidence(root)[0])

    def is_root(self, word: str) -> bool:
        """Whether a word is surely a root: listed, or seen in text with many endings."""
        parts, nouns, verbs = self.evidence(word)
        return bool(parts) or nouns >= _SURE or verbs >= _SURE

    def __contains__(self, root: str) -> bool:
        return root in self.known


def _scale(endings: float) -> int:
    """0 below 1.5 endings, then one more for each doubling, at most 6."""
    return min(6, int(endings / 1.5).bit_length())


def load_parts() -> dict[str, str]:
    """Parts of speech of the hand-made roots, joined with ``|`` in alphabetical order.

    What irregular roots are written as counts as a root too.
    """
    folder = files("kzsearch.morphology").joinpath("data")
    tables = sorted(file.name for file in folder.iterdir() if file.name.startswith("roots"))
    parts = {
        row[0]: "|".join(sorted(row[1].split("|"))) if "|" in row[1] else row[1]
        for table in tables
        for row in read_rows(table)
    }
    irregular = {row[0]: row[2] for row in read_rows("irregular_roots.tsv")}
    return irregular | parts


def load_attested() -> dict[str, tuple[float, float]]:
    """How many different noun and verb endings the learned roots were seen with."""
    rows = read_rows("learned_roots.tsv")
    return {root: (int(nouns), int(verbs)) for root, nouns, verbs in rows}
