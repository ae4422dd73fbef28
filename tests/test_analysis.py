"""The analyzer for Whoosh schemas of one's own."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.analysis import LowercaseFilter, RegexTokenizer
from whoosh.fields import ID, TEXT, Schema
from whoosh.filedb.filestore import RamStorage
from whoosh.highlight import UppercaseFormatter
from whoosh.index import FileIndex
from whoosh.qparser import QueryParser
from whoosh.query import And, Phrase, Prefix, Term

from kzsearch.analysis import KazakhAnalyzer, KazakhFilter, KazakhTokenizer
from kzsearch.morphology import Analyzer

Row = tuple[str, int, int, int]
Pipe = Any


def rows(analyzer: Pipe, text: str, **options: object) -> list[Row]:
    tokens = analyzer(text, positions=True, chars=True, mode="index", **options)
    return [(token.text, token.pos, token.startchar, token.endchar) for token in tokens]


def texts(analyzer: Pipe, text: str, mode: str = "index") -> list[str]:
    return [token.text for token in analyzer(text, mode=mode)]


def test_stems_stand_where_their_words_do() -> None:
    assert rows(KazakhAnalyzer(), "Мектептерімізде оқушылар") == [
        ("мектеп", 0, 0, 15),
        ("оқушы", 1, 16, 24),
    ]


def test_words_as_written_alone_or_beside_stems() -> None:
    assert texts(KazakhAnalyzer(stems=False, exact=True), "Мектепке") == ["мектепке"]
    assert texts(KazakhAnalyzer(exact=True), "Мектепке") == ["мектеп", "мектепке"]
    assert texts(KazakhAnalyzer(exact=True), "Мектеп") == ["мектеп"]


def test_neither_is_refused() -> None:
    with pytest.raises(ValueError, match="must give stems"):
        KazakhAnalyzer(stems=False)


def test_an_unknown_script_is_refused() -> None:
    with pytest.raises(ValueError, match="runic"):
        KazakhTokenizer("runic")


def test_boosts() -> None:
    analyzer = KazakhAnalyzer(exact=True, exact_boost=2.0, stem_boost=0.5)
    assert [(t.text, t.boost) for t in analyzer("Мектепке мектеп")] == [
        ("мектеп", 0.5),
        ("мектепке", 2.0),
        ("мектеп", 2.0),
    ]


def test_a_query_has_one_term_for_each_position() -> None:
    text = "Ел-жұрт алма теріп, 12.09.2025 күні news.kz сайтына жазды"
    for analyzer in (KazakhAnalyzer(), KazakhAnalyzer(exact=True), KazakhTokenizer()):
        positions = [token.pos for token in analyzer(text, positions=True, mode="query")]
        assert positions == list(range(len(positions)))
    assert len(rows(KazakhAnalyzer(), text)) > 8


def test_it_composes() -> None:
    composed = KazakhTokenizer() | KazakhFilter()
    text = "Ел-жұрт мектептерімізде"
    assert rows(composed, text) == rows(KazakhAnalyzer(), text)
    other = RegexTokenizer() | LowercaseFilter() | KazakhFilter()
    assert texts(other, "Мектептерімізде ОҚУШЫЛАР") == ["мектеп", "оқушы"]
    assert texts(KazakhAnalyzer() | LowercaseFilter(), "Мектепке") == ["мектеп"]


def test_other_scripts_come_out_in_cyrillic() -> None:
    assert "мектеп" in texts(KazakhAnalyzer(script="latin-2021"), "mektepke bardyq")
    assert "мектеп" in texts(KazakhAnalyzer(), "Mektepke jaña oquşylar keldi, qala äkimi aitty")


def test_not_tokenised_is_not_stemmed() -> None:
    tokens = KazakhAnalyzer()("Мектептер", tokenize=False, mode="query")
    assert [token.text for token in tokens] == ["мектептер"]


@pytest.mark.parametrize(
    "analyzer",
    [
        KazakhAnalyzer(),
        KazakhAnalyzer(exact=True, exact_boost=2.0, script="latin-2021"),
        KazakhTokenizer() | KazakhFilter(other_stem_boost=0.5),
    ],
)
def test_it_pickles(analyzer: Pipe) -> None:
    list(analyzer("Мектепке"))
    data = pickle.dumps(analyzer)
    assert len(data) < 1_000
    assert pickle.loads(data) == analyzer


def test_options_tell_analyzers_apart() -> None:
    assert KazakhAnalyzer() == KazakhAnalyzer()
    assert KazakhAnalyzer() != KazakhAnalyzer(exact=True)
    assert KazakhTokenizer() != KazakhTokenizer("arabic")
    assert hash(KazakhAnalyzer()) == hash(KazakhAnalyzer())


@given(st.text(alphabet="Қалам-мектепке .,25abc", max_size=60))
def test_tokens_are_what_the_one_analyzer_gives(text: str) -> None:
    terms = Analyzer().analyze(text)
    assert rows(KazakhAnalyzer(script="cyrillic"), text) == [
        (stem, term.position, term.start, term.end) for term in terms for stem in term.stems
    ]


@pytest.fixture
def index() -> Iterator[FileIndex]:
    schema = Schema(id=ID(stored=True), text=TEXT(analyzer=KazakhAnalyzer(), stored=True))
    index = RamStorage().create_index(schema)
    with index.writer() as writer:
        writer.add_document(id="1", text="Ауылда жаңа мектептер ашылды.")
        writer.add_document(id="2", text="Мектепке жаңа оқушылар келді.")
    yield index
    index.close()


def test_in_a_schema_of_ones_own(index: FileIndex) -> None:
    parser = QueryParser("text", index.schema)
    assert parser.parse("мектептің") == Term("text", "мектеп")
    assert parser.parse("ауылда мектеп") == And([Term("text", "ауыл"), Term("text", "мектеп")])
    assert parser.parse('"жаңа мектеп"') == Phrase("text", ["жаңа", "мектеп"])
    assert parser.parse("Мект*") == Prefix("text", "мект")
    with index.searcher() as searcher:
        found = searcher.search(parser.parse('"жаңа мектептерде"'))
        assert [hit["id"] for hit in found] == ["1"]
        found.formatter = UppercaseFormatter()
        assert found[0].highlights("text") == "Ауылда ЖАҢА МЕКТЕПТЕР ашылды"
        everything = searcher.search(parser.parse("мектептегі"))
        assert sorted(hit["id"] for hit in everything) == ["1", "2"]
