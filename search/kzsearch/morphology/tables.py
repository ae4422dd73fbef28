"""The suffix tables: every suffix of the inflection with its place and its conditions.

The data are ``data/letters.tsv`` (letter classes), ``data/layers.tsv`` (what may stand before
what) and ``data/suffixes_*.tsv`` (the suffixes, written with the archiphonemes А Ы Ғ Қ that
vowel harmony spells out). The files name their source.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from kzsearch.morphology.data_files import read_rows
from kzsearch.morphology.phonology import BACK, FRONT, NO_VOWEL, Repair

__all__ = [
    "NOUN",
    "VERB",
    "Suffix",
    "attachments",
    "keepers",
    "letter_classes",
    "spell",
    "suffixes_by_layer",
]

NOUN, VERB = "noun", "verb"

_TABLES = ("suffixes_nominal.tsv", "suffixes_verbal.tsv")
_SPELLED = {BACK: str.maketrans("АЫҒҚ", "аығқ"), FRONT: str.maketrans("АЫҒҚ", "еігк")}
_SWALLOWED = frozenset((Repair.ADD_I, Repair.ADD_Y))
_NAMED_HARMONY = {"any": NO_VOWEL, "back": BACK, "front": FRONT}


class Suffix(NamedTuple):
    """One suffix as it is spelled.

    layer: its place in the order of suffixes (``plural``, ``case``, ``past``…).
    form: the letters (``лар``).
    harmony: BACK, FRONT, or NO_VOWEL where the form goes with any word.
    after: the letters it may follow.
    repairs: sound changes of the root it licenses undoing.
    gloss: its meaning in a word or two (``plural``, ``his, her, its, their``).
    name: layer and gloss, the way the scorer calls the suffix.
    needs_repair: whether the form itself swallowed a letter of the root (``оқ-и`` from оқы).
    """

    layer: str
    form: str
    harmony: int
    after: frozenset[str]
    repairs: frozenset[Repair]
    gloss: str
    name: str
    needs_repair: bool


@cache
def attachments() -> dict[str, frozenset[str]]:
    """For each layer, the layers (or NOUN, VERB: a root) that may stand directly to its left."""
    return {layer: frozenset(left.split(",")) for layer, left, _ in read_rows("layers.tsv")}


@cache
def keepers() -> dict[str, str]:
    """Last parts of words whose possessive belongs to the word, with their kind (keepers.tsv)."""
    return {part: kind for part, kind, _ in read_rows("keepers.tsv")}


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
            shared = follows, repairs, gloss, f"{layer}:{gloss}", not _SWALLOWED.isdisjoint(repairs)
            layers[layer] += [
                Suffix(layer, spelling, side, *shared) for spelling, side in spellings
            ]
    return layers
