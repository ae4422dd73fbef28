"""Capitalised words that are names: «Семей» is the city, not a form of Russian «семья»."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kzsearch.morphology import Analyzer
from kzsearch.morphology.lexicon import is_name
from kzsearch.morphology.russian import russian_lemma
from kzsearch.query.tokens import QueryToken
from kzsearch.text import Language

__all__ = ["with_names"]


def with_names(tokens: Sequence[QueryToken], analyzer: Analyzer) -> tuple[QueryToken, ...]:
    """The tokens, names of the lexicon that were read as forms of Russian words read as names.

    Only with a capital, in small letters both are meant; and only where no other word of the
    query is Russian.
    """
    names = {at for at, token in enumerate(tokens) if _is_name(token, analyzer)}
    others = (term for at, token in enumerate(tokens) if at not in names for term in token.slot)
    if not names or any(term.language is Language.RUSSIAN for term in others):
        return tuple(tokens)
    return tuple(
        _read(token, analyzer) if at in names else token for at, token in enumerate(tokens)
    )


def _is_name(token: QueryToken, analyzer: Analyzer) -> bool:
    if len(token.slot) != 1 or token.also or not token.text.istitle():
        return False
    (term,) = token.slot
    if term.language is not Language.RUSSIAN or russian_lemma(term.surface) == term.surface:
        return False
    return is_name(analyzer.stems(term.surface)[0])


def _read(token: QueryToken, analyzer: Analyzer) -> QueryToken:
    (term,) = token.slot
    stems = analyzer.stems(term.surface)
    return replace(token, slot=(replace(term, stems=stems, language=Language.KAZAKH),))
