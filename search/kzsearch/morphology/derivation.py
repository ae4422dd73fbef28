"""Which word a root was made from: мемлекеттік from мемлекет, жүргіз from жүр.

Derivation makes new words, so the stemmer leaves it alone and the index keeps the words apart;
the relation is only told, for people and for ranking. A base is named only if it is a known root
of the right kind, so nothing is guessed.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from kzsearch.morphology.data_files import read_rows
from kzsearch.morphology.lexicon import Lexicon
from kzsearch.morphology.phonology import BACK, FRONT, Repair, restore_root
from kzsearch.morphology.tables import NOUN, letter_classes, spell

__all__ = ["Derivation", "derived_from"]

_SHORTEST_BASE = 2
_NOUN_PARTS = frozenset(("n", "adj", "adv", "num", "prop"))


class Derivation(NamedTuple):
    """How a root was made.

    base: the word it was made from.
    suffix: the derivational suffix as spelled.
    gloss: what the suffix does.
    """

    base: str
    suffix: str
    gloss: str


@cache
def _suffixes() -> list[tuple[str, frozenset[str], str, str]]:
    found = {
        (spell(form, side), letter_classes(after), base, gloss)
        for form, after, base, gloss, _ in read_rows("derivations.tsv")
        for side in (BACK, FRONT)
    }
    return sorted(found, key=lambda row: (-len(row[0]), row[0], row[2], row[3]))


def derived_from(root: str, lexicon: Lexicon) -> Derivation | None:
    """The word a root was made from with a productive suffix, None if no known one is found."""
    for suffix, after, base, gloss in _suffixes():
        written = root.removesuffix(suffix)
        if written == root or len(written) < _SHORTEST_BASE or written[-1] not in after:
            continue
        for word in (written, _hardened(written)):
            if _is(word, base, lexicon):
                return Derivation(word, suffix, gloss)
    return None


def _hardened(written: str) -> str:
    return restore_root(written, Repair.SOFTEN, BACK, "") if written[-1] in "бгғ" else written


def _is(word: str, base: str, lexicon: Lexicon) -> bool:
    parts = frozenset(lexicon.evidence(word)[0].split("|"))
    return not parts.isdisjoint(_NOUN_PARTS) if base == NOUN else "v" in parts
