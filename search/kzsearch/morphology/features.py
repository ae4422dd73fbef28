"""What the scorer looks at: the features of a chain of suffixes and of a root.

A feature is (template, kind, value); its learned weight says how much it speaks for an analysis.
``kind`` is BARE for a word without suffixes, else NOUN or VERB, what the chain attaches to.
The trainer and the scorer share these functions, so they cannot drift apart.
"""

from __future__ import annotations

from kzsearch.morphology.automaton import Chain
from kzsearch.morphology.lexicon import UNKNOWN, Evidence
from kzsearch.morphology.phonology import Repair

__all__ = [
    "BARE",
    "Feature",
    "chain_features",
    "clash_features",
    "root_features",
    "shape_features",
]

BARE = "bare"
Feature = tuple[str, str, str]


def chain_features(kind: str, repair: Repair, chain: Chain) -> list[Feature]:
    """Features of a chain of suffixes, of the order of its parts and of the repair before it."""
    names = [suffix.name for suffix in chain]
    return [
        ("length", kind, str(len(chain))),
        ("repair", kind, repair),
        ("form", kind, chain[0].form),
        ("last", kind, names[-1]),
        *(("suffix", kind, name) for name in names),
        *(
            ("pair", "", f"{left}>{right}")
            for left, right in zip([kind, *names], names, strict=False)
        ),
    ]


def root_features(kind: str, evidence: Evidence, layer: str, repair: Repair) -> list[Feature]:
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
        found.append((f"repaired_{status(evidence)}", kind, repair))
    return found


def shape_features(kind: str, root: str, evidence: Evidence) -> list[Feature]:
    """Features of the last letters of a root."""
    known = status(evidence)
    return [(f"ending{size}_{known}", kind, root[-size:]) for size in (1, 2, 3)]


def clash_features(kind: str, root: str, evidence: Evidence) -> list[Feature]:
    """Features of a root and a chain that break vowel harmony; some loans and names do."""
    return [("clash", kind, status(evidence)), ("clash_ending", "", root[-2:])]


def status(evidence: Evidence) -> str:
    """``known`` if anything speaks for a root beside its letters, else ``new``."""
    return "new" if evidence == UNKNOWN else "known"
