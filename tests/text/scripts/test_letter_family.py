"""In which letters a text is, whatever its language."""

from __future__ import annotations

import pytest

from kzsearch.text.scripts.detection import LetterFamily, letter_family


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("үкімет отырысы", LetterFamily.CYRILLIC),
        ("обсуждение NATO", LetterFamily.CYRILLIC),
        ("úkimet 2025", LetterFamily.LATIN),
        ("سەنات", LetterFamily.ARABIC),
        ("2025 …", None),
        ("", None),
    ],
)
def test_the_most_letters_decide(text: str, family: LetterFamily | None) -> None:
    assert letter_family(text) is family
