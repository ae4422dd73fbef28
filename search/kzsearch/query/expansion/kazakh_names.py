"""Kazakh names as Russian writes them: «Нұрлан» as «Нурлан», by a rule of letters.

Only names of the lexicon are read so, and only in a spelling that the index has and that is no
Kazakh word and no form of a Russian one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kzsearch.engine.nodes import TextField, Word
from kzsearch.engine.vocabulary import Vocabulary
from kzsearch.morphology import Term, is_known_word
from kzsearch.morphology.lexicon import is_name
from kzsearch.morphology.russian import is_russian_word, russian_lemma
from kzsearch.query.expansion.expansion import SAME_MEANING, Expansion
from kzsearch.query.expansion.run import Run
from kzsearch.query.notes import NoteKind
from kzsearch.query.tokens import Alternative

__all__ = ["KazakhNameExpander"]

_RUSSIAN = str.maketrans("әғқңөұүһі", "агкноуухи")
_SHORTEST = 4
"""Letters; shorter spellings are other words by chance."""


class KazakhNameExpander:
    """Searches for Kazakh names in Russian spelling, too. Safe for many threads."""

    def __init__(self, vocabulary: Callable[[], Vocabulary]) -> None:
        """``vocabulary``: gives that of the newest generation."""
        self._vocabulary = vocabulary

    def expansions(self, run: Run, field: TextField | None) -> Iterator[Expansion]:
        """See ``Expander.expansions``."""
        for at, slot in enumerate(run.slots):
            if len(slot) == 1 and (spelling := self._russian(slot[0])):
                word = Word(spelling, (spelling,), field)
                alternatives = (Alternative(word, SAME_MEANING),)
                yield Expansion(at, at + 1, NoteKind.SYNONYM, spelling, alternatives)

    def _russian(self, term: Term) -> str | None:
        """The Russian spelling of a name, if the index has it."""
        name = term.stems[0]
        spelling = name.translate(_RUSSIAN)
        if spelling in term.stems or len(spelling) < _SHORTEST or not is_name(name):
            return None
        known = self._vocabulary()
        if not (known.doc_freq(spelling) or known.stem_doc_freq(spelling)):
            return None
        is_form = is_russian_word(spelling) and russian_lemma(spelling) != spelling
        return None if is_form or is_known_word(spelling) else spelling
