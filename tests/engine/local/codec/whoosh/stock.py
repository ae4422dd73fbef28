"""Whoosh's own index of the same articles, filled word by word from their analysis."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from whoosh import fields, formats
from whoosh.analysis import IDTokenizer
from whoosh.index import FileIndex, create_in

from kzsearch.documents import Article
from kzsearch.engine.document import AnalysedArticle, Tokens, analyse_article, aside_of
from kzsearch.engine.local.codec import ColumnarCodec
from kzsearch.engine.local.codec.whoosh.schema import local_datetime
from kzsearch.engine.local.segments import OpenSegments
from kzsearch.engine.local.store.generations import Generations
from kzsearch.engine.schema import LEAD_WORDS, TermKind
from kzsearch.morphology import Analyzer

from ..reference import terms_of

KINDS = {
    "": (TermKind.STEM, formats.Positions),
    "_exact": (TermKind.EXACT, formats.Characters),
    "_start": (TermKind.PREFIX, formats.Frequency),
    "_long_start": (TermKind.LONG_PREFIX, formats.Frequency),
}
KEYWORDS = ("source", "category", "language")


def stock_schema() -> fields.Schema:
    text = {
        f"{name}{suffix}": fields.FieldType(
            format_(),
            IDTokenizer(),  # asked only where an article has no words at all
            scorable=True,
            stored=not suffix,
            vector=None if suffix else formats.Positions(),
        )
        for name in ("title", "body")
        for suffix, (_, format_) in KINDS.items()
    }
    return fields.Schema(
        **text,
        lead=fields.FieldType(formats.Frequency(), None, scorable=True),
        id=fields.ID(stored=True, unique=True, sortable=True),
        date=fields.DATETIME(stored=True, sortable=True),
        **{name: fields.ID(stored=True, sortable=True) for name in KEYWORDS},
        url=fields.ID(stored=True),
        author=fields.STORED(),
    )


def stock_twin(path: Path, folder: Path, analyzer: Analyzer) -> FileIndex:
    """Whoosh's own index in ``folder`` with the segments of the kzsearch index at ``path``: the
    same articles in the same order, the same of them deleted.
    """
    generations = Generations(path)
    manifest = generations.current()
    index = create_in(str(folder), stock_schema())
    deleted = []
    count = 0
    opened = OpenSegments(generations, ColumnarCodec()).of(manifest)
    for entry, segment in zip(manifest.segments, opened, strict=True):
        if not entry.articles:
            continue
        writer = index.writer()
        for number in range(entry.articles):
            article = segment.article(number)
            add(writer, article, analyse_article(article, analyzer))
        writer.commit(merge=False)
        deleted += [count + number for number in entry.deleted]
        count += entry.articles
    if deleted:
        writer = index.writer()
        for docnum in deleted:
            writer.delete_document(docnum)
        writer.commit(merge=False)
    return index


def add(writer: Any, article: Article, analysed: AnalysedArticle) -> None:
    """Add an article to Whoosh's own writer below its analysis."""
    docs, schema = writer.perdocwriter, writer.schema
    docs.start_doc(writer.docnum)
    values: dict[str, Any] = {name: value for name, value in article.to_json().items() if value}
    values["title"], values["body"] = article.title, article.body
    if article.date:
        values["date"] = local_datetime(article.date)
    for name in sorted({*values, *schema.names()}):
        field, value, length = schema[name], values.get(name), 0
        for base, tokens in (("title", analysed.title), ("body", analysed.body)):
            if name.startswith(base):
                kind = KINDS[name.removeprefix(base)][0]
                length = tokens.length
                post(writer, name, places(analysed, tokens, kind))
        if name == "lead":
            body, running = analysed.body, ~aside_of(analysed)
            columns = (body.words, body.positions, body.starts, body.ends)
            body = Tokens(*(column[running] for column in columns))
            lead = places(analysed, body, TermKind.STEM, LEAD_WORDS)
            length = min(analysed.body.length, LEAD_WORDS)
            post(writer, name, lead)
        elif field.indexed and not length and name not in ("title", "body") and value:
            term = value.casefold() if name in KEYWORDS else value
            for text, _, weight, coded in field.index(term):
                writer.pool.add((name, text, writer.docnum, weight, coded))
        docs.add_field(name, field, value if field.stored else None, length)
        if name in ("title", "body") and length:
            tokens = analysed.title if name == "title" else analysed.body
            docs.add_vector_items(name, field, vector(places(analysed, tokens, TermKind.STEM)))
        if column := field.column_type:  # without any value Whoosh has no column, and stumbles
            shown = field.to_column_value(value) if value else column.default_value()
            docs.add_column_value(name, column, shown)
    docs.finish_doc()
    writer._added = True
    writer.docnum += 1


Places = dict[str, dict[int, tuple[int, int]]]
"""For each term the positions where it stands, and the code points there."""


def places(
    analysed: AnalysedArticle, tokens: Tokens, kind: TermKind, most: int | None = None
) -> Places:
    found: Places = {}
    columns = (tokens.words, tokens.positions, tokens.starts, tokens.ends)
    for word, position, start, end in zip(*(c.tolist() for c in columns), strict=True):
        if most is None or position < most:
            for term in terms_of(kind, analysed.words[word]):
                found.setdefault(term, {}).setdefault(position, (start, end))
    return found


def post(writer: Any, name: str, found: Places) -> None:
    format_ = writer.schema[name].format
    for term, where in found.items():
        writer.pool.add(
            (name, term.encode(), writer.docnum, float(len(where)), coded(format_, where))
        )


def coded(format_: formats.Format, where: dict[int, tuple[int, int]]) -> bytes:
    if isinstance(format_, formats.Characters):
        value: bytes = format_.encode([(pos, *chars) for pos, chars in where.items()])
    elif isinstance(format_, formats.Positions):
        value = format_.encode(list(where))
    else:
        value = len(where).to_bytes(4, "big")
    return value


def vector(found: Places) -> Iterable[tuple[str, float, bytes]]:
    format_ = formats.Positions()
    return sorted((term, float(len(where)), coded(format_, where)) for term, where in found.items())
