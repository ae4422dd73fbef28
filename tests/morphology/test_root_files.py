"""The root lexicon as data: letters, order, parts of speech, examples, and the protected words."""

from __future__ import annotations

import re
from importlib.resources import files
from itertools import pairwise

import pytest

from kzsearch.morphology import stem

DATA = files("kzsearch.morphology").joinpath("data")
TABLES = ["nouns", "verbs", "adjectives", "adverbs", "names", "loans"]
PARTS_OF_SPEECH = {
    *("n", "adj", "adv", "v", "num", "pron"),
    *("det", "post", "conj", "part", "intj", "prop"),
}

ALPHABET = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
PLACE = {letter: place for place, letter in enumerate(ALPHABET + "-")}
WORD = re.compile(f"[{ALPHABET}]+(?:-[{ALPHABET}]+)*")


def rows(name: str) -> list[list[str]]:
    """The rows of a table, without comments and header."""
    lines = DATA.joinpath(name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")][1:]


def shared_start(one: str, other: str) -> int:
    """How many letters two words begin with alike."""
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))


def kazakh_order(word: str) -> list[int]:
    """A sort key: places in the Kazakh alphabet, the hyphen after the letters."""
    return [PLACE[letter] for letter in word]


@pytest.fixture(scope="module", params=TABLES)
def table(request: pytest.FixtureRequest) -> list[list[str]]:
    return rows(f"roots_{request.param}.tsv")


def test_every_row_has_three_full_cells(table: list[list[str]]) -> None:
    assert [row for row in table if len(row) != 3 or not all(row)] == []


def test_roots_and_examples_are_kazakh_letters_only(table: list[list[str]]) -> None:
    words = [word for root, _, example in table for word in (root, example)]
    assert [word for word in words if not WORD.fullmatch(word)] == []


def test_roots_stand_in_the_order_of_the_alphabet_once_each(table: list[list[str]]) -> None:
    keys = [kazakh_order(row[0]) for row in table]
    assert [b for a, b in pairwise(keys) if a >= b] == []


def test_parts_of_speech_are_known_and_named_once(table: list[list[str]]) -> None:
    for root, parts, _ in table:
        named = parts.split("|")
        assert set(named) <= PARTS_OF_SPEECH, root
        assert len(named) == len(set(named)), root


def test_an_example_begins_like_its_root(table: list[list[str]]) -> None:
    """All but the last letters agree: тап → тауып, халық → халқы, оқы → оқу, турист → туристер."""
    for root, _, example in table:
        assert shared_start(root, example) >= max(1, len(root) - 2), (root, example)


def test_no_root_stands_in_two_files() -> None:
    roots = [row[0] for name in TABLES for row in rows(f"roots_{name}.tsv")]
    assert len(roots) == len(set(roots))


def test_the_lexicon_is_large_enough_to_help() -> None:
    assert sum(len(rows(f"roots_{name}.tsv")) for name in TABLES) >= 9_000


def test_a_root_has_two_letters_and_a_vowel(table: list[list[str]]) -> None:
    spoken = re.compile("[аәеёиоөуұүыіэюя]")
    for root, parts, _ in table:
        acronym_or_conjunction = parts in {"prop", "conj"}
        assert acronym_or_conjunction or (len(root) >= 2 and spoken.search(root)), root


def test_protected_words_are_whole_words_in_order() -> None:
    protected = rows("protected.tsv")
    words = [word for word, _, _ in protected]
    assert [row for row in protected if len(row) != 3 or not all(row)] == []
    assert [word for row in protected for word in row[:2] if not WORD.fullmatch(word)] == []
    assert words == sorted(set(words), key=kazakh_order)


def test_protected_words_are_left_whole() -> None:
    changed = {word: stem(word) for word, right, _ in rows("protected.tsv") if stem(word) != right}
    assert changed == {}


def test_nearly_all_examples_stem_back_to_their_root() -> None:
    """Not all: many an example is also a form of another root (ойыны: ойын, ой)."""
    lexicon = [row for name in TABLES for row in rows(f"roots_{name}.tsv")]
    back = sum(stem(example) == root for root, _, example in lexicon)
    assert back >= 0.95 * len(lexicon)
