"""Which word a root was made from."""

from __future__ import annotations

import pytest

from kzsearch.morphology.derivation import Derivation, derived_from
from kzsearch.morphology.lexicon import Lexicon

LEXICON = Lexicon(
    {"мемлекет": "n", "жүр": "v", "балық": "n", "шеш": "v", "қымбат": "adj", "айтақ": "n"}, {}
)


@pytest.mark.parametrize(
    ("root", "base", "suffix"),
    [
        ("мемлекеттік", "мемлекет", "тік"),
        ("жүргіз", "жүр", "гіз"),
        ("балықшы", "балық", "шы"),
        ("шешім", "шеш", "ім"),
        ("қымбатта", "қымбат", "та"),
    ],
)
def test_the_base_is_a_known_root_of_the_right_kind(root: str, base: str, suffix: str) -> None:
    found = derived_from(root, LEXICON)
    assert found is not None
    assert (found.base, found.suffix) == (base, suffix)


@pytest.mark.parametrize(
    "root",
    [
        "кенттік",  # кент is not known here
        "жүрлік",  # a verb takes no -лік
        "мемлекетлік",  # л does not follow т
        "мемлекет",
        "шы",
    ],
)
def test_nothing_is_guessed(root: str) -> None:
    assert derived_from(root, LEXICON) is None


def test_a_softened_base_is_found_again() -> None:
    assert derived_from("тілегім", Lexicon({"тілек": "v"}, {})) == Derivation("тілек", "ім", "deed")
