"""Normalisation: words in any script, from any keyboard, without Kazakh letters, put right."""

from kzsearch.query.normalization.known_words import KnownWords
from kzsearch.query.normalization.normalized import Normalized
from kzsearch.query.normalization.normalizer import MAX_REPAIRED, Normalizer, letters_of

__all__ = ["MAX_REPAIRED", "KnownWords", "Normalized", "Normalizer", "letters_of"]
