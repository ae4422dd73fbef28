"""Nouns that share a stem with a verb: which words as written are forms of the noun.

The stemmer gives «оралды» (returned) the stem of the city Орал, and «тіледі» (wished) that of тіл
beside its own. Who types a name with a capital means no verb; who types a noun in small letters
means no word that only another verb is likelier for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from math import inf

from kzsearch.engine.vocabulary import Vocabulary
from kzsearch.morphology import Term
from kzsearch.morphology.lexicon import is_name, load_parts
from kzsearch.morphology.verb_forms import doubt_of_noun, is_verb_form
from kzsearch.query.notes import Note, NoteKind, undo_as
from kzsearch.query.tables import read_rows
from kzsearch.query.tokens import QueryToken
from kzsearch.text import Language

__all__ = ["with_noun_forms"]

_NO_NOUN = {"v", "adv", "pron", "det", "post", "conj", "part", "intj"}
_DOUBTFUL = 0.5
"""Doubt of a noun (``doubt_of_noun``) above which a verb is meant, where a name would be."""


def with_noun_forms(
    typed: str, tokens: Sequence[QueryToken], vocabulary: Vocabulary
) -> tuple[QueryToken, ...]:
    """The tokens; of nouns whose stem is also that of verb forms only their own forms count.

    typed: the query. A name in small letters keeps all, with a note that says so.
    """
    return tuple(_read(typed, token, vocabulary) for token in tokens)


def _read(typed: str, token: QueryToken, vocabulary: Vocabulary) -> QueryToken:
    if len(token.slot) != 1 or token.also or token.is_minor or not _is_noun(token.slot[0]):
        return token
    (root,) = token.slot[0].stems
    surfaces = vocabulary.surfaces(root)
    is_named = is_name(root) or root in _given_names()
    all_count = is_named and "v" in load_parts().get(root, "v").split("|")
    doubts = {
        surface: doubt_of_noun(surface, root)
        for surface, is_likeliest in surfaces.items()
        if (all_count or not is_likeliest) and is_verb_form(surface)
    }
    others = {each for each, doubt in doubts.items() if doubt == inf and not surfaces[each]}
    if not is_named:
        return _only(token, surfaces, others)
    verbs = {surface for surface, doubt in doubts.items() if doubt > _DOUBTFUL}
    if token.text.istitle():
        return _only(token, surfaces, verbs)
    token = _only(token, surfaces, others)
    told = verbs - others
    if not told or token.note:
        return token
    example = max(sorted(told), key=vocabulary.doc_freq)
    name = token.text.capitalize()
    undo = undo_as(typed, token.start, token.end, name)
    return replace(token, note=Note(NoteKind.NAME, token.text, f"{name}, {example}", undo))


def _only(token: QueryToken, surfaces: Iterable[str], without: set[str]) -> QueryToken:
    """The token, found by the surfaces but for some of them."""
    if not without:
        return token
    (term,) = token.slot
    forms = dict.fromkeys((term.surface, *(each for each in surfaces if each not in without)))
    return replace(token, forms=tuple(forms))


def _is_noun(term: Term) -> bool:
    """Whether a term is a form of a listed noun and of nothing else that it may be."""
    if term.language is Language.RUSSIAN or len(term.stems) > 1 or is_verb_form(term.surface):
        return False
    parts = load_parts().get(term.stems[0])
    return (
        bool(parts and not _NO_NOUN.issuperset(parts.split("|"))) or term.stems[0] in _given_names()
    )


@cache
def _given_names() -> frozenset[str]:
    return frozenset(name for name, _meaning, _example in read_rows("given_names.tsv"))
