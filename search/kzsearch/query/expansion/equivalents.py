"""Acronyms and synonyms: «ҚР-ның» also finds «Қазақстан Республикасының», and back.

Only what stands in a list is read, one step far: synonyms of synonyms are other words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
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


_Index = Mapping[str, Sequence[tuple[_Member, Sequence[_Member]]]]
"""Members by what their first word is compared by, each with the others of its group."""


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
        self._indexes: dict[str, _Index] = {}

    def expansions(self, run: Run, field: TextField | None) -> Iterator[Expansion]:
        """See ``Expander.expansions``."""
        for at in range(len(run.atoms)):
            found: defaultdict[tuple[int, int], dict[str, _Member]] = defaultdict(dict)
            for member, others in self._beginning_with(run.atoms[at]):
                if member.stands_at(run.atoms[at:]):
                    span = run.slots_of(at, at + len(member.run.atoms))
                    if span:
                        found[span] |= {other.text: other for other in others}
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

    def _beginning_with(self, atom: Atom) -> Iterator[tuple[_Member, Sequence[_Member]]]:
        for key in sorted(_keys(atom, True) | _keys(atom, False)):
            yield from self._index_of(key[:_FIRST_LETTERS]).get(key, ())

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
    def _groups_by_letters(self) -> Mapping[str, list[Equivalents]]:
        """Groups by the first letters of their members: only those asked for are analysed."""
        groups: defaultdict[str, dict[int, Equivalents]] = defaultdict(dict)
        for number, group in enumerate(self._groups):
            for member in group.members:
                groups[fold(normalize_text(member))[:_FIRST_LETTERS]][number] = group
        return {letters: list(found.values()) for letters, found in groups.items()}

    def _index_of(self, letters: str) -> _Index:
        """Members of some groups by their first word, each with the others of its group."""
        found = self._indexes.get(letters)
        if found is None:
            found = self._indexes[letters] = self._made_index(letters)
        return found

    def _made_index(self, letters: str) -> _Index:
        index: defaultdict[str, list[tuple[_Member, Sequence[_Member]]]] = defaultdict(list)
        for group in self._groups_by_letters.get(letters, ()):
            members = list(self._analysed(group))
            for member in members[:1] if group.is_one_way else members:
                others = [other for other in members if other is not member]
                for key in sorted(_keys(member.run.atoms[0], member.is_acronym)):
                    index[key].append((member, others))
        return index

    def _analysed(self, group: Equivalents) -> Iterator[_Member]:
        for number, text in enumerate(group.members):
            run = run_of(self._analyzer.analyze(text, query=True))
            if run.atoms:
                is_acronym = group.kind is NoteKind.ACRONYM and number == 0
                yield _Member(text, group.kind, run, is_acronym)


def _keys(atom: Atom, is_acronym: bool) -> frozenset[str]:
    """What a word is compared by: its forms, or of an acronym the letters before a hyphen."""
    if not is_acronym:
        return atom.forms
    if atom.term.kind is TokenKind.ACRONYM:
        return frozenset((atom.term.surface.partition("-")[0],))
    return frozenset(form for form in atom.forms if len(form) >= LOWER_CASE_LETTERS)
