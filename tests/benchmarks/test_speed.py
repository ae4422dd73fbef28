"""The speed benchmark draws the same articles and queries every time, of the kinds it says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice, pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.speed.checking import check_hits, overlaps
from benchmarks.speed.corpus import READINGS, SENTENCES, Corpus, Sentence, Word, reading_of
from benchmarks.speed.engines import fts5
from benchmarks.speed.fts5_server import match_of
from benchmarks.speed.measuring import folder_bytes, percentiles
from benchmarks.speed.preparing import prepare_sentences, read_sentence
from benchmarks.speed.profiling import profile, to_article
from benchmarks.speed.queries import MODES, Queries, sample_queries
from benchmarks.speed.table import print_table, target_lines
from benchmarks.speed.whole_worker import query_text
from kzsearch import Analyzer


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """Articles from the project's own seeds: what a machine without ../shared measures."""
    folder = tmp_path_factory.mktemp("speed")
    said = prepare_sentences(folder / SENTENCES, folder / "no such folder")
    assert "seeds/" in said
    return Corpus(folder, 60)


@pytest.fixture(scope="module")
def queries(corpus: Corpus) -> Queries:
    return sample_queries(corpus, 20)


def stems_of(corpus: Corpus) -> list[list[str]]:
    return [document.fields[0].split() for document in corpus.documents(("stem",))]


def test_a_sentence_has_one_written_word_and_one_stem_a_position() -> None:
    sentence = read_sentence("Балаларға www.sayt.kz, 5-сынып: жаңа кітаптар берілді!", Analyzer())
    assert len(sentence.exact.split()) == len(sentence.stem.split())
    assert Word("кітаптар", "кітап") in sentence.words()
    assert all(part.isalnum() for word in sentence.words() for part in word)


def test_articles_are_drawn_alike_every_time(corpus: Corpus) -> None:
    assert list(corpus.drawn()) == list(corpus.drawn())
    assert list(replace(corpus, seed=1).drawn()) != list(corpus.drawn())


def test_a_longer_corpus_begins_as_a_shorter_one(corpus: Corpus) -> None:
    longer = replace(corpus, articles=1_000_000)
    assert list(islice(longer.drawn(), corpus.articles)) == list(corpus.drawn())


def test_an_article_is_of_250_words_and_what_its_last_sentence_adds(corpus: Corpus) -> None:
    longest = max(len(sentence.words()) for sentence in corpus.sentences())
    for stems in stems_of(corpus):
        assert 250 <= len(stems) < 250 + longest


def test_the_readings_of_a_document_are_of_the_same_words(corpus: Corpus) -> None:
    for _, (stem, exact, five, six) in corpus.documents(READINGS):
        words = exact.split()
        assert len(stem.split()) == len(words)
        assert five.split() == [word[:5] for word in words]
        assert six.split() == [word[:6] for word in words if len(word) >= 6]


def test_raw_articles_have_a_reprint_in_twenty(corpus: Corpus) -> None:
    articles = list(corpus.raw_articles())
    assert len({article["id"] for article in articles}) == corpus.articles
    for number in range(19, corpus.articles, 20):
        reprint, original = articles[number], articles[number - 2]
        assert reprint["title"] == original["title"]
        assert original["body"].replace("\n", " ") in reprint["body"].replace("\n", " ")


def test_a_raw_article_is_one_of_kzsearch(corpus: Corpus) -> None:
    record = next(corpus.raw_articles())
    article = to_article(record)
    assert {name: article.to_json()[name] for name in record} == record


def test_the_profile_names_what_was_called() -> None:
    assert "sorted" in profile(lambda: sorted([2, 1]), "tottime", 5)


def test_text_bytes_are_those_of_the_sentences(corpus: Corpus) -> None:
    one = replace(corpus, articles=1)
    texts = [corpus.sentences()[number].text for number in next(corpus.drawn())]
    assert one.text_bytes() == len("".join(text + "\n" for text in texts).encode())


def test_queries_are_drawn_alike_every_time(corpus: Corpus, queries: Queries) -> None:
    assert sample_queries(corpus, 20) == queries
    assert {mode: len(rows) for mode, rows in queries.items()} == dict.fromkeys(MODES, 20)


def test_an_or_is_of_one_frequent_word_and_two_middling_ones(
    corpus: Corpus, queries: Queries
) -> None:
    articles = [set(stems) for stems in stems_of(corpus)]
    for words in queries["or"]:
        shares = [sum(w.stem in stems for stems in articles) / len(articles) for w in words]
        assert shares[0] >= 0.05
        assert all(0.002 <= share < 0.05 for share in shares[1:])


def test_the_words_of_an_and_stand_in_one_article(corpus: Corpus, queries: Queries) -> None:
    articles = [set(stems) for stems in stems_of(corpus)]
    for words in queries["and"]:
        assert len({word.stem for word in words}) == 2
        assert any({word.stem for word in words} <= stems for stems in articles)


def test_a_phrase_stands_in_a_sentence(corpus: Corpus, queries: Queries) -> None:
    sentences = [f" {sentence.stem} " for sentence in corpus.sentences()]
    for words in queries["phrase"]:
        assert len(words) in (2, 3)
        assert all(one.stem != other.stem for one, other in pairwise(words))
        assert any(f" {' '.join(word.stem for word in words)} " in text for text in sentences)


def test_fts5_answers_as_a_scan_does(corpus: Corpus, queries: Queries, tmp_path: Path) -> None:
    engine = fts5.Peer(("stem",))
    engine.build(tmp_path, corpus.documents(("stem",)))
    engine.open(tmp_path)
    hits = {
        "term": [engine.search_term(words[0]) for words in queries["term"]],
        "or": [engine.search_or(words) for words in queries["or"]],
        "and": [engine.search_and(words) for words in queries["and"]],
        "phrase": [engine.search_phrase(words) for words in queries["phrase"]],
    }
    engine.close()
    checked = check_hits(corpus, queries, {"fts5": hits})["fts5"]
    assert (checked.wrong, checked.miscounted) == (0, 0)
    assert checked.hits > 80
    assert overlaps({"fts5": hits}, "fts5")["fts5"] == dict.fromkeys(MODES, 1.0)


@pytest.mark.parametrize("mode", MODES)
def test_a_wrong_hit_and_a_missing_one_are_seen(
    corpus: Corpus, queries: Queries, mode: str
) -> None:
    few = {each: rows[:1] for each, rows in queries.items()}
    words = few[mode][0]

    def answers(stems: Sequence[str]) -> bool:
        if mode == "phrase":
            return f" {' '.join(w.stem for w in words)} " in f" {' '.join(stems)} "
        found = [word.stem in stems for word in words]
        return any(found) if mode == "or" else all(found)

    right = [number for number, stems in enumerate(stems_of(corpus)) if answers(stems)]
    wrong = next(number for number in range(corpus.articles) if number not in right)
    checked = check_hits(corpus, few, {"fts5": {mode: [[*right, wrong]]}})["fts5"]
    assert (checked.hits, checked.wrong) == (len(right) + 1, 1)
    assert check_hits(corpus, few, {"fts5": {mode: [right[1:10]]}})["fts5"].miscounted == 1


@given(st.text("абвгдеёжзийк", min_size=1, max_size=9))
def test_a_reading_is_a_beginning(exact: str) -> None:
    word = Word(exact, exact[:2])
    readings = [reading_of(word, reading) for reading in READINGS]
    assert readings == [exact[:2], exact, exact[:5], exact[:6] if len(exact) > 5 else ""]


def test_queries_as_typed() -> None:
    words = [Word("мектепте", "мектеп"), Word("оқушылар", "оқушы")]
    assert query_text("or", words) == "мектепте OR оқушылар"
    assert query_text("phrase", words) == '"мектепте оқушылар"'
    assert match_of(query_text("or", words)) == '"мектепте" OR "оқушылар"'
    assert match_of(query_text("phrase", words)) == query_text("phrase", words)


def test_percentiles_are_milliseconds() -> None:
    found = percentiles([each / 1000 for each in range(1, 101)])
    assert found["p50"] == pytest.approx(50.5)
    assert found["p95"] == pytest.approx(95.95)


def test_a_hard_linked_file_counts_once(tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes(b"12345")
    (tmp_path / "two").hardlink_to(tmp_path / "one")
    (tmp_path / "articles.log").write_bytes(b"123")
    assert folder_bytes(tmp_path) == 8
    assert folder_bytes(tmp_path, but=("articles.log",)) == 5


def engine_row(p50: float, rate: float) -> dict[str, object]:
    built = {
        "articles_a_second": rate,
        "articles_a_cpu_second": rate,
        "bytes": 1,
        "peak_mb": 1,
        "earlier": False,
    }
    latency = {mode: {"p50": p50, "p95": 2 * p50} for mode in MODES}
    return {"version": "1", "build": built, "resident": 1, "calibration": [0.1, 0.1], **latency}


def test_the_table_judges_by_the_worst_mode() -> None:
    ours, peer = engine_row(1.0, 5000), engine_row(1.0, 400)
    ours["or"] = {"p50": 2.5, "p95": 3.0}
    result = {
        "about": ["here"],
        "articles": 100_000,
        "text_bytes": 10,
        "engines": {
            "kzsearch": ours,
            "kzsearch-readings": ours,
            "tantivy": peer,
            "tantivy-readings": peer,
            "lucene": engine_row(3.0, 400),
            "whoosh3": peer,
            "fts5": engine_row(1.0, 6000),
        },
        "whole": {},
        "checked": {},
        "overlap": {"with": ""},
    }
    verdicts = {(line.row, line.what): line.verdict for line in target_lines(result)}
    assert verdicts["a", "one stem field, p50 against tantivy"] == "no"
    assert verdicts["a", "one stem field, p50 against Lucene"] == "goal"
    assert verdicts["a", "one stem field, p50 against Xapian"] == "-"
    assert verdicts["b", "all readings, p50 against tantivy with the same"] == "pass"
    indexing = [line for line in target_lines(result) if line.row == "e"]
    assert {line.verdict for line in indexing} == {"pass"}
    assert "2.50 x" in print_table(result)


def test_a_sentence_keeps_its_fields_in_the_file(corpus: Corpus) -> None:
    lines = (corpus.folder / SENTENCES).read_text(encoding="utf-8").splitlines()
    assert [Sentence(*line.split("\t")) for line in lines] == list(corpus.sentences())
