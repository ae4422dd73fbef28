"""Indexes are opened by a folder or a URL."""

from __future__ import annotations

from pathlib import Path

import pytest

from kzsearch.engine.opening import folder_of, open_engine, rebuild, verify
from kzsearch.errors import KzsearchError


@pytest.mark.parametrize(
    ("location", "folder"),
    [
        ("index", "index"),
        ("/news/index", "/news/index"),
        ("file:///news/index", "/news/index"),
        ("file://localhost/news/index", "/news/index"),
        ("file:///%D0%BC%D2%B1%D1%80%D0%B0", "/мұра"),
        ("C:index", "C:index"),
    ],
)
def test_a_folder_has_a_path_or_a_file_url(location: str, folder: str) -> None:
    assert folder_of(location) == Path(folder)
    assert folder_of(Path(folder)) == Path(folder)


@pytest.mark.parametrize(
    "location", ["opensearch://me:secret@host:9200/news?k=secret", "file://far/x"]
)
@pytest.mark.parametrize("use", [open_engine, rebuild, verify])
def test_a_url_no_engine_opens_is_said_without_its_secrets(use: object, location: str) -> None:
    assert callable(use)
    with pytest.raises(KzsearchError, match="No engine opens") as caught:
        use(location)
    assert "secret" not in str(caught.value)
