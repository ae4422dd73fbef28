"""The query room: typed text in, the tree an engine answers out."""

from kzsearch.query.associations import OWN_TABLE, learn_associations
from kzsearch.query.completing import Completion, complete
from kzsearch.query.expansion import normalize_numbers
from kzsearch.query.filters import Filters, filter_nodes
from kzsearch.query.normalization import KnownWords
from kzsearch.query.notes import Note, NoteKind
from kzsearch.query.parsed import ParsedQuery
from kzsearch.query.parser import MAX_CHARACTERS, MAX_TERMS, QueryParser
from kzsearch.query.spelling import Change, Speller, Suggestion
from kzsearch.query.tables import stop_words

__all__ = [
    "MAX_CHARACTERS",
    "MAX_TERMS",
    "OWN_TABLE",
    "Change",
    "Completion",
    "Filters",
    "KnownWords",
    "Note",
    "NoteKind",
    "ParsedQuery",
    "QueryParser",
    "Speller",
    "Suggestion",
    "complete",
    "filter_nodes",
    "learn_associations",
    "normalize_numbers",
    "stop_words",
]
