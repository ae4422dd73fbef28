from __future__ import annotations

import pytest

from kzsearch.query.syntax import Either, Fielded, parse_syntax
from kzsearch.query.tables import Operator, field_names, or_words, stop_words
from kzsearch.text import tokenize
from kzsearch.text.data_files import table_rows


def rows(name: str) -> list[tuple[str, ...]]:
    return list(table_rows("kzsearch.query", name))


@pytest.mark.parametrize("row", rows("operators.tsv"), ids=lambda row: row[0])
def test_every_operator_works_in_its_example(row: list[str]) -> None:
    name, meaning, example = row
    assert name in example
    (part,) = parse_syntax(example).root.parts
    if meaning == Operator.OR:
        assert isinstance(part, Either)
    else:
        assert isinstance(part, Fielded)
        assert part.field == meaning


def test_names_before_a_colon_are_lower_case_and_or_words_capitals() -> None:
    assert all(name == name.lower() for name in field_names())
    assert all(word == word.upper() for word in or_words())


@pytest.mark.parametrize("row", rows("stopwords.tsv"), ids=lambda row: row[0])
def test_every_stop_word_is_lower_case_and_stands_in_its_example(row: list[str]) -> None:
    word, _class, example = row
    assert word == word.lower()
    assert word in {token.text.lower() for token in tokenize(example)}


def test_no_stop_word_is_listed_twice() -> None:
    assert len(stop_words()) == len(rows("stopwords.tsv"))
