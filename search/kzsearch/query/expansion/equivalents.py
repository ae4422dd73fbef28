"""Acronyms and synonyms: «ҚР-ның» also finds «Қазақстан Республикасының», and back.

Only what stands in a list is read, one step far: synonyms of synonyms are other words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kzsearch.engine.nodes import TextField
from kzsearch.engine.vocabulary import Vocabulary
from kzsearch.morphology import Analyzer
from kzsearch.query.expansion.expansion import SAME_MEANING, Expansion
from kzsearch.query.expansion.run import Atom, Run, run_of
from kzsearch.query.expansion.word_lists import Equivalents
from kzsearch.query.notes import NoteKind
from kzsearch.query.tokens import Alternative
from kzsearch.query.words import WordBuilder
from kzsearch.text import TokenKind, fold, normalize_text

__all__ = ["EquivalentExpander"]

LOWER_CASE_LETTERS = 3
"""Acronyms of so many letters are read in small letters too: «ақш», but not «ақ» (white)."""

_FIRST_LETTERS = 2
"""All forms of a word have them in common."""

_LAST_LETTERS = 2
"""Of the shorter of two forms, in which they may differ: орын and орны, мектеп and мектебі."""


@dataclass(frozen=True, slots=True)
class _Member:
    """A word or phrase of a group, analysed."""

    text: str
    kind: NoteKind
    run: Run
    is_acronym: bool

    def stands_at(self, atoms: Sequence[Atom]) -> bool:
        """Whether ``atoms`` begin with this member, in whatever forms."""
        pairs = zip(self.run.atoms, atoms, strict=False)
        return len(atoms) >= len(self.run.atoms) and all(
            _keys(own, self.is_acronym) & _keys(typed, self.is_acronym) for own, typed in pairs
        )


def may_be_forms(word: str, form: str) -> bool:
    """Whether two words may be forms of one: they begin alike, but for the last letters of the
    shorter one. Cheap; what it lets pass is analysed.
    """
    word, form = word.replace("-", ""), form.replace("-", "")
    common = max(0, min(len(word), len(form)) - _LAST_LETTERS)
    return word[:common] == form[:common]


class EquivalentExpander:
    """Searches for words and phrases of ``groups`` as the other members of their groups."""

    def __init__(
        self,
        groups: Sequence[Equivalents],
        analyzer: Analyzer,
        words: WordBuilder,
        vocabulary: Callable[[], Vocabulary] | None = None,
    ) -> None:
        """``vocabulary``: of the index; a synonym that no article holds is none to speak of."""
        self._vocabulary = vocabulary
        self._groups = groups
        self._analyzer = analyzer
        self._words = words
        self._runs: dict[str, Run] = {}

    def expansions(self, run: Run, field: TextField | None) -> Iterator[Expansion]:
        """See ``Expander.expansions``."""
        for at in range(len(run.atoms)):
            found: defaultdict[tuple[int, int], dict[str, _Member]] = defaultdict(dict)
            for member, group in self._beginning_with(run.atoms[at]):
                if member.stands_at(run.atoms[at:]):
                    span = run.slots_of(at, at + len(member.run.atoms))
                    if span:
                        others = [text for text in group.members if text != member.text]
                        found[span] |= {each.text: each for each in self._read(group, others)}
            for (first, end), meanings in found.items():
                if held := [each for each in meanings.values() if self._is_held(each)]:
                    yield self._expansion(first, end, held, field)

    def _is_held(self, member: _Member) -> bool:
        """Whether it may be found, as far as words tell; acronyms are told of in any case."""
        if self._vocabulary is None or member.kind is NoteKind.ACRONYM:
            return True
        index = self._vocabulary()
        return all(
            index.doc_freq(atom.term.surface) or any(map(index.stem_doc_freq, atom.term.stems))
            for atom in member.run.atoms
        )

    def _beginning_with(self, atom: Atom) -> Iterator[tuple[_Member, Equivalents]]:
        """Members whose first word is this one, each with its group."""
        for key in sorted(_keys(atom, True) | _keys(atom, False)):
            for first, text, group in self._by_letters.get(key[:_FIRST_LETTERS], ()):
                if may_be_forms(first, key):
                    for member in self._read(group, [text]):
                        if key in _keys(member.run.atoms[0], member.is_acronym):
                            yield member, group

    def _expansion(
        self, first: int, end: int, meanings: Sequence[_Member], field: TextField | None
    ) -> Expansion:
        phrases = (self._words.phrase(each.run.slots, field) for each in meanings)
        return Expansion(
            first,
            end,
            meanings[0].kind,
            ", ".join(each.text for each in meanings),
            tuple(Alternative(phrase, SAME_MEANING) for phrase in phrases),
        )

    @cached_property
    def _by_letters(self) -> Mapping[str, Sequence[tuple[str, str, Equivalents]]]:
        """Members by the first letters of their first word, with it and their group; they are
        analysed when a word like it is searched for.
        """
        members: defaultdict[str, list[tuple[str, str, Equivalents]]] = defaultdict(list)
        for group in self._groups:
            for text in group.members[: 1 if group.is_one_way else None]:
                folded = fold(normalize_text(text))
                first = (folded.split() or [""])[0]
                members[folded[:_FIRST_LETTERS]].append((first, text, group))
        return members

    def _read(self, group: Equivalents, members: Iterable[str]) -> Iterator[_Member]:
        """Some members of a group, analysed."""
        for text in members:
            run = self._runs.get(text)
            if run is None:
                run = self._runs[text] = run_of(self._analyzer.analyze(text, query=True))
            if run.atoms:
                is_acronym = group.kind is NoteKind.ACRONYM and text == group.members[0]
                yield _Member(text, group.kind, run, is_acronym)


def _keys(atom: Atom, is_acronym: bool) -> frozenset[str]:
    """What a word is compared by: its forms, or of an acronym the letters before a hyphen."""
    if not is_acronym:
        return atom.forms
    if atom.term.kind is TokenKind.ACRONYM:
        return frozenset((atom.term.surface.partition("-")[0],))
    return frozenset(form for form in atom.forms if len(form) >= LOWER_CASE_LETTERS)
