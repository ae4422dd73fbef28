"""Stored bytes must be those of zlib, whichever library wrote them."""

from __future__ import annotations

import importlib
import sys
import zlib
from collections.abc import Iterator
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzsearch.engine.local.store import deflate


@pytest.fixture
def without_isal(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """The module as it is where there is no isal."""
    monkeypatch.setitem(sys.modules, "isal.isal_zlib", None)
    yield importlib.reload(deflate)
    monkeypatch.undo()
    importlib.reload(deflate)


@given(st.binary(max_size=500), st.integers(0, 2**32 - 1))
def test_bytes_are_those_of_zlib(data: bytes, before: int) -> None:
    assert zlib.decompress(deflate.compress(data)) == data
    assert deflate.decompress(zlib.compress(data)) == data
    assert deflate.crc32(data, before) == zlib.crc32(data, before)


@pytest.mark.parametrize("data", [b"", "мақала".encode(), deflate.compress(b"x" * 99)[:-3]])
def test_what_is_broken_is_refused(data: bytes) -> None:
    with pytest.raises(deflate.BROKEN):
        deflate.decompress(data)


def test_it_does_without_isal(without_isal: ModuleType) -> None:
    assert without_isal.compress is not None
    assert without_isal.crc32 is zlib.crc32
    assert without_isal.decompress(without_isal.compress(b"abc")) == b"abc"
