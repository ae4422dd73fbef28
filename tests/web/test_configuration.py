"""Where settings come from, which of them wins, and what is said of wrong ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from kzsearch_web.configuration import FILE_NAME, FILE_VARIABLE, load_configuration
from kzsearch_web.settings import SettingError


def written(folder: Path, text: str, name: str = FILE_NAME) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_each_place_wins_over_those_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert load_configuration(tmp_path)["PAGE_SIZE"] == 10
    written(tmp_path, "[web]\npage_size = 11\nlanguages = ['ru', 'kk']\n")
    loaded = load_configuration(tmp_path)
    assert (loaded["PAGE_SIZE"], loaded["LANGUAGES"]) == (11, "ru kk")
    other = written(tmp_path, "[web]\npage_size = 12\n", "other.toml")
    monkeypatch.setenv(FILE_VARIABLE, str(other))
    assert load_configuration(tmp_path)["PAGE_SIZE"] == 12
    named = written(tmp_path, "[web]\npage_size = 13\n", "named.toml")
    assert load_configuration(tmp_path, file=named)["PAGE_SIZE"] == 13
    monkeypatch.setenv("KZSEARCH_PAGE_SIZE", "14")
    assert load_configuration(tmp_path, file=named)["PAGE_SIZE"] == 14
    loaded = load_configuration(tmp_path, config={"PAGE_SIZE": 15, "TESTING": True})
    assert (loaded["PAGE_SIZE"], loaded["TESTING"]) == (15, True)


def test_an_index_that_is_no_folder_has_no_file() -> None:
    assert load_configuration("whoosh://somewhere")["PAGE_SIZE"] == 10


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[web", "is not TOML"),
        ("page_size = 3", "'page_size' is unknown there; the settings stand in the table [web]."),
        ("[wbe]\nx = 1", "'wbe' is unknown there"),
        ("web = 1", "'web' is unknown there"),
        ("[web]\npagesize = 3", "[web] has no setting 'pagesize'; did you mean 'page_size'."),
        ("[web]\nPAGE_SIZE = 3", "[web] has no setting 'PAGE_SIZE'; did you mean 'page_size'."),
        ("[web]\nweather = 3", "[web] has no setting 'weather'."),
        ("[web]\npage_size = 'ten'", "page_size must be a whole number, not 'ten'."),
        ("[web]\npage_size = 2.5", "page_size must be a whole number, not 2.5."),
        ("[web]\npage_size = 0", "page_size must be from 1 to 1000000, not 0."),
        ("[web]\nsite_name = 3", "site_name must be a text, not 3."),
        ('[web]\nsite_name = "a\\nb"', "site_name must be a text in one line."),
        ("[web]\naccent = 'blue'", "accent holds 'blue', which is no colour: write it like"),
        ("[web]\naccent = '#000000 #ffffff'", "which is no colour"),
        ("[web]\nlanguages = ['de']", "languages holds 'de', which is no language"),
        ("[web]\nlanguages = []", "DEFAULT_LANGUAGE is 'kk', which LANGUAGES does not offer."),
        ("[web]\nhosts = 'https://a.kz/'", "hosts holds 'https://a.kz/', which is no host"),
        ("[web]\nembed_origins = 'a.kz'", "embed_origins holds 'a.kz', which is no origin"),
        ("[web]\npage_size = 200", "PAGE_SIZE is more than MAX_PAGE_SIZE allows."),
    ],
)
def test_what_is_wrong_in_the_file_is_told_in_a_sentence(
    tmp_path: Path, text: str, says: str
) -> None:
    path = written(tmp_path, text)
    with pytest.raises(SettingError) as told:
        load_configuration(tmp_path)
    sentence = str(told.value)
    assert says in sentence
    assert sentence.endswith(".")
    assert sentence.count("\n") == 0
    assert str(path) in sentence or "_" in sentence


def test_a_named_file_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=r"none\.toml cannot be read: No such file"):
        load_configuration(tmp_path, file=tmp_path / "none.toml")


def test_the_environment_may_hold_what_is_no_setting_but_no_misspelt_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KZSEARCH_INDEX", "/somewhere")
    monkeypatch.setenv("KZSEARCH_DEBUG", "1")
    monkeypatch.setenv("KZSEARCH_ANYTHING", "1")
    assert "DEBUG" not in load_configuration(tmp_path)
    monkeypatch.setenv("KZSEARCH_PAGESIZE", "3")
    with pytest.raises(SettingError, match="KZSEARCH_PAGESIZE in the environment is no setting; "):
        load_configuration(tmp_path)


@pytest.mark.parametrize(("name", "value"), [("PAGE_SIZE", "x"), ("HOSTS", "a b/c")])
def test_a_wrong_value_names_where_it_was_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    with pytest.raises(SettingError, match=f"^{name} "):
        load_configuration(tmp_path, config={name: value})
    monkeypatch.setenv(f"KZSEARCH_{name}", value)
    with pytest.raises(SettingError, match=f"^KZSEARCH_{name} "):
        load_configuration(tmp_path)
