"""Spelling: what a misspelt word of a query was meant to be, by the words of the index."""

from kzsearch.query.spelling.speller import Correction, IndexWords, Speller

__all__ = ["Correction", "IndexWords", "Speller"]
