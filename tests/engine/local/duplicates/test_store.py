from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kzsearch.engine.local.duplicates import (
    COPIES_NAME,
    CopiesReader,
    CopiesWriter,
    Fingerprint,
    take_fingerprint,
)
from kzsearch.engine.local.duplicates.store import SIEVE
from kzsearch.errors import IndexDamagedError

STORY = "сенат төраға италия президент кездес екі ел сауда 25 пайыз өс деп айт".split()  # noqa: SIM905
OTHER = "ауыл мектеп ашыл оқушы қуан мұғалім кел жаңа ғимарат жарық кең сынып".split()  # noqa: SIM905
TEXTS = [take_fingerprint(words) for words in (STORY, OTHER, STORY[:3], [*STORY, "сейсенбі"])]


@pytest.fixture
def reader(tmp_path: Path) -> CopiesReader:
    return written(tmp_path, *TEXTS)


def written(
    directory: Path, *texts: object, older: list[CopiesReader] | None = None
) -> CopiesReader:
    directory.mkdir(exist_ok=True)
    writer = CopiesWriter()
    for text in texts:
        writer.add(text)  # type: ignore[arg-type]
    writer.link(older or [])
    writer.write(directory)
    return CopiesReader(directory, len(texts))


BAND_LISTS = st.lists(
    st.lists(st.sampled_from([1, 2, 7, SIEVE + 1, SIEVE + 7, 2**32 - 1]), min_size=42, max_size=42),
    max_size=5,
)


@given(BAND_LISTS, st.sets(st.sampled_from([0, 1, 3, 7, SIEVE + 1, 2**32 - 1])))
def test_holders_are_all_that_have_a_band(bands: list[list[int]], wanted: set[int]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        writer = CopiesWriter()
        for number, each in enumerate(bands):
            writer.add(Fingerprint(number + 1, each, b"abc"))
        writer.write(Path(folder))
        reader = CopiesReader(Path(folder), len(bands))
        held = [(band, number) for number, each in enumerate(bands) for band in each]
        found = reader.holders(np.array(sorted(wanted), np.uint32))
        assert list(found) == [(band, number) for band, number in held if band in wanted]
        reader.close()


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


def test_links_are_kept_when_articles_move(reader: CopiesReader, tmp_path: Path) -> None:
    writer = CopiesWriter()
    writer.add_from(reader, [1, 3])
    writer.add_from(reader, [0])
    (tmp_path / "merged").mkdir()
    writer.write(tmp_path / "merged")
    merged = CopiesReader(tmp_path / "merged", 3)
    assert merged.links == [(1, reader.key(0))]
    assert [merged.key(number) for number in range(3)] == [reader.key(n) for n in (1, 3, 0)]


def test_older_segments_are_searched(reader: CopiesReader, tmp_path: Path) -> None:
    assert TEXTS[0]
    newer = written(tmp_path / "newer", TEXTS[1], TEXTS[0], older=[reader])
    assert newer.links == [(1, reader.key(3))]


def test_an_empty_segment(tmp_path: Path) -> None:
    reader = written(tmp_path)
    assert (list(reader.keys), reader.links, list(reader.holders(np.ones(1, np.uint32)))) == (
        [],
        [],
        [],
    )


@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_damage_is_said_to_be_damage(
    reader: CopiesReader, tmp_path: Path, data: st.DataObject
) -> None:
    whole = (tmp_path / COPIES_NAME).read_bytes()
    place = data.draw(st.integers(0, len(whole) - 1))
    cut = data.draw(st.booleans())
    other = bytes([whole[place] ^ data.draw(st.integers(1, 255))])
    damaged = tmp_path / "damaged"
    damaged.mkdir(exist_ok=True)
    (damaged / COPIES_NAME).write_bytes(
        whole[:place] + (b"" if cut else other + whole[place + 1 :])
    )
    found = CopiesReader(damaged, len(TEXTS))
    with pytest.raises(IndexDamagedError, match="kzsearch rebuild"):
        print(found.links, [found.text(number) for number in range(len(TEXTS))])
    found.close()
