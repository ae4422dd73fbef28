"""Repairs: queries in any script, from any keyboard, without Kazakh letters."""

from kzsearch.query.repairs.repaired import RepairedQuery
from kzsearch.query.repairs.repairer import MAX_REPAIRED, Repairer
from kzsearch.query.repairs.vocabulary import KnownWords

__all__ = ["MAX_REPAIRED", "KnownWords", "RepairedQuery", "Repairer"]
