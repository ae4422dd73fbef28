"""Which word a root was made from: мемлекеттік from мемлекет, жүргіз from жүр.

Derivation makes new words, so the stemmer leaves it alone and the index keeps the words apart;
the relation is only told, for people and for ranking. A base is named only if it is a known root
of the right kind, so nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from kzsearch.morphology.data_files import read_rows
from kzsearch.morphology.lexicon import Lexicon
from kzsearch.morphology.phonology import BACK, FRONT, Repair, harmony_of, restore_root
from kzsearch.morphology.tables import NOUN, letter_classes, spell

__all__ = ["Derivation", "derived_from", "derived_words", "family_of"]

_SHORTEST_BASE = 2
_NOUN_PARTS = frozenset(("n", "adj", "adv", "num", "prop"))
_SOFTENING = str.maketrans("пкқ", "бгғ")
_SHORT_VOWELS = ("ы", "і")
_FURTHEST = 3  # steps of derivation: ой, ойла, ойлан, ойландыр
_MEMORY = 10_000


class Derivation(NamedTuple):
    """How a root was made.

    base: the word it was made from.
    suffix: the derivational suffix as spelled.
    gloss: what the suffix does.
    """

    base: str
    suffix: str
    gloss: str


class _Maker(NamedTuple):
    """A derivational suffix as spelled."""

    form: str
    after: frozenset[str]
    base: str
    gloss: str


@cache
def _makers() -> dict[str, list[_Maker]]:
    """The suffixes by their last letter, longest first."""
    found = {
        _Maker(spell(form, side), letter_classes(after), base, gloss)
        for form, after, base, gloss, _ in read_rows("derivations.tsv")
        for side in (BACK, FRONT)
    }
    makers: dict[str, list[_Maker]] = {}
    for maker in sorted(found, key=lambda m: (-len(m.form), m.form, m.base, m.gloss)):
        makers.setdefault(maker.form[-1], []).append(maker)
    return makers


@cache
def _underived() -> frozenset[str]:
    """Roots that only look as if they were made from another one: жұмыс, not from жұм."""
    return frozenset(row[0] for row in read_rows("underived.tsv"))


def derived_from(root: str, lexicon: Lexicon) -> Derivation | None:
    """The word a root was made from with a productive suffix, None if no known one is found."""
    if root in _underived():
        return None
    for maker in _makers().get(root[-1:], ()):
        written = root.removesuffix(maker.form)
        if written == root or len(written) < _SHORTEST_BASE or written[-1] not in maker.after:
            continue
        for word in _bases(written, maker):
            if _is(word, maker.base, lexicon):
                return Derivation(word, maker.form, maker.gloss)
    return None


def derived_words(base: str, lexicon: Lexicon) -> Iterator[str]:
    """The known roots made from a word in one step, in order of the suffixes."""
    written = dict.fromkeys((base, base[:-1] + base[-1:].translate(_SOFTENING)))
    if base.endswith(_SHORT_VOWELS):
        written[base[:-1]] = None
    for makers in _makers().values():
        for maker in makers:
            for start in written:
                word = start + maker.form
                made = derived_from(word, lexicon) if word in lexicon else None
                if made and made.base == base:
                    yield word


def family_of(stem: str) -> frozenset[str]:
    """The stems of the words made from the same word as this one, it among them.

    Only roots the stemmer's lexicon knows are told, so the family of any other word is itself.
    Cheap to ask again: the last 10,000 answers are kept.
    """
    from kzsearch.morphology.stemmer import default_stemmer

    return _family(stem, default_stemmer().lexicon)


@lru_cache(_MEMORY)
def _family(stem: str, lexicon: Lexicon) -> frozenset[str]:
    if stem not in lexicon:
        return frozenset((stem,))
    eldest = stem
    for _ in range(_FURTHEST):
        if made := derived_from(eldest, lexicon):
            eldest = made.base
    family = newest = {eldest}
    for _ in range(_FURTHEST):
        newest = {word for base in sorted(newest) for word in derived_words(base, lexicon)}
        family = family | newest
    return frozenset(family)


def _bases(written: str, maker: _Maker) -> Iterator[str]:
    """What the base may be that is written before a suffix (тілег-ім: тілек, оқ-ушы: оқы)."""
    yield written
    if written[-1] in "бгғ":
        yield restore_root(written, Repair.SOFTEN, BACK, "")
    if maker.form[0] == "у":
        yield restore_root(written, Repair.ADD_I, harmony_of(written), "")


def _is(word: str, base: str, lexicon: Lexicon) -> bool:
    parts = frozenset(lexicon.evidence(word)[0].split("|"))
    return not parts.isdisjoint(_NOUN_PARTS) if base == NOUN else "v" in parts
