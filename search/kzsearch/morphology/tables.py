"""The suffix tables: every suffix of the inflection with its place and its conditions.

The data are ``data/letters.tsv`` (letter classes), ``data/layers.tsv`` (what may stand before
what) and ``data/suffixes_*.tsv`` (the suffixes, written with the archiphonemes А Ы Ғ Қ that
vowel harmony spells out). The files name their source.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from kzsearch.morphology.data_files import read_rows
from kzsearch.morphology.phonology import BACK, FRONT, NO_VOWEL, Repair

__all__ = [
    "NOUN",
    "VERB",
    "Suffix",
    "attachments",
    "letter_classes",
    "spell",
    "suffixes_by_layer",
]

NOUN, VERB = "noun", "verb"

_TABLES = ("suffixes_nominal.tsv", "suffixes_verbal.tsv")
_SPELLED = {BACK: str.maketrans("АЫҒҚ", "аығқ"), FRONT: str.maketrans("АЫҒҚ", "еігк")}
_NAMED_HARMONY = {"any": NO_VOWEL, "back": BACK, "front": FRONT}


@dataclass(frozen=True, slots=True)
class Suffix:
    """One suffix as it is spelled.

    layer: its place in the order of suffixes (``plural``, ``case``, ``past``…).
    form: the letters (``лар``).
    harmony: BACK, FRONT, or NO_VOWEL where the form goes with any word.
    after: the letters it may follow.
    repairs: sound changes of the root it licenses undoing.
    gloss: its meaning in a word or two (``plural``, ``his, her, its, their``).
    """

    layer: str
    form: str
    harmony: int
    after: frozenset[str]
    repairs: frozenset[Repair]
    gloss: str

    @property
    def needs_repair(self) -> bool:
        """Whether the form itself swallowed a letter of the root (``оқ-и`` from оқы)."""
        return bool(self.repairs & {Repair.ADD_I, Repair.ADD_Y})

    @property
    def name(self) -> str:
        """Layer and gloss, the way the scorer and the tests call the suffix."""
        return f"{self.layer}:{self.gloss}"


@cache
def attachments() -> dict[str, frozenset[str]]:
    """For each layer, the layers (or NOUN, VERB: a root) that may stand directly to its left."""
    return {layer: frozenset(left.split(",")) for layer, left, _ in read_rows("layers.tsv")}


def spell(form: str, harmony: int) -> str:
    """A form with its archiphonemes spelled for back or front words."""
    return form.translate(_SPELLED[harmony])


def letter_classes(names: str) -> frozenset[str]:
    """The letters of some classes of ``letters.tsv``, named with ``+`` between them."""
    return frozenset().union(*(_letters()[name] for name in names.split("+")))


@cache
def _letters() -> dict[str, frozenset[str]]:
    return {name: frozenset(members) for name, members, _ in read_rows("letters.tsv")}


@cache
def suffixes_by_layer() -> dict[str, list[Suffix]]:
    """Every spelled suffix, in table order."""
    layers: dict[str, list[Suffix]] = {layer: [] for layer in attachments()}
    for table in _TABLES:
        for layer, form, harmony, after, repair, gloss, _ in read_rows(table):
            follows = letter_classes(after)
            repairs = frozenset(Repair(name) for name in repair.split("+")) - {Repair.NONE}
            spellings = (
                [(spell(form, side), side) for side in (BACK, FRONT)]
                if harmony == "pair"
                else [(form, _NAMED_HARMONY[harmony])]
            )
            for spelling, side in spellings:
                layers[layer].append(Suffix(layer, spelling, side, follows, repairs, gloss))
    return layers
