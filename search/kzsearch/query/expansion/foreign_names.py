"""Foreign names in the other alphabet, by how their letters sound: «Zuckerberg» as «Цукерберг».

A word is read letter by letter, in every way the press writes it (``foreign_sounds.tsv``), as long
as the index has a word that begins so. What is left are words of the index, so nothing is guessed;
what no rule gives stands in ``names.tsv``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice

from kzsearch.engine.nodes import TextField, Word
from kzsearch.engine.vocabulary import Vocabulary
from kzsearch.morphology import Analyzer, is_known_word
from kzsearch.query.expansion.expansion import SAME_MEANING, Expansion
from kzsearch.query.expansion.run import Run
from kzsearch.query.notes import NoteKind
from kzsearch.query.tables import read_rows
from kzsearch.query.tokens import Alternative

__all__ = ["ForeignNameExpander"]

_LATIN = re.compile("[a-z]{5,24}")
_CYRILLIC = re.compile("[а-яё]{5,24}")
"""Shorter words are other words by chance."""

_MOST_BEGINNINGS = 400
"""Beginnings that are looked up for one word: a bound on what a strange one costs."""

_SHORTEST_BEGINNING = 3
"""Letters; with fewer some word begins so anyway, and to count them takes long."""

_MOST = 2
"""Names that one word is searched for as."""

_MOST_NAMES = 4
"""Words of a row of plain words that are read so."""

_Sounds = Mapping[str, Sequence[str]]


class ForeignNameExpander:
    """Searches for foreign names as the index writes them. Safe for many threads."""

    def __init__(self, vocabulary: Callable[[], Vocabulary], analyzer: Analyzer) -> None:
        """``vocabulary``: gives that of the newest generation."""
        self._vocabulary = vocabulary
        self._analyzer = analyzer

    def expansions(self, run: Run, field: TextField | None) -> Iterator[Expansion]:
        """See ``Expander.expansions``."""
        known = self._vocabulary()
        names = [(at, slot[0].stems[0]) for at, slot in enumerate(run.slots) if len(slot) == 1]
        sounding = ((at, name, sounds) for at, name in names if (sounds := _sounds_of(name)))
        for at, name, sounds in islice(sounding, _MOST_NAMES):
            if found := self._written(name, sounds, known):
                words = (Word(word, self._analyzer.stems(word), field) for word in found)
                alternatives = tuple(Alternative(word, SAME_MEANING) for word in words)
                yield Expansion(at, at + 1, NoteKind.SYNONYM, ", ".join(found), alternatives)

    def _written(self, name: str, sounds: _Sounds, known: Vocabulary) -> list[str]:
        """The words of the index that are a name in the other alphabet, commonest first."""
        frequency = {word: self._frequency(word, known) for word in _readings(name, sounds, known)}
        found = [word for word in frequency if frequency[word]]
        return sorted(found, key=lambda word: (-frequency[word], word))[:_MOST]

    def _frequency(self, word: str, known: Vocabulary) -> int:
        stems = self._analyzer.stems(word)
        return known.doc_freq(word) or (known.stem_doc_freq(word) if word in stems else 0)


def _sounds_of(name: str) -> _Sounds | None:
    """How the letters of a word are written in the other alphabet, if it may be a foreign name."""
    if _LATIN.fullmatch(name):
        return _sounds()[0]
    return _sounds()[1] if _CYRILLIC.fullmatch(name) and not is_known_word(name) else None


def _readings(name: str, sounds: _Sounds, known: Vocabulary) -> set[str]:
    """A name in the other alphabet in every way that the index has a word beginning so."""
    readings: list[set[str]] = [{""}, *(set() for _ in name)]
    room = _MOST_BEGINNINGS
    longest = max(map(len, sounds))
    for at, beginnings in enumerate(readings[:-1]):
        for beginning in sorted(beginnings):
            for end in range(at + 1, min(at + longest, len(name)) + 1):
                for letters in sounds.get(name[at:end], ()):
                    longer = beginning + letters
                    if longer in readings[end]:
                        continue
                    room -= 1
                    if room < 0:
                        return readings[-1]
                    if len(longer) < _SHORTEST_BEGINNING or known.prefix_doc_freq(longer):
                        readings[end].add(longer)
    return readings[-1] - {""}


@cache
def _sounds() -> tuple[_Sounds, _Sounds]:
    """Cyrillic by Latin letters, and Latin by Cyrillic letters."""
    cyrillic, latin = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
    silent = []
    for row in read_rows("foreign_sounds.tsv"):
        if row[1] == "-":
            cyrillic[row[0]].append("")
            silent.append(row[0])
        else:
            cyrillic[row[0]].append(row[1])
            latin[row[1]].append(row[0])
    # A letter that is not heard stands behind one that is: Skype, John.
    for letters in latin.values():
        letters += [heard + unheard for heard in letters for unheard in silent]
    return cyrillic, latin
