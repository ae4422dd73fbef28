"""The matcher over arrays against a list, and the cursor against the lexicon."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.formats import Frequency
from whoosh.matching import ReadTooFar

from kzsearch import Article, Index, open_index, open_whoosh
from kzsearch.engine.local.codec.whoosh.matchers import BLOCK, ArrayMatcher
from kzsearch.engine.local.codec.whoosh.term_lists import DateTerms, FieldPostings, first_not_below


class Quality:
    """A scorer whose best score in a block is the greatest weight there."""

    def supports_block_quality(self) -> bool:
        return True

    def block_quality(self, matcher: Any) -> float:
        return float(matcher.block_max_weight())


@st.composite
def matchers(draw: st.DrawFn) -> ArrayMatcher:
    seed = draw(st.integers(0, 1_000))
    count = draw(st.sampled_from([1, 2, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK, 500]))
    numbers = np.random.default_rng(seed)
    docs = np.sort(numbers.choice(2_000, count, replace=False)).astype(np.uint32)
    weights = numbers.integers(1, 9, count).astype(np.uint8)
    lengths = numbers.integers(1, 300, 2_000).astype(np.uint32)
    postings = FieldPostings(docs, weights, lambda posting: posting.to_bytes(4, "big"))
    return ArrayMatcher(postings, lengths, Frequency(), ("body", b"x"), Quality())


moves = st.lists(st.just(("next", 0)) | st.tuples(st.just("skip"), st.integers(0, 2_100)))


@given(matchers(), moves)
def test_going_through_it(matcher: ArrayMatcher, steps: list[tuple[str, int]]) -> None:
    docs = list(matcher.all_ids())
    weights, lengths = matcher._postings.weights, matcher._lengths
    assert lengths is not None
    at = 0
    for step, target in steps:
        if not matcher.is_active():
            break
        if step == "next":
            at += 1
            assert matcher.next() == (at % BLOCK == 0)
        else:
            matcher.skip_to(target)
            while at < len(docs) and docs[at] < target:
                at += 1
        assert matcher.is_active() == (at < len(docs))
        if at < len(docs):
            begin = at // BLOCK * BLOCK
            block = slice(begin, begin + BLOCK)
            assert matcher.id() == docs[at]
            assert matcher.weight() == weights[at]
            assert matcher.value_as("frequency") == at
            assert matcher.block_min_id() == docs[begin]
            assert matcher.block_max_id() == docs[block][-1]
            assert matcher.block_max_weight() == weights[block].max()
            assert matcher.block_min_length() == lengths[docs[block]].min()
            assert matcher.block_max_length() == lengths[docs[block]].max()
            assert matcher.copy().id() == docs[at]
    matcher.reset()
    assert list(iterate(matcher)) == docs
    assert matcher.id() == docs[-1]  # Whoosh asks
    for move in (matcher.next, lambda: matcher.skip_to(0)):
        with pytest.raises(ReadTooFar):
            move()


def iterate(matcher: ArrayMatcher) -> Any:
    while matcher.is_active():
        yield matcher.id()
        matcher.next()


@given(matchers(), st.integers(0, 9))
def test_blocks_that_cannot_score_more_are_skipped(matcher: ArrayMatcher, least: int) -> None:
    weights = matcher._postings.weights
    best = [int(weights[at : at + BLOCK].max()) for at in range(0, len(weights), BLOCK)]
    skipped = matcher.skip_to_quality(least)
    assert skipped == next((n for n, most in enumerate(best) if most > least), len(best))
    assert matcher.is_active() == (skipped < len(best))


numbers = st.lists(st.none() | st.integers(0, 2**48) | st.integers(0, 300), max_size=20)


@given(numbers)
def test_tiered_numbers(given_numbers: list[int | None]) -> None:
    dated = np.array([number is not None for number in given_numbers], np.bool_)
    values = np.array([number or 0 for number in given_numbers], np.uint64)
    terms = DateTerms(values, dated)
    expected: dict[bytes, list[int]] = {}
    for doc, number in enumerate(given_numbers):
        if number is not None:
            for shift in range(0, 64, 8):
                term = bytes([shift]) + (number >> shift).to_bytes(8, "big")
                expected.setdefault(term, []).append(doc)
    found = [terms.term(number) for number in range(len(terms))]
    assert found == sorted(expected)
    for number, term in enumerate(found):
        postings = terms.postings(number)
        assert postings is not None
        assert postings.docs.tolist() == expected[term]
        assert terms.number(term) == number
        assert first_not_below(terms, term + b"\0") == number + 1
    assert terms.number(b"nothing") == -1


@pytest.fixture
def index(tmp_path: Any) -> Index:
    with open_index(tmp_path, create=True) as index:
        index.add(
            [
                Article(id="1", title="Мектеп ашылды", body="Ауылда мектеп бар"),
                Article(id="2", title="Ауыл", body="Қалада театр ашылды"),
            ]
        )
        return index


def test_a_cursor(index: Index) -> None:
    with open_whoosh(index.location).reader() as reader:
        for field in reader.indexed_field_names():
            lexicon = [reader.schema[field].from_bytes(term) for term in reader.lexicon(field)]
            cursor = reader.cursor(field)
            walked = []
            while cursor.is_valid():
                assert cursor.term() == cursor.text()
                assert cursor.term_info().doc_frequency() > 0
                walked.append(cursor.text())
                cursor.next()
            assert walked == lexicon
            assert cursor.text() is cursor.term_info() is None
            assert cursor.first() == (lexicon[0] if lexicon else None)
        titles = reader.cursor("title")
        assert titles.find("аук") == "ауыл"
        assert titles.find("ауылба") == "аш"
        assert titles.find("ө") is None


def test_a_term_that_only_the_body_has_is_not_one_of_the_title(index: Index) -> None:
    with open_whoosh(index.location).reader() as reader:
        assert ("body", "театр") in reader
        assert ("title", "театр") not in reader
        assert reader.doc_frequency("title", "театр") == 0
        assert reader.frequency("title", "театр") == 0
        assert ("body", b"\xff") not in reader
        assert ("author", "а") not in reader
