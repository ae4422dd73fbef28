"""What the scorer looks at: the features of a chain of suffixes and of a root.

A feature is (template, kind, value); its learned weight says how much it speaks for an analysis.
``kind`` is BARE for a word without suffixes, else NOUN or VERB, what the chain attaches to.
The trainer and the scorer share these functions, so they cannot drift apart.
"""

from __future__ import annotations

from collections.abc import Sequence

from kzsearch.morphology.lexicon import UNKNOWN, RootEvidence
from kzsearch.morphology.phonology import Repair, skeleton

__all__ = [
    "BARE",
    "SHORT_ROOT",
    "TAIL",
    "Feature",
    "border_features",
    "chain_features",
    "clash_features",
    "root_features",
    "shape_features",
    "sound_features",
]

BARE = "bare"

TAIL = 3
"""How many last letters of a root are looked at."""

SHORT_ROOT = 5
"""How many letters a short root has at most; it is looked at as a whole."""

Feature = tuple[str, str, str]


def chain_features(kind: str, names: Sequence[str]) -> list[Feature]:
    """Features of a chain of suffixes, given by their names, and of the order of its parts."""
    return [
        ("length", kind, str(len(names))),
        ("last", kind, names[-1]),
        *(("suffix", kind, name) for name in names),
        *(
            ("pair", "", f"{left}>{right}")
            for left, right in zip([kind, *names], names, strict=False)
        ),
    ]


def border_features(kind: str, repair: Repair, form: str) -> list[Feature]:
    """Features of the border of root and chain: the repair of the root, the first suffix."""
    return [("repair", kind, repair), ("form", kind, form)]


def root_features(kind: str, evidence: RootEvidence, layer: str, repair: Repair) -> list[Feature]:
    """Features of what is known about a root, in itself and before a suffix of some layer."""
    parts, nouns, verbs = evidence
    found = [("fit", kind, f"{parts}:{layer}")]
    if parts:
        found.append(("parts", kind, parts))
        found += [("part", kind, part) for part in parts.split("|")]
    else:
        found.append(("seen_as_noun", kind, str(nouns)))
        found.append(("seen_as_verb", kind, str(verbs)))
    if repair is not Repair.NONE:
        found.append((f"repaired_{_status(evidence is not UNKNOWN)}", kind, repair))
    return found


def sound_features(kind: str, root: str, known: bool) -> list[Feature]:
    """Features of the last two letters of a root.

    known: whether anything speaks for the root beside its letters.
    """
    return [(f"ending{size}_{_status(known)}", kind, root[-size:]) for size in (1, 2)]


def shape_features(kind: str, root: str, known: bool) -> list[Feature]:
    """Features of the last three letters of a root, and of a short root as such.

    Of a new one it is the order of vowels and consonants: some are no Kazakh syllables.
    """
    status = _status(known)
    found = [(f"ending{TAIL}_{status}", kind, root[-TAIL:])]
    if not known and len(root) <= SHORT_ROOT:
        found.append((f"short_{status}", kind, skeleton(root)))
    elif len(root) <= TAIL:
        found.append((f"short_{status}", kind, str(len(root))))
    return found


def clash_features(kind: str, root: str, known: bool) -> list[Feature]:
    """Features of a root and a chain that break vowel harmony; some loans and names do."""
    return [("clash", kind, _status(known)), ("clash_ending", "", root[-2:])]


def _status(known: bool) -> str:
    return "known" if known else "new"
