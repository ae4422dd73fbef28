"""Whatever happens to the file of a segment, it is read right or called damaged."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kzsearch.engine.local.codec.columnar import ColumnarCodec
from kzsearch.engine.local.codec.container import FILE_NAME, Container
from kzsearch.engine.local.codec.segment_reader import ColumnarReader
from kzsearch.engine.local.segment_api import MergeSource
from kzsearch.engine.schema import KeywordField, TermKind
from kzsearch.errors import IndexDamagedError

from .articles import many_articles

CODEC = ColumnarCodec()
ARTICLES = 12


@pytest.fixture(scope="module")
def segment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("segment")
    writer = CODEC.writer(directory)
    for number, article in enumerate(many_articles(ARTICLES)):
        writer.add(article, number * 100)
    writer.finish()
    return directory / FILE_NAME


def everything(reader: ColumnarReader) -> list[Any]:
    """All that a reader says, as plain values."""
    found: list[Any] = [list(reader.ids()), [reader.digest(n) for n in range(ARTICLES)]]
    found += [reader.find(article_id) for article_id in reader.ids()]
    for name in ("time", "day", "title_length", "body_length"):
        found.append(getattr(reader.columns, name).tolist())
    found += [reader.offsets().tolist(), [reader.offset(number) for number in range(ARTICLES)]]
    for field in KeywordField:
        column = reader.keyword(field)
        found += [list(column.values), column.ordinals.tolist()]
    for kind in TermKind:
        dictionary = reader.dictionary(kind)
        found.append(dictionary.doc_freqs.tolist())
        for number in range(len(dictionary)):
            term = dictionary.term(number)
            found += [term, dictionary.number(term), dictionary.span(term[:2])]
            postings = reader.postings(kind, number)
            found += [postings.docs.tolist(), postings.title.tolist(), postings.body.tolist()]
            found.append(postings.lead is None or postings.lead.tolist())
    for number in range(len(reader.dictionary(TermKind.STEM))):
        positions = reader.positions(number)
        found += [positions.ends.tolist(), positions.values.tolist()]
    found += [reader.word_surfaces.tolist(), [each.tolist() for each in reader.word_stems]]
    for number in range(ARTICLES):
        for text in reader.tokens(number):
            found += [text.words.tolist(), text.positions.tolist()]
            found += [text.starts.tolist(), text.ends.tolist()]
    return found


@pytest.fixture(scope="module")
def right(segment: Path) -> list[Any]:
    return everything(CODEC.reader(segment.parent, ARTICLES))


def judge(directory: Path, data: bytes, right: list[Any]) -> bool:
    """Whether damage is noticed; when it is not, everything must be right."""
    directory.mkdir(exist_ok=True)
    (directory / FILE_NAME).write_bytes(data)
    found, said = right, ""
    try:
        found = everything(CODEC.reader(directory, ARTICLES))
    except IndexDamagedError as error:
        said = str(error)
    assert found == right
    for part in (str(directory / FILE_NAME), "kzsearch verify", "kzsearch rebuild"):
        assert not said or part in said
    return bool(said)


def test_a_flipped_bit_in_any_section_is_noticed(
    segment: Path, right: list[Any], tmp_path: Path
) -> None:
    whole = segment.read_bytes()
    container = Container(segment)
    for name, size in container.sizes().items():
        if size:
            begin = container[name].begin
            for at in {begin, begin + size // 2, begin + size - 1}:
                damaged = bytearray(whole)
                damaged[at] ^= 0x10
                assert judge(tmp_path / "damaged", bytes(damaged), right), name


@st.composite
def damages(draw: st.DrawFn, whole: bytes) -> bytes:
    """A file with a bit flipped, a piece zeroed, cut out, doubled or swapped, or its end lost."""
    kind = draw(st.sampled_from(["flip", "zero", "cut", "double", "swap", "truncate"]))
    begin = draw(st.integers(0, len(whole) - 1))
    end = min(len(whole), begin + draw(st.sampled_from([1, 2, 8, 100, 4096])))
    if kind == "flip":
        damaged = bytearray(whole)
        damaged[begin] ^= 1 << draw(st.integers(0, 7))
        return bytes(damaged)
    if kind == "zero":
        return whole[:begin] + bytes(end - begin) + whole[end:]
    if kind == "cut":
        return whole[:begin] + whole[end:]
    if kind == "double":
        return whole[:end] + whole[begin:]
    if kind == "swap":
        other = draw(st.integers(0, begin))
        size = min(end - begin, begin - other)
        first, second = whole[other : other + size], whole[begin : begin + size]
        between = whole[other + size : begin]
        return whole[:other] + second + between + first + whole[begin + size :]
    return whole[:begin]


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_damage_makes_wrong_answers(
    segment: Path, right: list[Any], tmp_path: Path, data: st.DataObject
) -> None:
    judge(tmp_path / "damaged", data.draw(damages(segment.read_bytes())), right)


def test_a_file_that_is_gone_or_empty_is_damage(tmp_path: Path) -> None:
    with pytest.raises(IndexDamagedError, match="kzsearch rebuild"):
        CODEC.reader(tmp_path, ARTICLES)
    (tmp_path / FILE_NAME).write_bytes(b"")
    with pytest.raises(IndexDamagedError, match="kzsearch rebuild"):
        CODEC.reader(tmp_path, ARTICLES)


MERGED = ("id.text", "digest", "time", "source", "exact.text", "exact.postings", "stem.postings",
          "prefix.postings", "positions", "row", "row.words", "stem.doc_freqs")  # fmt: skip


@pytest.mark.parametrize("name", MERGED)
def test_a_merge_gives_no_damage_a_fresh_checksum(segment: Path, tmp_path: Path, name: str) -> None:
    whole = bytearray(segment.read_bytes())
    section = Container(segment)[name]
    whole[section.begin + section.length // 2] ^= 1
    damaged, merged = tmp_path / "damaged", tmp_path / "merged"
    damaged.mkdir()
    merged.mkdir()
    (damaged / FILE_NAME).write_bytes(whole)
    source = MergeSource(CODEC.reader(damaged, ARTICLES), np.arange(ARTICLES, dtype=np.uint32))
    with pytest.raises(IndexDamagedError):
        CODEC.merge(merged, [source], np.arange(ARTICLES, dtype=np.uint64))
