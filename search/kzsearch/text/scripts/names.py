"""Names and loanwords as Kazakh spells them, written down for this project.

The letters of another script leave open what these words have by history, not by rule: Тастемір
but Тәттібай, галстук but альбом. ``training/letter_model.py`` learns from them, and the
repairs of queries believe in the given names where no article has them.
"""

from __future__ import annotations

from functools import cache

from kzsearch.text.scripts.tables import rows

__all__ = ["listed_words", "name_elements", "personal_names"]

_PEOPLE = ("man", "woman", "both")


@cache
def listed_words() -> frozenset[str]:
    """Folded names of people, places and peoples, and loanwords."""
    names = (name for name, _, _ in rows("names.tsv"))
    return frozenset(names) | {word for word, _ in rows("loans.tsv")}


@cache
def personal_names() -> frozenset[str]:
    """Folded given names of people, from which surnames are made."""
    return frozenset(name for name, of, _ in rows("names.tsv") if of in _PEOPLE)


def name_elements(place: str) -> list[str]:
    """What given names begin (``first``) or end (``last``) with: ``нұр``, ``бек``."""
    return [element for element, where, _ in rows("name_elements.tsv") if where == place]
