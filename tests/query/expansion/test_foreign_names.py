"""Foreign names in the other alphabet, by the words of an index."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kzsearch import Article, Index, open_index
from kzsearch.query.tables import read_rows

NAMES = "Цукерберг Майкрософт Люфтганза Голливуд Скайп Роблокс Шенген Twitch Zuckerman Lufthavn"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with open_index(tmp_path_factory.mktemp("foreign"), create=True) as index:
        index.add(
            Article(id=name, title="", body=f"{name} туралы жазылды.") for name in NAMES.split()
        )
        yield index


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("Zuckerberg", "Цукерберг"),
        ("Microsoft", "Майкрософт"),
        ("Lufthansa", "Люфтганза"),
        ("Hollywood", "Голливуд"),
        ("Skype", "Скайп"),
        ("Roblox", "Роблокс"),
        ("Schengen", "Шенген"),
        ("Твитч", "Twitch"),
    ],
)
def test_a_name_is_found_in_the_other_alphabet(index: Index, query: str, name: str) -> None:
    page = index.search(query)
    assert [hit.article.id for hit in page.hits] == [name]
    assert page.notes


@pytest.mark.parametrize("query", ["Zuckerborg", "Holly", "Robin", '"Hollywood"', "Роблоксы"])
def test_nothing_is_guessed(index: Index, query: str) -> None:
    assert all(hit.article.id in ("Роблокс",) for hit in index.search(query).hits)


def test_the_longest_words_are_bounded(index: Index) -> None:
    assert index.search("aeiou" * 4).total == 0


def test_every_sound_has_an_example() -> None:
    for latin, cyrillic, example in read_rows("foreign_sounds.tsv"):
        foreign, *written = example.lower().split()
        assert latin in foreign
        assert cyrillic == "-" or any(cyrillic in word for word in written), example
