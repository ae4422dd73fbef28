"""One adapter an engine: build an index in a folder, answer queries of stems with ten ids.

All index the same stems in the same order and rank with BM25 (k1 1.2, b .75) where
that can be set. kzsearch is measured twice: its engine alone, and the whole
`Index.search` with facets and marked snippets, which no peer does here.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

from corpus import Sentence

Articles = list[list[Sentence]]
Stems = Sequence[str]
K = 10


class Adapter(Protocol):
    """What the benchmark asks of an engine; a mode it lacks raises NotImplementedError."""

    name: str

    def build(self, folder: Path, articles: Articles) -> None: ...
    def search(self, mode: str, stems: Stems) -> list[int]: ...


def joined(article: list[Sentence]) -> str:
    """The article as stems between spaces, for engines that split at white space."""
    return " ".join(stem for sentence in article for stem in sentence.stems)


class Kzsearch:
    """Ours, the engine room alone: an engine-neutral query in, articles out."""

    name = "kzsearch"

    def build(self, folder: Path, articles: Articles) -> None:
        from kzsearch import Article, open_index
        from kzsearch.engine import open_engine

        self.engine = open_engine(folder, create=True)
        self.engine.add(
            Article(id=str(number), body=" ".join(sentence.text for sentence in article))
            for number, article in enumerate(articles)
        )
        self.index = open_index(folder)

    def search(self, mode: str, stems: Stems) -> list[int]:
        from kzsearch.engine import SearchRequest
        from kzsearch.engine.nodes import All, Any, Phrase, Word

        words = tuple(Word(stem, (stem,)) for stem in stems)
        query = {
            "term": lambda: words[0],
            "or": lambda: Any(words),
            "and": lambda: All(words),
            "phrase": lambda: Phrase(words, tuple(range(len(words)))),
        }[mode]()
        result = self.engine.search(SearchRequest(query, limit=K, facets=False))
        return [int(hit.article.id) for hit in result.hits]

    def whole_search(self, mode: str, stems: Stems) -> list[int]:
        """Ours as users meet it: query text in; facets and marked snippets with the hits."""
        text = {
            "term": stems[0],
            "or": " OR ".join(stems),
            "and": " ".join(stems),
            "phrase": f'"{" ".join(stems)}"',
        }[mode]
        return [int(hit.article.id) for hit in self.index.search(text, limit=K).hits]


class PlainWhoosh:
    """whoosh3 as it comes: one field, its own codec, scorer and collector."""

    name = f"whoosh3 {version('whoosh3')}"

    def build(self, folder: Path, articles: Articles) -> None:
        from whoosh import fields, index, scoring
        from whoosh.analysis import SpaceSeparatedTokenizer

        schema = fields.Schema(
            id=fields.STORED, body=fields.TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=True)
        )
        writer = index.create_in(str(folder), schema).writer(limitmb=512)
        for number, article in enumerate(articles):
            writer.add_document(id=number, body=joined(article))
        writer.commit()
        self.searcher = index.open_dir(str(folder)).searcher(
            weighting=scoring.BM25F(B=0.75, K1=1.2)
        )

    def search(self, mode: str, stems: Stems) -> list[int]:
        from whoosh import query

        terms = [query.Term("body", stem) for stem in stems]
        tree = {
            "term": lambda: terms[0],
            "or": lambda: query.Or(terms),
            "and": lambda: query.And(terms),
            "phrase": lambda: query.Phrase("body", list(stems)),
        }[mode]()
        return [hit["id"] for hit in self.searcher.search(tree, limit=K)]


class SqliteFts5:
    """SQLite's FTS5, its text kept out of the index (`content=''`)."""

    name = f"SQLite FTS5 {sqlite3.sqlite_version}"

    def build(self, folder: Path, articles: Articles) -> None:
        self.base = sqlite3.connect(folder / "fts.db")
        self.base.execute(
            "create virtual table a using fts5"
            "(body, content='', tokenize='unicode61 remove_diacritics 0')"
        )
        rows = ((number, joined(article)) for number, article in enumerate(articles))
        self.base.executemany("insert into a(rowid, body) values (?, ?)", rows)
        self.base.execute("insert into a(a) values ('optimize')")
        self.base.commit()

    def search(self, mode: str, stems: Stems) -> list[int]:
        quoted = [f'"{stem}"' for stem in stems]
        text = {
            "term": quoted[0],
            "or": " OR ".join(quoted),
            "and": " AND ".join(quoted),
            "phrase": f'"{" ".join(stems)}"',
        }[mode]
        sql = "select rowid from a where a match ? order by rank limit ?"
        return [row[0] for row in self.base.execute(sql, (text, K))]


class Tantivy:
    """The Rust engine, through its Python binding."""

    name = f"tantivy {version('tantivy')}"

    def build(self, folder: Path, articles: Articles) -> None:
        import tantivy

        builder = tantivy.SchemaBuilder()
        builder.add_integer_field("id", stored=True)
        builder.add_text_field("body", tokenizer_name="whitespace", index_option="position")
        self.index = tantivy.Index(builder.build(), path=str(folder))
        writer = self.index.writer(heap_size=256_000_000, num_threads=1)
        for number, article in enumerate(articles):
            writer.add_document(tantivy.Document(id=number, body=joined(article)))
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()
        self.searcher = self.index.searcher()

    def search(self, mode: str, stems: Stems) -> list[int]:
        import tantivy

        schema = self.index.schema
        terms = [tantivy.Query.term_query(schema, "body", stem) for stem in stems]
        occur = tantivy.Occur.Should if mode == "or" else tantivy.Occur.Must
        if mode == "term":
            tree = terms[0]
        elif mode == "phrase":
            tree = tantivy.Query.phrase_query(schema, "body", list(stems))
        else:
            tree = tantivy.Query.boolean_query([(occur, term) for term in terms])
        hits = self.searcher.search(tree, K).hits
        return [self.searcher.doc(address)["id"][0] for _, address in hits]


class Bm25s:
    """Sparse score matrix in NumPy: every score computed ahead; no AND, no phrase, no update."""

    name = f"bm25s {version('bm25s')}"

    def build(self, folder: Path, articles: Articles) -> None:
        import bm25s

        self.model = bm25s.BM25(k1=1.2, b=0.75)
        tokens = [joined(article).split() for article in articles]
        self.model.index(tokens, show_progress=False)
        self.model.save(str(folder))

    def search(self, mode: str, stems: Stems) -> list[int]:
        if mode not in ("term", "or"):
            raise NotImplementedError
        found, _ = self.model.retrieve([list(stems)], k=K, show_progress=False)
        return [int(number) for number in found[0]]


ADAPTERS: dict[str, type[Adapter]] = {
    "kzsearch": Kzsearch,
    "whoosh3": PlainWhoosh,
    "fts5": SqliteFts5,
    "tantivy": Tantivy,
    "bm25s": Bm25s,
}
