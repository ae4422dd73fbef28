"""A rebuild saves all that the logs still hold, names the rest and destroys nothing."""

from __future__ import annotations

import json
import os
import shutil
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kzsearch.documents import Article
from kzsearch.engine import open_engine, rebuild, verify
from kzsearch.engine.local import merging
from kzsearch.engine.local.store.generations import Generations
from kzsearch.engine.local.store.scanning import log_identity
from kzsearch.errors import (
    ArticlesLostError,
    IndexDamagedError,
    IndexMismatchError,
    IndexMissingError,
)
from kzsearch.morphology import Analyzer

from .contents import held

DATA = Path(__file__).parent / "data"
COUNT = 12


def made(number: int) -> Article:
    return Article(id=f"м-{number:02d}", title=f"тақырып {number}", body=f"мектеп {number} " * 20)


ARTICLES = [made(number) for number in range(COUNT)]


@pytest.fixture
def filled(index_path: Path, analyzer: Analyzer) -> Path:
    """An index of four segments: one replaces an article of another and deletes one."""
    engine = open_engine(index_path, create=True, analyzer=analyzer)
    engine.add([Article(id="м-07", body="ескі нұсқа"), *ARTICLES[:6], Article(id="х", body="б")])
    engine.add(ARTICLES[6:10])
    engine.delete(["х"])
    engine.add(ARTICLES[10:])
    engine.close()
    return index_path


def logs_of(path: Path) -> list[Path]:
    return sorted(path.glob("segments/*/articles.log"))


def spoil(path: Path, needle: bytes | int) -> None:
    """Change one byte, counted from the end if the number is negative."""
    data = bytearray(path.read_bytes())
    data[needle if isinstance(needle, int) else data.index(needle)] ^= 0x40
    path.write_bytes(data)


def frame_starts(log: Path) -> list[int]:
    data = log.read_bytes()
    return [place for place in range(len(data)) if data.startswith(b"\xff\xfeKZ", place)]


@pytest.mark.parametrize("field", ["mark", "number", "length", "crc", "payload"])
def test_one_damaged_frame_costs_one_article(filled: Path, analyzer: Analyzer, field: str) -> None:
    log = logs_of(filled)[1]  # м-06 to м-09
    place = (
        frame_starts(log)[1]
        + {"mark": 0, "number": 4, "length": 9, "crc": 12, "payload": 40}[field]
    )
    spoil(log, place)
    before = {path: path.read_bytes() for path in filled.glob("segments/*/*")}
    assert any("damaged article" in damage.problem for damage in verify(filled))
    with pytest.raises(
        ArticlesLostError, match=r"with 11 articles, but 1 .*\(м-07\).*kept in"
    ) as error:
        rebuild(filled, analyzer=analyzer)
    assert (error.value.articles, error.value.lost) == (11, ("м-07",))
    assert held(filled, analyzer) == [a for a in ARTICLES if a.id != "м-07"]
    assert verify(filled) == []
    for path, data in before.items():
        assert (error.value.kept / path.relative_to(filled)).read_bytes() == data
    assert rebuild(filled, analyzer=analyzer) == 11
    assert error.value.kept.is_dir()


def test_what_is_kept_is_an_index_that_can_be_mended(filled: Path, analyzer: Analyzer) -> None:
    log = logs_of(filled)[1]
    whole = log.read_bytes()
    spoil(log, frame_starts(log)[1] + 40)
    with pytest.raises(ArticlesLostError) as error:
        rebuild(filled, analyzer=analyzer)
    kept = error.value.kept
    (kept / log.relative_to(filled)).write_bytes(whole)  # as from a backup
    assert rebuild(kept, analyzer=analyzer) == COUNT
    assert held(kept, analyzer) == ARTICLES
    assert held(filled, analyzer) == [a for a in ARTICLES if a.id != "м-07"]


@pytest.mark.parametrize("place", [0, 22, 30])
def test_a_damaged_first_line_costs_nothing(filled: Path, analyzer: Analyzer, place: int) -> None:
    for log in logs_of(filled):
        spoil(log, place)
    with pytest.raises(IndexDamagedError, match="not the article log of its segment"):
        open_engine(filled, analyzer=analyzer)
    assert rebuild(filled, analyzer=analyzer) == COUNT
    assert held(filled, analyzer) == ARTICLES


def test_damage_to_deleted_articles_costs_nothing(filled: Path, analyzer: Analyzer) -> None:
    log = logs_of(filled)[0]
    starts = frame_starts(log)
    spoil(log, starts[0] + 30)  # the replaced version of м-07
    spoil(log, starts[7] + 30)  # х
    assert rebuild(filled, analyzer=analyzer) == COUNT
    assert held(filled, analyzer) == ARTICLES


def test_a_hole_over_many_frames_is_told_article_by_article(
    filled: Path, analyzer: Analyzer
) -> None:
    log = logs_of(filled)[0]
    starts = frame_starts(log)
    data = log.read_bytes()
    log.write_bytes(data[: starts[2] + 5] + bytes(starts[4] - starts[2]) + data[starts[4] + 5 :])
    with pytest.raises(ArticlesLostError) as error:
        rebuild(filled, analyzer=analyzer)
    assert error.value.lost == ("м-01", "м-02", "м-03")
    assert len(held(filled, analyzer)) == COUNT - 3


def test_a_missing_log_is_a_loss_too(filled: Path, analyzer: Analyzer) -> None:
    logs_of(filled)[1].unlink()
    with pytest.raises(ArticlesLostError) as error:
        rebuild(filled, analyzer=analyzer)
    assert error.value.lost == ("м-06", "м-07", "м-08", "м-09")


def test_without_the_ids_of_the_index_what_is_left_of_a_frame_names_it(
    filled: Path, analyzer: Analyzer
) -> None:
    log = logs_of(filled)[1]
    spoil(log, frame_starts(log)[2] - 1)
    for path in log.parent.iterdir():
        if path != log:
            path.unlink()
    with pytest.raises(ArticlesLostError) as error:
        rebuild(filled, analyzer=analyzer)
    assert error.value.lost == ("м-07",)


def test_when_nothing_can_be_read_nothing_is_touched(filled: Path, analyzer: Analyzer) -> None:
    for log in logs_of(filled):
        log.write_bytes(bytes(log.stat().st_size))
    before = {path: path.read_bytes() for path in filled.rglob("*") if path.is_file()}
    with pytest.raises(IndexDamagedError, match="Not one of the 12 articles"):
        rebuild(filled, analyzer=analyzer)
    assert {path: path.read_bytes() for path in filled.rglob("*") if path.is_file()} == before


def test_files_that_changed_places_do_no_harm(filled: Path, analyzer: Analyzer) -> None:
    first, second, *_ = logs_of(filled)
    spare = filled / "spare"
    first.rename(spare)
    second.rename(first)
    spare.rename(second)
    assert verify(filled) != []
    with pytest.raises(IndexDamagedError):
        held(filled, analyzer)
    assert rebuild(filled, analyzer=analyzer) == COUNT
    assert held(filled, analyzer) == ARTICLES


def test_renamed_logs_and_folders_are_found(filled: Path, analyzer: Analyzer) -> None:
    log, other, *_ = logs_of(filled)
    log.rename(log.with_name("articles.old"))
    other.parent.rename(other.parent.with_name("backup"))
    assert rebuild(filled, analyzer=analyzer) == COUNT
    assert held(filled, analyzer) == ARTICLES


@pytest.mark.parametrize("lost", ["pointer", "pointer and copy"])
def test_without_a_manifest_the_logs_are_enough(
    filled: Path, analyzer: Analyzer, lost: str
) -> None:
    identity = Generations(filled).current().identity
    spoil(filled / "CURRENT", 60)
    if lost != "pointer":
        for copy in filled.glob("generations/*"):
            spoil(copy, 70)
    assert rebuild(filled, analyzer=analyzer) == COUNT
    assert held(filled, analyzer) == ARTICLES
    assert (Generations(filled).current().identity == identity) == (lost == "pointer")


def test_an_older_copy_of_the_manifest_is_not_believed(filled: Path, analyzer: Analyzer) -> None:
    copy = next(filled.glob("generations/*"))
    older = filled / "older"
    shutil.copy(copy, older)
    engine = open_engine(filled, analyzer=analyzer)
    engine.add([made(COUNT)])
    engine.close()
    for path in (filled / "CURRENT", *filled.glob("generations/*")):
        path.unlink()
    older.rename(copy)
    assert rebuild(filled, analyzer=analyzer) == COUNT + 1
    assert held(filled, analyzer) == [*ARTICLES, made(COUNT)]


def test_without_a_manifest_broken_frames_are_losses(filled: Path, analyzer: Analyzer) -> None:
    log = logs_of(filled)[1]
    spoil(log, frame_starts(log)[2] - 1)
    for path in (filled / "CURRENT", *filled.glob("generations/*")):
        path.unlink()
    with pytest.raises(ArticlesLostError) as error:
        rebuild(filled, analyzer=analyzer)
    assert error.value.lost == ("м-07",)


def test_segments_that_were_merged_away_do_not_come_back(
    index_path: Path, analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Left by a reader of an old generation, while the deletion itself was merged away."""
    engine = open_engine(index_path, create=True, analyzer=analyzer)
    engine.add(ARTICLES[:3])
    engine.add(ARTICLES[3:6])
    spare = index_path / "spare"
    shutil.copytree(index_path / "segments", spare)
    monkeypatch.setattr(merging, "MERGE_FACTOR", 2)
    engine.delete([ARTICLES[1].id])
    engine.close()
    (merged,) = (index_path / "segments").iterdir()
    for segment in spare.iterdir():
        segment.rename(index_path / "segments" / segment.name)
    for path in (index_path / "CURRENT", *index_path.glob("generations/*")):
        path.unlink()
    copy = index_path.with_name("copy")
    shutil.copytree(index_path, copy)
    assert rebuild(index_path, analyzer=analyzer) == 5
    assert held(index_path, analyzer) == [ARTICLES[0], *ARTICLES[2:6]]
    spoil(copy / "segments" / merged.name / "articles.log", -3)  # then nothing is left out
    with pytest.raises(ArticlesLostError):
        rebuild(copy, analyzer=analyzer)
    assert held(copy, analyzer) == ARTICLES[:6]


def test_a_copy_of_a_log_does_not_take_its_place(filled: Path, analyzer: Analyzer) -> None:
    log = logs_of(filled)[0]
    log.with_name("articles.log.backup").write_bytes(log.read_bytes()[:200])
    assert rebuild(filled, analyzer=analyzer) == COUNT


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_log_that_may_not_be_read_stops_a_rebuild(filled: Path, analyzer: Analyzer) -> None:
    log = logs_of(filled)[0]
    log.chmod(0)
    with pytest.raises(IndexDamagedError, match="may not be read, so the index was left"):
        rebuild(filled, analyzer=analyzer)
    log.chmod(0o600)
    assert held(filled, analyzer) == ARTICLES


def test_an_index_keeps_its_identity(filled: Path, analyzer: Analyzer, tmp_path: Path) -> None:
    generations = Generations(filled)
    identity = generations.current().identity
    assert len(identity) == 32
    rebuild(filled, analyzer=analyzer)
    assert generations.current().identity == identity
    open_engine(tmp_path / "other", create=True, analyzer=analyzer).close()
    assert Generations(tmp_path / "other").current().identity != identity
    segments = {entry.identity for entry in generations.current().segments}
    assert all(log_identity(log) in segments for log in logs_of(filled))


# Indexes of the format before


@pytest.fixture
def old_index(tmp_path: Path) -> Path:
    """30 articles, 3 of them replaced and 3 deleted in six commits, as kzsearch wrote them with
    format 3: Whoosh's W3 files and article logs of the first format. It cannot be made again.
    """
    with tarfile.open(DATA / "format3.tar.gz") as archive:
        archive.extractall(tmp_path, filter="data")
    return tmp_path / "index"


@pytest.fixture(scope="session")
def old_articles() -> list[Article]:
    """The articles the old index holds, by id."""
    with (DATA / "format3.jsonl").open(encoding="utf-8") as lines:
        return [Article.from_json(json.loads(line)) for line in lines]


def test_an_old_index_asks_for_a_rebuild_and_loses_nothing(
    old_index: Path, old_articles: list[Article], analyzer: Analyzer
) -> None:
    for use in (open_engine, verify):
        try:
            problems = use(old_index)
        except IndexMismatchError as error:
            problems = str(error)
        assert "an older format" in str(problems)
        assert "`kzsearch rebuild`" in str(problems)
    assert rebuild(old_index, analyzer=analyzer) == len(old_articles)
    assert held(old_index, analyzer) == old_articles
    assert verify(old_index) == []


def test_an_old_index_without_its_manifest(
    old_index: Path, old_articles: list[Article], analyzer: Analyzer
) -> None:
    (old_index / "CURRENT").unlink()
    assert rebuild(old_index, analyzer=analyzer) == len(old_articles)
    assert held(old_index, analyzer) == old_articles


def test_a_damaged_old_index(
    old_index: Path, old_articles: list[Article], analyzer: Analyzer
) -> None:
    log = max(logs_of(old_index), key=lambda path: path.stat().st_size)
    whole = log.read_bytes()
    place = whole.index(b"A\x78\x9c", 200)
    spoil(log, place - 7)  # a length
    with pytest.raises(ArticlesLostError) as error:
        rebuild(old_index, analyzer=analyzer)
    (lost,) = error.value.lost
    assert held(old_index, analyzer) == [a for a in old_articles if a.id != lost]


def test_nothing_to_rebuild(tmp_path: Path, analyzer: Callable[..., object]) -> None:
    with pytest.raises(IndexMissingError, match="nothing to rebuild"):
        rebuild(tmp_path)
