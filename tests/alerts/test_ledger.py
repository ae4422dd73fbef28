"""The ledger: what was seen and what is still to be told."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzsearch.alerts.ledger import Delivery, Ledger, key_of
from kzsearch.errors import AlertError


@given(st.lists(st.sets(st.text(max_size=3), max_size=6), max_size=6))
def test_every_id_is_new_once(
    tmp_path_factory: pytest.TempPathFactory, looks: list[set[str]]
) -> None:
    path = tmp_path_factory.mktemp("ledger") / "alerts.sqlite"
    seen: set[str] = set()
    for number, ids in enumerate(looks):
        with Ledger(path) as ledger:
            new = ledger.unseen(ids)
            assert new == sorted(ids - seen)
            ledger.note(str(number), new, {"а": new})
            assert ledger.delivery("а").pending == len(seen | ids)
        seen |= ids
    with Ledger(path) as ledger:
        batch, articles = ledger.batch("а")
        assert articles == sorted(seen)
        ledger.arrived("а", batch, 1.0)
        assert ledger.delivery("а") == Delivery(sent=1.0)


def test_a_begun_batch_stays_as_it_is(tmp_path: Path) -> None:
    with Ledger(tmp_path / "alerts.sqlite") as ledger:
        assert ledger.looked is None
        ledger.note("1", ["a"], {"а": ["a"]})
        first = ledger.batch("а")
        ledger.note("2", ["b"], {"а": ["b"], "б": ["b"]})
        assert ledger.looked == "2"
        assert ledger.batch("а") == first == (first[0], ["a"])
        ledger.failed("а", 3, 50.0, "жоқ")
        assert ledger.delivery("а") == Delivery(3, 50.0, "жоқ", None, 2)
        ledger.arrived("а", first[0], 9.0)
        assert ledger.batch("а")[1] == ["b"]
        ledger.keep_only(["б"])
        assert ledger.batch("а")[1] == []
        assert ledger.delivery("б").pending == 1


@given(st.text())
def test_keys_fit_into_sqlite(id: str) -> None:
    assert -(2**63) <= key_of(id) < 2**63


def test_a_file_that_is_no_ledger_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "alerts.sqlite"
    path.write_bytes(b"no database at all, whatever its name may say" * 50)
    with pytest.raises(AlertError, match="cannot be used"):
        Ledger(path)


def test_a_ledger_of_another_version_is_refused(tmp_path: Path) -> None:
    import sqlite3

    path = tmp_path / "alerts.sqlite"
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(AlertError, match="another version"):
        Ledger(path)
