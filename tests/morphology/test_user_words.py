"""The words users add."""

from __future__ import annotations

from pathlib import Path

import pytest
from platformdirs import user_data_path

from kzsearch.errors import KzsearchError
from kzsearch.morphology.stemmer import default_stemmer
from kzsearch.morphology.user_words import (
    LEARNED,
    PROTECTED,
    WORDS_VARIABLE,
    protected_words,
    user_file,
    user_roots,
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(WORDS_VARIABLE, str(tmp_path))
    return tmp_path


def test_without_files_there_is_nothing(folder: Path) -> None:
    assert protected_words() == []
    assert user_roots() == {}
    assert Path(user_file(LEARNED)).parent == folder


@pytest.mark.parametrize("data_home", ["", "/srv/data"])
def test_without_the_variable_the_users_data_folder_is_used(
    monkeypatch: pytest.MonkeyPatch, data_home: str
) -> None:
    monkeypatch.delenv(WORDS_VARIABLE, raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", data_home)
    data = user_data_path("kzsearch", appauthor=False)
    assert Path(user_file(PROTECTED)) == data / "words" / PROTECTED


def test_other_systems_have_their_own_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(WORDS_VARIABLE, raising=False)
    monkeypatch.setattr("sys.platform", "darwin")
    assert Path(user_file(PROTECTED)).parent.name == "words"


def test_protected_words_stand_one_a_line(folder: Path) -> None:
    (folder / "protected.txt").write_text("# ours\nБалалар\n\n  ұлыңыз\n", encoding="utf-8")
    assert protected_words() == ["Балалар", "ұлыңыз"]
    assert default_stemmer.__wrapped__().stem("балалар") == "балалар"


def test_a_broken_table_is_named(folder: Path) -> None:
    Path(user_file(LEARNED)).write_text("root\tnouns\tverbs\nбала\tmany\t1\n", encoding="utf-8")
    with pytest.raises(KzsearchError, match=r"learned_roots\.tsv is not a table"):
        user_roots()


def test_a_file_in_another_encoding_is_named(folder: Path) -> None:
    (folder / "protected.txt").write_bytes("балалар".encode("cp1251"))
    with pytest.raises(KzsearchError, match=r"protected\.txt cannot be read"):
        protected_words()
