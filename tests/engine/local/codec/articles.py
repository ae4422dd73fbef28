"""Random analysed articles, and the comparison of two segments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from kzsearch.engine.document import AnalysedArticle, AnalysedWord, Tokens
from kzsearch.engine.local.segment_api import SegmentReader
from kzsearch.engine.schema import NO_TIME, KeywordField, TermKind

LETTERS = "абғқ-7\U0001f600\ud800é"
"""Few letters, so that words share prefixes; of one to four bytes, one of them half a pair."""

surfaces = st.text(LETTERS, min_size=1, max_size=8) | st.sampled_from(
    ["ал", "алма", "алмат", "алматы", "алматыл", "алматылық", "алмас", "жұмыс", "жұмыста"]
)
words: st.SearchStrategy[AnalysedWord] = st.tuples(
    surfaces,
    st.lists(st.text(LETTERS, min_size=1, max_size=3), min_size=1, max_size=3, unique=True).map(
        tuple
    ),
)
steps = st.sampled_from([1] * 12 + [0, 0, 0, 2, 5, 300]) | st.integers(0, 70_000)
gaps = st.sampled_from([1] * 12 + [0, 2, 3]) | st.integers(0, 100_000)
beyond = st.sampled_from([0] * 12 + [1, 2, 300])


@st.composite
def token_rows(draw: st.DrawFn, vocabulary: int, most: int = 40) -> Tokens:
    """Tokens in order of position, then start; compounds begin before the word before ends."""
    rows = draw(
        st.lists(
            st.tuples(st.integers(0, vocabulary - 1), steps, gaps, st.integers(1, 12)),
            max_size=most,
        )
    )
    position, start, end = draw(steps), draw(gaps), 0
    table = []
    for word, step, gap, length in rows:
        if table:
            position += step
            start = start if step == 0 and gap % 2 else max(start, end + gap)
        end = start + length
        table.append((word, position, start, end))
    columns = np.array(table, np.uint32).reshape(-1, 4).T.copy()
    return Tokens(*columns)


def crowded(vocabulary: int, repeats: int) -> Tokens:
    """One word again and again: counts of any size."""
    count = np.arange(repeats, dtype=np.uint32)
    return Tokens(
        np.full(repeats, vocabulary - 1, np.uint32), count, count * 3, count * 3 + np.uint32(2)
    )


@st.composite
def asides(draw: st.DrawFn, body: Tokens) -> NDArray[np.bool_] | None:
    """Which tokens of a body are page furniture: all of a position or none."""
    edges = draw(st.none() | st.lists(st.integers(0, 70), max_size=4).map(sorted))
    if edges is None:
        return None
    found: NDArray[np.bool_] = np.searchsorted(np.array(edges), body.positions, "right") % 2 == 1
    return found


@st.composite
def articles(draw: st.DrawFn, most: int = 12) -> list[AnalysedArticle]:
    """Articles that share a vocabulary; of each as many words as it uses, or more."""
    vocabulary = draw(st.lists(words, min_size=1, max_size=12, unique=True))
    made = []
    for _ in range(draw(st.integers(0, most))):
        body = draw(
            token_rows(len(vocabulary))
            | st.sampled_from([0, 1, 2, 3, 15, 16, 17, 63, 64, 65, 300]).map(
                lambda repeats: crowded(len(vocabulary), repeats)
            )
        )
        title = draw(token_rows(len(vocabulary), 6))
        made.append(
            AnalysedArticle(
                id=draw(st.text(LETTERS, max_size=2)),
                source=draw(st.sampled_from(["", "Қазақстан", "khabar", "Khabar"])),
                category=draw(st.sampled_from(["", "спорт"])),
                language=draw(st.sampled_from(["kk", "ru"])),
                digest=draw(st.sampled_from(["00ff", "1234", "abcd", "AB", "not hexadecimal"])),
                time=draw(st.sampled_from([NO_TIME, 0, -1, 1_700_000_000_000_000])),
                day=draw(st.sampled_from([0, 1, 738_000])),
                words=tuple(vocabulary),
                title=title,
                body=body,
                aside=draw(asides(body)),
            )
        )
    return made


def assert_same(found: Any, expected: Any) -> None:
    """Equal numbers; small types may be wider or narrower."""
    assert np.asarray(found).tolist() == np.asarray(expected).tolist()


def assert_same_segment(
    found: SegmentReader, expected: SegmentReader, other_terms: Sequence[str] = ()
) -> None:
    """Every method of the readers gives the same."""
    assert found.articles == expected.articles
    assert_same_values(found, expected)
    for kind in TermKind:
        ours, theirs = found.dictionary(kind), expected.dictionary(kind)
        assert len(ours) == len(theirs)
        assert ours.doc_freqs.dtype == np.uint32
        assert_same(ours.doc_freqs, theirs.doc_freqs)
        for number in range(len(theirs)):
            term = theirs.term(number)
            assert ours.term(number) == term
            assert ours.number(term) == number
            postings, wanted = found.postings(kind, number), expected.postings(kind, number)
            assert postings.docs.dtype == np.uint32
            assert_same(postings.docs, wanted.docs)
            assert_same(postings.title, wanted.title)
            assert_same(postings.body, wanted.body)
            assert (postings.lead is None) == (wanted.lead is None)
            if wanted.lead is not None:
                assert_same(postings.lead, wanted.lead)
            assert (postings.aside is None) == (wanted.aside is None)
            if wanted.aside is not None:
                assert_same(postings.aside, wanted.aside)
        terms = {theirs.term(number) for number in range(len(theirs))}
        for term in {*terms, *other_terms}:
            for text in {"", term[:1], term[:5], term[:6], term, term + "а", term + LETTERS}:
                assert ours.span(text) == theirs.span(text), (kind, text)
                assert ours.number(text) == theirs.number(text), (kind, text)
    for number in range(len(expected.dictionary(TermKind.STEM))):
        positions, places = found.positions(number), expected.positions(number)
        assert_same(positions.ends, places.ends)
        assert_same(positions.values, places.values)


def assert_same_values(found: SegmentReader, expected: SegmentReader) -> None:
    """What there is by article and by word is the same."""
    for name in ("time", "day", "title_length", "body_length"):
        assert_same(getattr(found.columns, name), getattr(expected.columns, name))
    assert_same(found.offsets(), expected.offsets())
    for number in range(expected.articles):
        assert found.offset(number) == expected.offset(number)
    assert list(found.ids()) == list(expected.ids())
    for article_id in {*expected.ids(), "", "нет"}:
        assert list(found.find(article_id)) == list(expected.find(article_id))
    for field in KeywordField:
        keyword, values = found.keyword(field), expected.keyword(field)
        assert list(keyword.values) == list(values.values)
        assert_same(keyword.ordinals, values.ordinals)
    assert_same(found.word_surfaces, expected.word_surfaces)
    for ours, theirs in zip(found.word_stems, expected.word_stems, strict=True):
        assert_same(ours, theirs)
    for number in range(expected.articles):
        assert found.digest(number) == expected.digest(number)
        for text, tokens in zip(found.tokens(number), expected.tokens(number), strict=True):
            for name in ("words", "positions", "starts", "ends"):
                assert getattr(text, name).dtype == np.uint32
                assert_same(getattr(text, name), getattr(tokens, name))


def few_articles() -> list[AnalysedArticle]:
    """Three articles, the same every time."""
    return many_articles(3)


def many_articles(count: int) -> list[AnalysedArticle]:
    """Articles of up to 60 words out of a few hundred, the same every time."""
    draw = np.random.default_rng(1)
    vocabulary: list[AnalysedWord] = sorted(
        {
            (surface, (surface[:4],) if draw.random() < 0.9 else (surface[:4], surface[:5]))
            for surface in (
                "".join(draw.choice(list("аәбвгғ"), draw.integers(1, 9))) for _ in range(300)
            )
        }
    )

    def tokens(length: int) -> Tokens:
        words = (len(vocabulary) * draw.random(length) ** 2).astype(np.uint32)
        positions = np.cumsum(draw.random(length) < 0.95).astype(np.uint32)
        sizes = np.array([len(vocabulary[word][0]) for word in words], np.uint32)
        ends = np.cumsum(sizes + 1, dtype=np.uint32)
        return Tokens(words, positions, ends - sizes, ends)

    return [
        AnalysedArticle(
            id=f"https://example.kz/{number}",
            source="Қазақстан",
            category="",
            language="kk",
            digest=f"{number:032x}",
            time=number,
            day=738_000 + number,
            words=tuple(vocabulary),
            title=tokens(int(draw.integers(0, 8))),
            body=tokens(int(draw.integers(0, 60))),
        )
        for number in range(count)
    ]
