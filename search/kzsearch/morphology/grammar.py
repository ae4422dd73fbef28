"""The grammar of a word: its class and case, and the form without its case.

Phrases are made of it (which words go together, where a phrase may end, how its last word stands
in a dictionary). It is read off the most believable analysis of the word alone, without context.
"""

from __future__ import annotations

from enum import Enum, auto
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

from kzsearch.morphology.automaton import Chain
from kzsearch.morphology.stemmer import Stemmer, default_stemmer

__all__ = ["Grammar", "WordClass", "grammar_of"]

_MEMORY = 100_000


class WordClass(Enum):
    """What a word is, as far as phrases need to know.

    NOUN: a noun in the nominative, alone, in the plural or possessed; a verbal noun is one.
    GENITIVE, OBLIQUE: a noun in the genitive, in any other case.
    ADJECTIVE: what only stands before a noun: adjectives, ordinals, -дағы, -лы, -сыз.
    NUMERAL: a number in words.
    VERB: a form of a verb that no noun phrase holds, a participle too.
    CONVERB: a verb that leans on the next one (сатып, бара).
    ADVERB, FUNCTION: an adverb; a pronoun, postposition, conjunction, particle or interjection.
    """

    NOUN = auto()
    GENITIVE = auto()
    OBLIQUE = auto()
    ADJECTIVE = auto()
    NUMERAL = auto()
    VERB = auto()
    CONVERB = auto()
    ADVERB = auto()
    FUNCTION = auto()


class Grammar(NamedTuple):
    """What is known of the form of a word.

    nominative: of a noun, the word without its case, plural and possession kept
        (``форумы`` of ``форумында``); of another word, itself.
    bare: a noun without any ending.
    possessed: a noun with a possessive ending, which closes an izafet (``қала әкімі``).
    verbal: a verbal noun, with endings or without (``қолдау``, ``қолдауға``).
    known: whether the lexicon has the root, so that the stem is sure to be a word.
    """

    word_class: WordClass
    nominative: str
    bare: bool = False
    possessed: bool = False
    verbal: bool = False
    known: bool = False


_Suffix = tuple[str, str, str]
"""Layer, letters and meaning of a suffix."""

_LOCATIVES = frozenset(("locative", "locative_third"))
_HARD = "дт"
"""What -лы becomes after some letters; there the accusative looks the same, and is commoner."""

_CASES = frozenset(("case", "case_third", "dative_possessed", *_LOCATIVES))
_POSSESSIVES = frozenset(("possessive", "possessive_plural", "possessive_third"))
_NOMINAL = frozenset(("plural", "action", "passive", "reciprocal", "negation", *_POSSESSIVES))
"""Layers that leave a noun a noun, or make a verb one (``action`` is the last of its layers)."""

_LAST = {
    "relative": WordClass.ADJECTIVE,
    "temporal": WordClass.ADJECTIVE,
    "similative": WordClass.ADJECTIVE,
    "similative_third": WordClass.ADJECTIVE,
    "abessive": WordClass.ADJECTIVE,
    "abessive_third": WordClass.ADJECTIVE,
    "proprietive": WordClass.ADJECTIVE,
    "comparative": WordClass.ADJECTIVE,
    "ordinal": WordClass.ADJECTIVE,
    "collective": WordClass.NUMERAL,
    "equative": WordClass.ADVERB,
    "equative_third": WordClass.ADVERB,
    "converb": WordClass.CONVERB,
    "present": WordClass.CONVERB,
}
"""Class of a word by the last layer of its endings; a verb by any other that makes no noun."""

_ROOTS = (
    ({"n", "prop"}, WordClass.NOUN),
    ({"adj"}, WordClass.ADJECTIVE),
    ({"num"}, WordClass.NUMERAL),
    ({"adv"}, WordClass.ADVERB),
    ({"pron", "det", "post", "pos", "conj", "part", "intj"}, WordClass.FUNCTION),
    ({"v"}, WordClass.VERB),
)
"""Class of a word without endings by its parts of speech, the first that fits."""


@lru_cache(_MEMORY)
def grammar_of(word: str) -> Grammar:
    """The grammar of a Kazakh word in small letters, by the stemmer that ships with kzsearch."""
    return _grammar(default_stemmer(), word)


def _grammar(stemmer: Stemmer, word: str) -> Grammar:
    if word in stemmer.fixed:
        own = stemmer.fixed[word] == word
        word_class = _root_class(stemmer, word) if own else WordClass.FUNCTION
        return Grammar(word_class, word, bare=own, known=own)
    if stemmer.is_plain(word):
        best = stemmer.cutter.best(word)
        chain = best.ending.chain if best.ending else ()
        known = best.root in stemmer.lexicon.known
        bare = best.root if len(chain) == 1 else ""
        if not chain:
            return Grammar(_root_class(stemmer, word), word, bare=True, known=known)
        return _inflected(word, _suffixes(chain), bare, known)
    return _joined(stemmer, word)


def _root_class(stemmer: Stemmer, root: str) -> WordClass:
    parts = frozenset(stemmer.lexicon.evidence(root)[0].split("|"))
    return next((found for some, found in _ROOTS if not parts.isdisjoint(some)), WordClass.NOUN)


def _inflected(word: str, suffixes: list[_Suffix], root: str, known: bool) -> Grammar:
    """Of a word with endings; ``root``: its dictionary form if there is one ending only."""
    layers = [layer for layer, _, _ in suffixes]
    nominal = list(takewhile(_NOMINAL.__contains__, layers))
    is_verbal = "action" in nominal
    possessed = not _POSSESSIVES.isdisjoint(nominal)
    if layers == ["proprietive"] and suffixes[0][1][0] in _HARD:
        return Grammar(WordClass.OBLIQUE, root, bare=True, known=known)
    if (made := _LAST.get(layers[-1])) is not None:
        return Grammar(made, word, known=known)
    makes_verb = not {"passive", "reciprocal", "negation"}.isdisjoint(nominal) and not is_verbal
    rest = suffixes[len(nominal) :]
    if makes_verb or any(layer not in _CASES for layer, _, _ in rest):
        return Grammar(WordClass.VERB, word, known=known)
    if not rest:
        return Grammar(WordClass.NOUN, word, possessed=possessed, verbal=is_verbal, known=known)
    layer, _, case = rest[0]
    if is_verbal and layer in _LOCATIVES:
        return Grammar(WordClass.VERB, word, known=known)  # a headline's predicate: өтуде
    nominative = root or word[: len(word) - sum(len(form) for _, form, _ in rest)]
    word_class = WordClass.GENITIVE if case == "genitive" else WordClass.OBLIQUE
    return Grammar(word_class, nominative, not nominal, possessed, is_verbal, known)


def _joined(stemmer: Stemmer, word: str) -> Grammar:
    """Of a word with a hyphen or other signs in it: of an ending after the hyphen (ақш-тың)."""
    parts = stemmer.joined(word)
    if parts is None or parts[1] in stemmer.particles:
        return Grammar(WordClass.NOUN, word, bare=True)
    if word in stemmer.lexicon:
        return Grammar(_root_class(stemmer, word), word, bare=True, known=True)
    head, tail = parts
    if stemmer.is_ending(head, tail):
        return _inflected(word, _suffixes(stemmer.cutter.ending(tail) or ()), head, known=True)
    of_last = _grammar(stemmer, tail)
    return of_last._replace(nominative=word.removesuffix(tail) + of_last.nominative)


def _suffixes(chain: Chain) -> list[_Suffix]:
    return [(part.layer, part.form, part.gloss) for part in chain]
