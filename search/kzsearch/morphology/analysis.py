"""Why a word has the stem it has: root, suffixes by name, sound changes, derivation."""

from __future__ import annotations

from dataclasses import dataclass

from kzsearch.morphology.derivation import Derivation
from kzsearch.morphology.phonology import Repair

__all__ = ["SuffixUse", "WordAnalysis", "sound_change"]


@dataclass(frozen=True, slots=True)
class SuffixUse:
    """A suffix found in a word.

    form: its letters as written (``лар``).
    name: what it means (``plural``).
    layer: its place in the order of suffixes (``plural``, ``case``, ``past``…).
    """

    form: str
    name: str
    layer: str


@dataclass(frozen=True, slots=True)
class WordAnalysis:
    """What the stemmer makes of a word; ``str()`` is one line for people.

    word: as given, in small letters.
    stem: what ``stem(word)`` returns.
    suffixes: left to right.
    changes: the sound changes undone to get the stem, in words.
    reason: why this analysis.
    derivation: how the stem itself was made from another word, if it was.
    """

    word: str
    stem: str
    suffixes: tuple[SuffixUse, ...]
    changes: tuple[str, ...]
    reason: str
    derivation: Derivation | None

    def __str__(self) -> str:
        chain = "".join(f" + {use.form} ({use.name})" for use in self.suffixes)
        remarks = [*self.changes, self.reason]
        if self.derivation:
            remarks.append(f"made from {self.derivation.base} with -{self.derivation.suffix}")
        return f"{self.word} = {self.stem}{chain}; {'; '.join(remarks)}"


def sound_change(repair: Repair, written: str, root: str) -> str:
    """What happened to a root before its suffix, in words; '' if nothing did."""
    vowel = root[-2:-1]
    return {
        Repair.NONE: "",
        Repair.SOFTEN: f"{root[-1:]} became {written[-1:]} before a vowel",
        Repair.SOFTEN_U: "п became у before a vowel",
        Repair.ELIDE: f"{vowel} dropped out of {root}",
        Repair.ADD_I: f"the final {root[-1:]} of {root} dropped before a vowel",
        Repair.ADD_Y: f"the й of {root} is hidden in the next letter",
        Repair.RESTORE_T: f"the т of {root} dropped after с",
        Repair.RESTORE_SOFT: f"the ь of {root} dropped before a vowel",
        Repair.RESTORE_DOUBLE: f"the double {root[-1:]} of {root} is written once",
        Repair.KEEP_POSSESSIVE: f"the possessive {root[-1:]} belongs to {root}",
    }[repair]
