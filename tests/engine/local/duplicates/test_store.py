from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzsearch.engine.local.duplicates import (
    CopiesReader,
    CopiesWriter,
    Fingerprint,
    merge_copies,
    take_fingerprint,
)
from kzsearch.engine.local.duplicates.store import SIEVE

STORY = "сенат төраға италия президент кездес екі ел сауда 25 пайыз өс деп айт".split()  # noqa: SIM905
OTHER = "ауыл мектеп ашыл оқушы қуан мұғалім кел жаңа ғимарат жарық кең сынып".split()  # noqa: SIM905
TEXTS = [take_fingerprint(words) for words in (STORY, OTHER, STORY[:3], [*STORY, "сейсенбі"])]


@pytest.fixture
def reader() -> CopiesReader:
    return written(*TEXTS)


def written(*texts: object, older: list[CopiesReader] | None = None) -> CopiesReader:
    writer = CopiesWriter()
    for text in texts:
        writer.add(text)  # type: ignore[arg-type]
    writer.link(older or [])
    return CopiesReader(writer.sections().__getitem__)


BAND_LISTS = st.lists(
    st.lists(st.sampled_from([1, 2, 7, SIEVE + 1, SIEVE + 7, 2**32 - 1]), min_size=42, max_size=42),
    max_size=5,
)


@given(BAND_LISTS, st.sets(st.sampled_from([0, 1, 3, 7, SIEVE + 1, 2**32 - 1])))
def test_holders_are_all_that_have_a_band(bands: list[list[int]], wanted: set[int]) -> None:
    writer = CopiesWriter()
    for number, each in enumerate(bands):
        writer.add(Fingerprint(number + 1, each, b"abc"))
    reader = CopiesReader(writer.sections().__getitem__)
    held = [(band, number) for number, each in enumerate(bands) for band in each]
    found = reader.holders(np.array(sorted(wanted), np.uint32))
    assert list(found) == [(band, number) for band, number in held if band in wanted]


def test_fingerprints_come_back_as_they_were(reader: CopiesReader) -> None:
    for number, text in enumerate(TEXTS):
        found = reader.text(number)
        assert (found is None) == (text is None)
        if text and found:
            assert (found.key, list(found.bands), found.codes) == (
                text.key, list(text.bands), text.codes,
            )  # fmt: skip


def test_copies_are_linked(reader: CopiesReader) -> None:
    assert reader.links == [(3, reader.key(0))]


def test_articles_are_found_by_their_bands(reader: CopiesReader) -> None:
    assert TEXTS[1]
    band = TEXTS[1].bands[7]
    assert list(reader.holders(np.sort(np.array([band, 12345], np.uint32)))) == [(band, 1)]
    assert list(reader.holders(np.array([0, 12345], np.uint32))) == []


def merged(*sources: tuple[CopiesReader, list[int]]) -> CopiesReader:
    sections = merge_copies([(reader, np.array(keep, np.uint32)) for reader, keep in sources])
    return CopiesReader(lambda name: np.concatenate(list(sections[name])))


def test_links_are_kept_when_articles_move(reader: CopiesReader) -> None:
    found = merged((reader, [1, 3]), (reader, [0]))
    assert found.links == [(1, reader.key(0))]
    assert [found.key(number) for number in range(3)] == [reader.key(n) for n in (1, 3, 0)]


@given(st.lists(st.sets(st.integers(0, 3)), max_size=3))
def test_merged_fingerprints_are_those_that_were_kept(kept: list[set[int]]) -> None:
    reader = written(*TEXTS)
    found = merged(*[(reader, sorted(keep)) for keep in kept])
    assert [found.text(n) for n in range(len(found.keys))] == [
        reader.text(number) for keep in kept for number in sorted(keep)
    ]


def test_older_segments_are_searched(reader: CopiesReader) -> None:
    assert TEXTS[0]
    newer = written(TEXTS[1], TEXTS[0], older=[reader])
    assert newer.links == [(1, reader.key(3))]
