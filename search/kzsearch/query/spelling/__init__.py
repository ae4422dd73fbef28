"""Spelling: what misspelt words of a query were meant to be, by the words of the index."""

from kzsearch.query.spelling.speller import MAX_DOUBTFUL, Correction, Speller
from kzsearch.query.spelling.suggestion import Change, Suggestion, spelled

__all__ = [
    "MAX_DOUBTFUL",
    "Change",
    "Correction",
    "Speller",
    "Suggestion",
    "spelled",
]
