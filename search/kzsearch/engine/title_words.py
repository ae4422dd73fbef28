"""The words of a title as completions need them: noun phrases, and how each word stands in one.

A phrase that is offered is a noun phrase: its words lean on one another (genitive, adjective,
bare noun before a noun), and its last word is a noun that is shown without its case. Where a title
goes on in another way (after a case ending, at a verb or an adverb) no phrase reaches over it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from enum import IntFlag
from functools import cache, lru_cache
from itertools import groupby, pairwise
from operator import attrgetter
from pkgutil import get_data
from typing import NamedTuple

from kzsearch.morphology import Term
from kzsearch.morphology.grammar import Grammar, WordClass, grammar_of
from kzsearch.morphology.russian import is_russian_word
from kzsearch.text import Language, TokenKind, fold, normalize_text

__all__ = ["TitleWord", "Use", "edge_words", "title_words"]


class Use(IntFlag):
    """What a phrase may do with a word.

    BEGIN, END: begin with it, end with it, where the phrase has several words.
    ALONE: be it.
    STEM: alone it is shown as its stem, which is a word.
    CLOSES: it has an ending that closes a noun phrase; what follows is another one.
    POSSESSED: that ending is a possessive.
    """

    BEGIN = 1
    END = 2
    ALONE = 4
    STEM = 8
    CLOSES = 16
    POSSESSED = 32


class TitleWord(NamedTuple):
    """A word of a title, for completions.

    written: as written, in the case of running text where the body of the article shows it.
    word: what phrases know it by: in small letters, and at the end of a noun phrase without case.
    last: how it is shown at the end of a phrase, in small letters.
    stem: what forms of a word have in common.
    use: what a phrase may do with the word.
    follows: it belongs to the word before: nothing but blanks parts them, and grammar does not.
    """

    written: str
    word: str
    last: str
    stem: str
    use: Use
    follows: bool


_OFFERED = frozenset((TokenKind.WORD, TokenKind.ACRONYM, TokenKind.COMPOUND, TokenKind.NUMBER))
"""Kinds of words that are worth offering; addresses, signs and hashtags break a phrase."""

_ANY = Use.BEGIN | Use.END | Use.ALONE

_USES = {
    WordClass.NOUN: _ANY,
    WordClass.GENITIVE: _ANY | Use.CLOSES,
    WordClass.OBLIQUE: _ANY,
    WordClass.ADJECTIVE: Use.BEGIN,
    WordClass.NUMERAL: Use.BEGIN,
    WordClass.CONVERB: Use.BEGIN,
}
"""Uses of the words of a class; of any other word a phrase makes none."""

_FORBIDDEN = {"begin": Use.BEGIN, "end": Use.END | Use.ALONE, "both": _ANY}

_JOINING = frozenset(("conjunction", "postposition", "russian", "english"))
"""Classes of ``data/edges.tsv`` that stand within a phrase; others part two phrases."""

_LEANING = frozenset((WordClass.OBLIQUE, WordClass.CONVERB))
"""What stands within a phrase only before a verbal noun or a postposition."""

_PARTING = frozenset((WordClass.VERB, WordClass.ADVERB, WordClass.FUNCTION))

_SHORT = 2
"""Letters of a word that a phrase may use only if the lexicon has it or it is an acronym."""

_SHORTEST_ROOT, _ENDING = 4, 3
"""Letters by which a word is known in a body, and letters that may be its ending."""

_LONGEST_ACRONYM = 5

_MEMORY = 1 << 15
"""Words of titles that are remembered: titles repeat them."""


class _Word(NamedTuple):
    """A word of a title with its grammar; ``kind``: its class in ``data/edges.tsv``, or ''."""

    term: Term
    grammar: Grammar
    kind: str
    adjoins: bool


def title_words(title: str, terms: Iterable[Term], body: str = "") -> list[TitleWord]:
    """The words of a title in order, a compound as one word.

    terms: the analysed title. A word follows the one before only across blanks: a phrase never
    reaches over a comma, a dash or a quotation mark.
    body: of the article; the first word of a title has a capital whatever it is, the body tells.
    """
    found = _leaning(_read(title, terms))
    follows = [False, *(_joined(before, after) for before, after in pairwise(found))]
    shouted = title.isupper()
    words = []
    for number, word in enumerate(found):
        goes_on = number + 1 < len(found) and follows[number + 1]
        written = _written(title[word.term.start : word.term.end], word.term.surface)
        if body and written[:1].isupper():
            written = _in_running_text(written, body, shouted or number == 0)
        words.append(_title_word(written, word, follows[number], goes_on))
    return words


def _read(title: str, terms: Iterable[Term]) -> Iterator[_Word]:
    end = 0
    for _, (term, *_parts) in groupby(terms, key=attrgetter("position")):
        if term.kind in _OFFERED:
            _, kind = _edges().get(term.surface, (Use(0), ""))
            yield _Word(term, _grammar(term), kind, title[end : term.start].isspace())
            end = term.end


def _leaning(words: Iterable[_Word]) -> list[_Word]:
    """The words with every converb that leans on no verbal noun taken for a verb."""
    found: list[_Word] = []
    for word in reversed(list(words)):
        leans = found and found[-1].adjoins and found[-1].grammar.verbal
        if word.grammar.word_class is WordClass.CONVERB and not leans:
            word = word._replace(grammar=word.grammar._replace(word_class=WordClass.VERB))
        found.append(word)
    return found[::-1]


def _grammar(term: Term) -> Grammar:
    if term.kind is TokenKind.NUMBER:
        return Grammar(WordClass.NUMERAL, term.surface)
    if term.language is Language.RUSSIAN and is_russian_word(term.surface):
        own = term.surface == term.stems[0]
        return Grammar(WordClass.NOUN, term.surface, bare=own, known=True)
    return grammar_of(term.surface)


def _joined(before: _Word, after: _Word) -> bool:
    """Whether two neighbours may stand in one phrase."""
    if not after.adjoins or not (_is_inside(before) and _is_inside(after)):
        return False
    if before.grammar.word_class in _LEANING and not before.kind:
        return after.grammar.verbal or after.kind == "postposition"
    return True


def _is_inside(word: _Word) -> bool:
    """Whether a phrase may hold a word at all."""
    if word.kind:
        return word.kind in _JOINING
    return word.grammar.word_class not in _PARTING


def _title_word(written: str, word: _Word, follows: bool, goes_on: bool) -> TitleWord:
    """goes_on: the next word belongs to this one."""
    term = word.term
    known = (term.surface, term.stems[0], term.kind is TokenKind.NUMBER)
    is_russian = term.language is Language.RUSSIAN
    return _remembered(written, *known, is_russian, word.grammar, follows, goes_on)


@lru_cache(_MEMORY)
def _remembered(
    written: str,
    surface: str,
    stem: str,
    is_number: bool,
    is_russian: bool,
    grammar: Grammar,
    follows: bool,
    goes_on: bool,
) -> TitleWord:
    """``_title_word``, by all that it depends on."""
    of_word = surface if goes_on else grammar.nominative
    word_class = grammar.word_class
    if not goes_on and word_class in (WordClass.OBLIQUE, WordClass.GENITIVE):
        word_class = WordClass.NOUN
    use = _USES.get(word_class, Use(0))
    if is_russian and grammar.word_class is WordClass.NOUN and not grammar.bare:
        use &= ~Use.END
    is_short = len(of_word) <= _SHORT and not is_number
    if is_short and not grammar.known and not written[1:].isupper():
        use = Use(0)
    if grammar.possessed and word_class is not WordClass.OBLIQUE:
        use |= Use.CLOSES | Use.POSSESSED
    if grammar.known and not (grammar.bare or grammar.verbal) and use & Use.ALONE:
        use |= Use.STEM
    forbidden, _ = _edges().get(surface, (Use(0), ""))
    return TitleWord(written, of_word, grammar.nominative, stem, use & ~forbidden, follows)


@lru_cache(_MEMORY)
def _written(original: str, surface: str) -> str:
    """The word as written; of a word in another script its surface, with the same capital."""
    written = normalize_text(original)
    if fold(written) == surface:
        return written
    return surface[0].upper() + surface[1:] if written[:1].isupper() else surface


def _in_running_text(written: str, body: str, doubtful: bool) -> str:
    """The word with the capitals that the body mostly gives it, if the body has it.

    doubtful: its capital says nothing, as it is the first word of a title or all are capitals;
        else only a short word is looked up, which may be an acronym (Ақш).
    """
    head, hyphen, tail = written.partition("-")
    spellings = [written]
    if doubtful:
        spellings += [written.lower(), written.capitalize()]
    if 1 < len(head) <= _LONGEST_ACRONYM and not written.isupper():
        spellings.append(head.upper() + hyphen + tail)
    if len(spellings) == 1:
        return written
    counts = Counter({spelling: _occurrences(spelling, body) for spelling in spellings})
    if spellings[-1].startswith(head.upper()):
        counts[spellings[-1]] = body.count(f" {head.upper()}")
    best, most = counts.most_common(1)[0]
    return best if most > counts[written] else written


def _occurrences(spelling: str, body: str) -> int:
    """How often a body has a word within a sentence, perhaps with another ending."""
    if len(spelling) < _SHORTEST_ROOT:
        return body.count(f" {spelling} ") - body.count(f". {spelling} ")
    root = spelling[: max(_SHORTEST_ROOT, len(spelling) - _ENDING)]
    return body.count(f" {root}") - body.count(f". {root}")


def edge_words() -> Iterator[list[str]]:
    """The rows of ``data/edges.tsv``: word, edge it cannot stand at, class, example."""
    text = (get_data("kzsearch.engine", "data/edges.tsv") or b"").decode("utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


@cache
def _edges() -> Mapping[str, tuple[Use, str]]:
    """Of a word what a phrase may not do with it, and its class."""
    return {word: (_FORBIDDEN[edge], kind) for word, edge, kind, _example in edge_words()}
