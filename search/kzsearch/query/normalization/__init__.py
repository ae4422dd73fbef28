"""Repairs: queries in any script, from any keyboard, without Kazakh letters."""

from kzsearch.query.normalization.known_words import KnownWords
from kzsearch.query.normalization.normalizer import MAX_REPAIRED, Repairer
from kzsearch.query.normalization.repaired import RepairedQuery

__all__ = ["MAX_REPAIRED", "KnownWords", "RepairedQuery", "Repairer"]
