"""Spelling: what misspelt words of a query were meant to be, by the words of the index."""

from kzsearch.query.spelling.correcting import (
    Change,
    Misspelling,
    Suggestion,
    corrected,
    misspellings,
    suggested,
    told,
)
from kzsearch.query.spelling.speller import MAX_DOUBTFUL, Correction, Speller

__all__ = [
    "MAX_DOUBTFUL",
    "Change",
    "Correction",
    "Misspelling",
    "Speller",
    "Suggestion",
    "corrected",
    "misspellings",
    "suggested",
    "told",
]
