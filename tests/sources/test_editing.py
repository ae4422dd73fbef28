"""Adding and removing sources leaves the rest of the file as the user wrote it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzsearch.errors import SourceError
from kzsearch.sources.config import load_sources, parse_sources
from kzsearch.sources.editing import add_source, remove_source

FILE = """\
# Біздің дереккөздер
[defaults]
every = "1h"  # жиі емес

# бірінші
[[source]]
name = "а"
feed = "https://a.kz/rss"  # негізгі
# ескі мекенжай: https://old.kz

# екінші
# екі жол
[[ source ]]  # мұнда
name = "ә"
telegram = "mysal"
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "folder" / "sources.toml"
    path.parent.mkdir()
    return path


def test_adding_appends(path: Path) -> None:
    path.write_text(FILE, encoding="utf-8")
    source = add_source(path, {"name": 'б "б" \\', "page": "https://b.kz", "full_text": "page"})
    assert source.name == 'б "б" \\'
    text = path.read_text(encoding="utf-8")
    assert text.startswith(FILE)
    assert [one.name for one in load_sources(path).sources] == ["а", "ә", 'б "б" \\']


def test_the_first_source_makes_the_file(path: Path) -> None:
    path.parent.rmdir()
    add_source(path, {"name": "а", "feed": "https://a.kz/rss"})
    assert path.read_text(encoding="utf-8").startswith("# The sources this index follows")
    assert path.read_text(encoding="utf-8").endswith('feed = "https://a.kz/rss"\n')


def test_removing_the_first_keeps_the_comments_of_the_others(path: Path) -> None:
    path.write_text(FILE, encoding="utf-8")
    remove_source(path, "а")
    text = path.read_text(encoding="utf-8")
    assert "бірінші" not in text
    assert "негізгі" not in text
    assert text.startswith('# Біздің дереккөздер\n[defaults]\nevery = "1h"  # жиі емес\n\n')
    assert text.endswith(FILE[FILE.index("# екінші") :])


def test_removing_the_last(path: Path) -> None:
    path.write_text(FILE, encoding="utf-8")
    remove_source(path, "ә")
    assert path.read_text(encoding="utf-8") == FILE[: FILE.index("# екінші")]


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"name": "а", "feed": "https://a.kz/2"}, "two sources are named “а”"),
        ({"name": "б"}, "exactly one of"),
        ({"name": "б", "feed": "ftp://b.kz"}, "not a web address"),
        ({"name": " ", "feed": "https://b.kz"}, "has no name"),
    ],
)
def test_a_wrong_entry_changes_nothing(path: Path, entry: dict[str, str | bool], said: str) -> None:
    path.write_text(FILE, encoding="utf-8")
    with pytest.raises(SourceError, match=said):
        add_source(path, entry)
    assert path.read_text(encoding="utf-8") == FILE


@pytest.mark.parametrize(
    "text",
    [
        'source = [{name = "а", feed = "https://a.kz"}]\n',
        '[[source]]\nname = "а"\nfeed = "https://a.kz"\nfull_text = """\nauto"""\n[[source]]\n'
        'name = """\nә"""\nfeed = "https://b.kz"\n',
    ],
)
def test_what_cannot_be_changed_safely_is_left_alone(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    if "[[" not in text:
        with pytest.raises(SourceError, match="by hand"):
            add_source(path, {"name": "б", "feed": "https://b.kz"})
        with pytest.raises(SourceError, match="by hand"):
            remove_source(path, "а")
        assert path.read_text(encoding="utf-8") == text
    else:
        remove_source(path, "а")
        assert [source.name for source in load_sources(path).sources] == ["ә"]


def test_removing_what_is_not_there(path: Path) -> None:
    with pytest.raises(SourceError, match="no sources yet"):
        remove_source(path, "а")
    path.write_text(FILE, encoding="utf-8")
    with pytest.raises(SourceError, match="no source “б”"):
        remove_source(path, "б")


def test_a_link_stays_a_link_and_the_mode_is_kept(path: Path, tmp_path: Path) -> None:
    real = tmp_path / "real.toml"
    real.write_text(FILE, encoding="utf-8")
    real.chmod(0o600)
    path.symlink_to(real)
    add_source(path, {"name": "б", "feed": "https://b.kz"})
    assert path.is_symlink()
    assert real.stat().st_mode & 0o777 == 0o600
    assert len(load_sources(real).sources) == 3


names = st.lists(
    st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=20),
    unique=True, min_size=1, max_size=5,
)  # fmt: skip


@given(names, st.data())
def test_adding_and_removing_come_out_even(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("edit") / "sources.toml"
    path.write_text("# өз сөзім\n", encoding="utf-8")
    for name in names:
        add_source(path, {"name": name, "feed": "https://a.kz/rss"})
    gone = data.draw(st.sampled_from(names))
    remove_source(path, gone)
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# өз сөзім\n")
    left = [source.name for source in parse_sources(text, path).sources]
    assert left == [name for name in names if name != gone]
