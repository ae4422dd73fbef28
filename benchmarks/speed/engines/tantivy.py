"""tantivy, the Rust engine, through its Python binding; with one field or all readings.

It is asked for ten hits and not for the number of all: counting, its default, costs it up to a
tenth more.

Readings are boosted clauses in the form that suits tantivy best: a word or an OR is one flat
disjunction of terms, which it can prune (block-max WAND); an AND is of one disjunction a word; a
phrase is looked for among stems and words as written, as kzsearch does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path

import tantivy

from benchmarks.speed.corpus import Document, Word, reading_of
from benchmarks.speed.engines import WEIGHTS, K

__all__ = ["Peer"]

Query = tantivy.Query
SHOULD, MUST = tantivy.Occur.Should, tantivy.Occur.Must
WITH_POSITIONS = ("stem", "exact")
HEAP = 256_000_000


class Peer:
    """See ``Engine``."""

    own_seconds = None

    def __init__(self, readings: Sequence[str]) -> None:
        self.readings = readings

    def version(self) -> str:
        return f"tantivy {version('tantivy')}"

    def build(self, folder: Path, documents: Iterable[Document]) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_integer_field("id", fast=True)
        for reading in self.readings:
            option = "position" if reading in WITH_POSITIONS else "freq"
            builder.add_text_field(reading, tokenizer_name="whitespace", index_option=option)
        writer = tantivy.Index(builder.build(), path=str(folder)).writer(HEAP, num_threads=1)
        for number, fields in documents:
            values = dict(zip(self.readings, fields, strict=True))
            writer.add_document(tantivy.Document(id=number, **values))
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> None:
        index = tantivy.Index.open(str(folder))
        self.schema = index.schema
        self.searcher = index.searcher()

    def _search(self, tree: tantivy.Query) -> list[int]:
        hits = self.searcher.search(tree, K, count=False).hits
        numbers = self.searcher.fast_field_values("id", [address for _, address in hits])
        return [int(number) for number in numbers if number is not None]

    def _clauses(self, word: Word) -> list[tuple[tantivy.Occur, tantivy.Query]]:
        """A word in each of its readings, any of which is enough."""
        terms = ((reading, reading_of(word, reading)) for reading in self.readings)
        return [(SHOULD, self._boosted(r, self._term(r, term))) for r, term in terms if term]

    def _term(self, reading: str, term: str) -> tantivy.Query:
        return Query.term_query(self.schema, reading, term, index_option="freq")

    def _boosted(self, reading: str, query: tantivy.Query) -> tantivy.Query:
        return query if len(self.readings) == 1 else Query.boost_query(query, WEIGHTS[reading])

    def search_term(self, word: Word) -> list[int]:
        clauses = self._clauses(word)
        return self._search(clauses[0][1] if len(clauses) == 1 else Query.boolean_query(clauses))

    def search_or(self, words: Sequence[Word]) -> list[int]:
        clauses = [clause for word in words for clause in self._clauses(word)]
        return self._search(Query.boolean_query(clauses))

    def search_and(self, words: Sequence[Word]) -> list[int]:
        parts = [self._clauses(word) for word in words]
        return self._search(
            Query.boolean_query(
                [(MUST, c[0][1] if len(c) == 1 else Query.boolean_query(c)) for c in parts]
            )
        )

    def search_phrase(self, words: Sequence[Word]) -> list[int]:
        phrases = []
        for reading in self.readings:
            if reading in WITH_POSITIONS:
                terms: list[str | tuple[int, str]] = [reading_of(word, reading) for word in words]
                phrases.append(Query.phrase_query(self.schema, reading, terms))
        if len(phrases) == 1:
            return self._search(phrases[0])
        boosted = [self._boosted(r, p) for r, p in zip(WITH_POSITIONS, phrases, strict=True)]
        return self._search(Query.boolean_query([(SHOULD, phrase) for phrase in boosted]))

    def close(self) -> None:
        del self.searcher
