"""The morphology room: words in, stems out."""

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
