"""Members of lists are analysed only where they may be meant: none may be passed over."""

from __future__ import annotations

import pytest

from kzsearch.morphology import Analyzer
from kzsearch.query.expansion.equivalents import may_be_forms
from kzsearch.query.expansion.run import run_of
from kzsearch.query.expansion.word_lists import read_equivalents
from kzsearch.text import fold, normalize_text


def test_every_member_of_the_lists_may_be_what_it_is_found_by() -> None:
    analyzer = Analyzer()
    for group in read_equivalents(None):
        for member in group.members:
            if atoms := run_of(analyzer.analyze(member, query=True)).atoms:
                first = fold(normalize_text(member)).split()[0]
                assert all(
                    may_be_forms(first, form) for form in atoms[0].forms if form[:2] == first[:2]
                ), member


@pytest.mark.parametrize(
    ("word", "form"),
    [("орын", "орны"), ("мектеп", "мектебі"), ("іс-шара", "ісшара"), ("ел", "елі")],
)
def test_forms_of_a_word_begin_alike(word: str, form: str) -> None:
    assert may_be_forms(word, form)
    assert may_be_forms(form, word)


def test_other_words_are_not_looked_at() -> None:
    assert not may_be_forms("медик", "мектеп")
