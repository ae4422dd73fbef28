from __future__ import annotations

import pytest

from kzsearch.engine.local.duplicates import CopiesReader, CopiesWriter, take_fingerprint

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
    assert list(reader.holders({band, 12345})) == [(band, 1)]
    assert list(reader.holders({0, 12345})) == []


def test_links_are_kept_when_articles_move(reader: CopiesReader) -> None:
    writer = CopiesWriter()
    writer.add_from(reader, [1, 3])
    writer.add_from(reader, [0])
    merged = CopiesReader(writer.sections().__getitem__)
    assert merged.links == [(1, reader.key(0))]
    assert [merged.key(number) for number in range(3)] == [reader.key(n) for n in (1, 3, 0)]


def test_older_segments_are_searched(reader: CopiesReader) -> None:
    assert TEXTS[0]
    newer = written(TEXTS[1], TEXTS[0], older=[reader])
    assert newer.links == [(1, reader.key(3))]


def test_an_empty_segment() -> None:
    reader = written()
    assert (list(reader.keys), reader.links, list(reader.holders({1}))) == ([], [], [])
