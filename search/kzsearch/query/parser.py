"""From typed text to the tree an engine answers: a pipeline, every stage of which runs once.

    text ─ syntax ─ normalisation ─ spelling ─ names ─ dates ─ nouns ─ expansion ─ clauses ─ nodes

``syntax`` tells words from operators. From then on tuples of ``QueryToken`` are handed on:
words in other scripts, then misspelt ones, are read as what was meant; dates become filters;
numbers, acronyms, synonyms and Russian words get alternatives. ``clauses`` tells what must and
what should be found. Each thing read into a word leaves a note that says how to undo it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cached_property, partial

from kzsearch.documents.article import ALMATY
from kzsearch.engine.vocabulary import Vocabulary
from kzsearch.morphology import Analyzer
from kzsearch.query.associations import (
    Associations,
    merged,
    own_associations,
    related_to,
    shipped_associations,
)
from kzsearch.query.clauses import Clauses, QueryType, is_headline, query_type
from kzsearch.query.date_phrases import find_dates
from kzsearch.query.dated import dated
from kzsearch.query.expansion import (
    CompoundExpander,
    EquivalentExpander,
    Equivalents,
    Expander,
    ForeignNameExpander,
    KazakhNameExpander,
    NumberExpander,
    OwnerLists,
    expand,
    read_equivalents,
)
from kzsearch.query.normalization import Normalized, Normalizer, letters_of
from kzsearch.query.notes import Note, NoteKind, undo_exactly
from kzsearch.query.noun_forms import with_noun_forms
from kzsearch.query.parsed import ParsedQuery
from kzsearch.query.proper_names import with_names
from kzsearch.query.query_nodes import NodeBuilder
from kzsearch.query.spelling import Speller, corrected, misspellings, suggested, told
from kzsearch.query.syntax import Leaf, LeafKind, Syntax, parse_syntax, plain_rows, quotations
from kzsearch.query.tokens import QueryToken, without_dates
from kzsearch.query.translation import TranslationExpander, Translator
from kzsearch.query.words import WordBuilder
from kzsearch.text import fold
from kzsearch.text.scripts.detection import LetterFamily, letter_family

__all__ = ["MAX_CHARACTERS", "MAX_TERMS", "QueryParser"]

MAX_CHARACTERS = 2_000
"""Code points of a query that are read; the rest is ignored."""

MAX_TERMS = 64
"""Words of a query that are searched for; the rest is ignored."""


class QueryParser:
    """Parses queries with the analyzer that indexed the articles. Safe for many threads."""

    def __init__(
        self,
        analyzer: Analyzer,
        *,
        vocabulary: Callable[[], Vocabulary] | None = None,
        speller: Speller | None = None,
        lists: OwnerLists | None = None,
        associations: bytes | None = None,
        translator: Translator | None = None,
        today: Callable[[], dt.date] = lambda: dt.datetime.now(ALMATY).date(),
    ) -> None:
        """Make a parser.

        vocabulary: gives the words of the newest generation, by which other scripts and
            keyboards are read; without it, words are searched for as typed.
        speller: of the same index; without it, misspelt words are searched for as typed.
        lists: gives the acronyms.tsv and synonyms.tsv of the index's owner.
        associations: the table of what the index has learned.
        translator: of Russian words; by default with the vocabulary that ships.
        today: the day that «кеше» is the day before; by default Almaty's.
        Raises WordListError.
        """
        self._analyzer = analyzer
        self._today = today
        self._speller = speller
        self._vocabulary = vocabulary
        self._words = WordBuilder(analyzer)
        self._own_associations = own_associations(associations)
        equivalents = read_equivalents(lists)
        self._normalizer = (
            Normalizer(
                vocabulary, analyzer.stems, _acronyms(equivalents), _latin_names(equivalents)
            )
            if vocabulary
            else None
        )
        translation = TranslationExpander(translator)
        self._expanders: Sequence[Expander] = (
            EquivalentExpander(equivalents, analyzer, self._words, vocabulary),
            NumberExpander(analyzer),
            *(_of_index(vocabulary, analyzer, self._words) if vocabulary else ()),
            translation,
        )
        self._expanders_of_sentences = (translation,)  # else a sentence says enough as it is

    def parse(self, text: str, *, exact: bool = False) -> ParsedQuery:
        """The meaning of a typed query. Never raises: what is no operator is a word.

        exact: read nothing into words and repair none; they still match in every form.
        """
        normalized = self._normalized(text[:MAX_CHARACTERS], exact)
        syntax = normalized.syntax
        tokens = normalized.tokens(self._analyzer, MAX_TERMS)
        notes = [*normalized.notes]
        suggestion = meant = None
        if self._speller and (wrong := misspellings(syntax, tokens, self._speller)):
            sure = [word for word in wrong if word.unasked and not exact]
            if len(sure) < len(wrong) and (suggestion := suggested(syntax.text, tokens, wrong)):
                right = corrected(tokens, wrong, self._analyzer)
                meant = self._built(syntax, right, exact=exact)
            notes += told(syntax.text, tokens, sure)
            tokens = corrected(tokens, sure, self._analyzer)
        query = self._built(syntax, tokens, exact=exact)
        notes += query.notes
        letters = _letters(syntax.text, notes)
        return replace(
            query, notes=tuple(notes), suggestion=suggestion, suggested=meant, letters=letters
        )

    def _normalized(self, text: str, exact: bool) -> Normalized:
        """The syntax of a query, parsed once, and its words in the right script and letters."""
        if self._normalizer is None or exact:
            return Normalized(parse_syntax(text))
        known = self._normalizer.known_words()
        syntax = parse_syntax(text, partial(letters_of, known=known))
        return self._normalizer.normalize(syntax, known)

    def _built(self, syntax: Syntax, tokens: tuple[QueryToken, ...], *, exact: bool) -> ParsedQuery:
        """The stages behind spelling: names, dates, expansion, clauses, nodes."""
        tokens = with_names(tokens, self._analyzer)
        rows = list(plain_rows(syntax.root))
        words = self._words
        dates = tokens if exact else find_dates(syntax.text, tokens, rows, self._today())
        kind = query_type(syntax, dates, rows)
        if not exact:
            if kind.is_question:
                words = self._with_relatives(tokens)
            if not kind.is_sentence:
                tokens = dates
                if self._vocabulary:
                    tokens = with_noun_forms(syntax.text, tokens, self._vocabulary())
            expanders = self._expanders_of_sentences if kind.is_sentence else self._expanders
            tokens = expand(syntax.text, tokens, rows, expanders)

        def clauses(tokens: Sequence[QueryToken]) -> Clauses:
            return Clauses(NodeBuilder(syntax.text, tokens, words), syntax.root, kind)

        rest = clauses(tokens)
        query = rest.query()
        plain = without_dates(tokens)
        if rest.days:
            query = dated(query, clauses(plain).query(), rest.days)
        quoted = list(quotations(syntax.root))
        unquoted = None
        if is_headline(tokens, rows, quoted) and not exact:
            builder = NodeBuilder(syntax.text, plain, words)
            sentence = QueryType(kind.is_question, is_sentence=True)
            names = (LeafKind.NAME, LeafKind.PHRASE)
            told = tuple(_unquoted(syntax.text, leaf) for leaf in quoted)
            unquoted = replace(Clauses(builder, syntax.root, sentence, names).query(), notes=told)
        notes = tuple(token.note for token in tokens if token.note)
        return replace(query, notes=notes, unquoted=unquoted)

    def _with_relatives(self, tokens: Sequence[QueryToken]) -> WordBuilder:
        """A builder that gives words their relatives, but for those that are asked for anyway.

        Who asks a question does not know the words of its answer; who types words or pastes a
        headline does.
        """
        asked = {stem for token in tokens for term in token.slot for stem in term.stems}
        return WordBuilder(
            self._analyzer, lambda term: related_to(term.stems, self._associations, asked)
        )

    @cached_property
    def _associations(self) -> Associations:
        return merged(self._own_associations, shipped_associations())


def _letters(text: str, notes: Iterable[Note]) -> LetterFamily | None:
    """The letters in which the answers of a query are wanted, None where it does not tell.

    Names in Latin letters (NATO, Facebook) stand in Cyrillic articles, too; only words that are
    Kazakh in other letters ask for articles in these.
    """
    family = letter_family(text)
    if family is LetterFamily.CYRILLIC:
        return family
    in_script = [note.typed for note in notes if note.kind is NoteKind.SCRIPT]
    return family if in_script and letter_family(" ".join(in_script)) is family else None


def _unquoted(text: str, leaf: Leaf) -> Note:
    """The note of a quotation that is searched for by its words."""
    start, end = leaf.start - 1, leaf.end + 1
    meant = ", ".join(text[leaf.start : leaf.end].split())
    return Note(NoteKind.PHRASE, text[start:end], meant, undo_exactly(text, start, end))


def _of_index(
    vocabulary: Callable[[], Vocabulary], analyzer: Analyzer, words: WordBuilder
) -> Iterable[Expander]:
    """The expanders that look for words of the index."""
    yield CompoundExpander(vocabulary, analyzer, words)
    yield ForeignNameExpander(vocabulary, analyzer)
    yield KazakhNameExpander(vocabulary)


def _latin_names(equivalents: Iterable[Equivalents]) -> frozenset[str]:
    """Folded words of the lists that are names in Latin letters."""
    members = (
        member for each in equivalents if each.kind is NoteKind.SYNONYM for member in each.members
    )
    return frozenset(fold(member) for member in members if member.isascii() and member.isalpha())


def _acronyms(equivalents: Iterable[Equivalents]) -> frozenset[str]:
    return frozenset(fold(each.members[0]) for each in equivalents if each.kind is NoteKind.ACRONYM)
