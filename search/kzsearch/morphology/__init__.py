"""The morphology room: words in, stems out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzsearch.lazy import names_of

if TYPE_CHECKING:
    from kzsearch.morphology.analysis import SuffixUse, WordAnalysis
    from kzsearch.morphology.analyzer import Analyzer
    from kzsearch.morphology.derivation import Derivation
    from kzsearch.morphology.stemmer import analyze_word, is_known_word, stem
    from kzsearch.morphology.terms import Term

__all__ = [
    "Analyzer",
    "Derivation",
    "SuffixUse",
    "Term",
    "WordAnalysis",
    "analyze_word",
    "is_known_word",
    "stem",
]

__getattr__ = names_of(
    __name__,
    {
        "Analyzer": "analyzer",
        "Derivation": "derivation",
        "SuffixUse": "analysis",
        "Term": "terms",
        "WordAnalysis": "analysis",
        "analyze_word": "stemmer",
        "is_known_word": "stemmer",
        "stem": "stemmer",
    },
)
