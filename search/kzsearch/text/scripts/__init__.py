"""Kazakh in other scripts and from other keyboards, read as Cyrillic."""

from __future__ import annotations

from kzsearch.text.scripts.bare import is_bare_kazakh, restored
from kzsearch.text.scripts.beginnings import beginnings
from kzsearch.text.scripts.conversion import Converted, to_cyrillic
from kzsearch.text.scripts.detection import Detection, detect_script
from kzsearch.text.scripts.keyboards import guess_layout, other_layout, repair_layout
from kzsearch.text.scripts.names import listed_words, personal_names
from kzsearch.text.scripts.ranking import Known, price
from kzsearch.text.scripts.readings import Reading, Reason, readings
from kzsearch.text.scripts.script import Script
from kzsearch.text.scripts.skeleton import skeleton
from kzsearch.text.scripts.writing import from_cyrillic, rewritten

__all__ = [
    "Converted",
    "Detection",
    "Known",
    "Reading",
    "Reason",
    "Script",
    "beginnings",
    "detect_script",
    "from_cyrillic",
    "guess_layout",
    "is_bare_kazakh",
    "listed_words",
    "other_layout",
    "personal_names",
    "price",
    "readings",
    "repair_layout",
    "restored",
    "rewritten",
    "skeleton",
    "to_cyrillic",
]
