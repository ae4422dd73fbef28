"""Russian words of a query, also searched in Kazakh."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kzsearch.engine.nodes import Node, Phrase, TextField, Word
from kzsearch.morphology import Term, stem
from kzsearch.query.expansion.expansion import Expansion
from kzsearch.query.expansion.run import Run
from kzsearch.query.notes import NoteKind
from kzsearch.query.tokens import Alternative
from kzsearch.query.translation.translator import Translator
from kzsearch.text import fold

__all__ = ["TranslationExpander"]

_HALF = 0.5


class TranslationExpander:
    """Searches for Russian words as Kazakh ones.

    A word and its translations are searched for as one word, found by any of their stems and
    as rare as all of them together. Apart, a Russian word, rare in a Kazakh archive, would
    outweigh the Kazakh one it means, and a word of many meanings one of few (Pirkola 1998,
    The effects of query structure and dictionary setups in dictionary-based cross-language
    information retrieval). See docs/translation.md for what that gains.
    """

    def __init__(self, translator: Translator | None = None) -> None:
        """``translator``: by default one with the vocabulary that ships with kzsearch."""
        self._translator = translator or Translator()

    def expansions(self, run: Run, field: TextField | None) -> Iterator[Expansion]:
        """See ``Expander.expansions``."""
        for translation in self._translator.translate([atom.term for atom in run.atoms]):
            if not (span := run.slots_of(translation.first, translation.end)):
                continue
            meant = ", ".join(translation.meanings)
            meanings = [fold(meaning).split() for meaning in translation.meanings]
            words = [meaning[0] for meaning in meanings if len(meaning) == 1]
            phrases = tuple(_phrase(words, field) for words in meanings if len(words) > 1)
            slot = run.slots[span[0]]
            is_one_word = span[1] - span[0] == len(slot) == 1
            found = (
                _as_one(slot[0], words, field)
                if is_one_word
                else (_word(word, field) for word in words)
            )
            alternatives = tuple(map(Alternative, (*found, *phrases)))
            yield Expansion(*span, NoteKind.TRANSLATION, meant, alternatives, is_one_word)


def _as_one(typed: Term, words: Sequence[str], field: TextField | None) -> Iterator[Word]:
    """A typed word and the words that translate it as one word.

    In two halves, so that the first letters of the Russian and of the usual Kazakh word both
    count, as those of one word do.
    """
    stems = tuple(dict.fromkeys((*typed.stems, *map(stem, words))))
    surfaces = (typed.surface, *words[:1])
    for surface in surfaces:
        yield Word(surface, stems, field, weight=_HALF if words else 1.0)


def _word(word: str, field: TextField | None) -> Word:
    return Word(word, (stem(word),), field)


def _phrase(words: Sequence[str], field: TextField | None) -> Node:
    return Phrase(tuple(_word(word, field) for word in words), tuple(range(len(words))), field)
