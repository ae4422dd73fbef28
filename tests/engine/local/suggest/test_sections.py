"""The file of sections."""

from __future__ import annotations

from array import array
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kzsearch.engine.local.suggest.sections import Sections, write_sections
from kzsearch.errors import IndexDamagedError


def test_what_is_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "sections"
    write_sections(
        path,
        {
            "words": ["", "қала", "ел"],
            "none": [],
            "bytes": array("B", [1, 2, 3]),
            "numbers": array("I", [1, 2**32 - 1]),
            "weights": array("f", [0.5]),
        },
    )
    sections = Sections(path)
    assert sections.texts("words") == ["", "қала", "ел"]
    assert sections.texts("none") == []
    assert list(sections.numbers("bytes")) == [1, 2, 3]
    assert list(sections.numbers("numbers")) == [1, 2**32 - 1]
    assert list(sections.numbers("weights")) == [0.5]
    with pytest.raises(IndexDamagedError, match=r"`kzsearch rebuild`"):
        sections.numbers("missing")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary() | st.sampled_from([b"{}\n", b"[]\n", b'{"format": 1}\n', b"[" * 9999 + b"\n"]))
def test_any_bytes_end_in_a_sentence(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "sections"
    path.write_bytes(data)
    with pytest.raises(IndexDamagedError, match=r"`kzsearch rebuild`"):
        Sections(path)


def test_a_section_that_does_not_fit_in_is_damage(tmp_path: Path) -> None:
    path = tmp_path / "sections"
    write_sections(path, {"numbers": array("I", range(100))})
    path.write_bytes(path.read_bytes()[:-8])
    with pytest.raises(IndexDamagedError, match="does not fit in"):
        Sections(path)


@given(data=st.data())
def test_a_changed_bit_is_noticed_when_its_section_is_read(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("sections") / "sections"
    written = {"words": ["қала", "ел"], "numbers": array("I", [1, 2, 3])}
    write_sections(path, written)  # type: ignore[arg-type]
    changed = bytearray(path.read_bytes())
    changed[data.draw(st.integers(0, len(changed) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    path.write_bytes(changed)
    try:
        sections = Sections(path)
        found = sections.texts("words"), list(sections.numbers("numbers"))
    except IndexDamagedError:
        return
    assert found == (["қала", "ел"], [1, 2, 3])  # it was between the sections
