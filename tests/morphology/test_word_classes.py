"""Classes of words that a stemmer of Kazakh gets wrong: what must meet, and what must not."""

from __future__ import annotations

import pytest

from kzsearch.morphology import stem
from kzsearch.morphology.cutter import Cutter
from kzsearch.morphology.data_files import read_rows
from kzsearch.morphology.lexicon import Lexicon, load_parts
from kzsearch.morphology.scoring import Scorer, load_weights
from kzsearch.morphology.stemmer import default_stemmer


def stems(word: str) -> tuple[str, ...]:
    return default_stemmer().stems(word)


@pytest.mark.parametrize(
    ("forms", "root"),
    [
        ("процесі процесте процестің процестер процесс", "процесс"),
        ("класы класта класқа кластың класс", "класс"),
        ("конгресінде конгрестің прогресі стрестен", None),
        ("металдар металы металдың", "металл"),
        ("кристалдар кристалы", "кристалл"),
        ("килограмы килограмнан килограмм", "килограмм"),
        ("грипке грипі", "грипп"),
    ],
)
def test_a_double_consonant_is_written_once_before_a_suffix(forms: str, root: str | None) -> None:
    for form in forms.split():
        found = stem(form)
        assert found == root if root else found[-2] == found[-1], (form, found)


def test_where_the_single_consonant_is_a_word_too_both_are_stems() -> None:
    """балы: бал (honey) and балл (a mark)."""
    assert set(stems("балы")) == {"бал", "балл"}
    assert stems("басы") == ("бас",)


@pytest.mark.parametrize(
    ("form", "root"),
    [
        ("журналисі", "журналист"),
        ("контексі", "контекст"),
        ("тресі", "трест"),
        ("артисі", "артист"),
        ("артистердің", "артист"),
        ("жұмысы", "жұмыс"),
        ("кеңесі", "кеңес"),
    ],
)
def test_loans_in_st_lose_their_t_before_a_possessive_too(form: str, root: str) -> None:
    assert stem(form) == root


@pytest.mark.parametrize(
    ("form", "root"),
    [
        ("отбасының", "отбасы"),
        ("отбасында", "отбасы"),
        ("отбасылар", "отбасы"),
        ("елбасына", "елбасы"),
        ("жерастында", "жерасты"),
        ("жерүстінен", "жерүсті"),
        ("оттегінің", "оттегі"),
        ("оттегімен", "оттегі"),
        ("отағасына", "отағасы"),
        ("жансүгірқызының", "жансүгірқызы"),
        ("қасымбайұлымен", "қасымбайұлы"),
        ("төрағасына", "төраға"),  # a possessive that does not belong to the word
        ("арбасына", "арба"),  # not ар + бас
        ("басынан", "бас"),
        ("жобасын", "жоба"),
    ],
)
def test_a_possessive_that_belongs_to_the_word_stays(form: str, root: str) -> None:
    assert stem(form) == root


def test_a_compound_nobody_listed_keeps_its_possessive() -> None:
    weights = load_weights()
    parts = {root: part for root, part in load_parts().items() if root != "отбасы"}
    assert Cutter(Scorer(Lexicon(parts, {}), weights)).root("отбасының") == "отбасы"


@pytest.mark.parametrize(
    ("form", "root"),
    [
        ("тендерге", "тендер"),
        ("дәптері", "дәптер"),
        ("шахтердің", "шахтер"),
        ("характерінің", "характер"),
        ("мұхтарды", "мұхтар"),
        ("салдарынан", "салдар"),
        ("постерлер", "постер"),
        ("тендерлердің", "тендер"),
        ("қолдарын", "қол"),  # a plural after all
        ("кітаптары", "кітап"),
    ],
)
def test_a_listed_word_that_looks_plural_is_no_plural(form: str, root: str) -> None:
    assert stems(form) == (root,)


def test_the_noun_is_among_the_stems_of_every_locative_that_is_written_like_a_verb() -> None:
    lexicon = default_stemmer().lexicon
    verbs = [
        word
        for word, part in load_parts().items()
        if part == "v" and word.endswith(("да", "де", "та", "те")) and lexicon.is_noun(word[:-2])
    ]
    assert len(verbs) > 150
    assert {"сотта", "топта", "жолда", "қолда", "суретте", "негізде"} <= set(verbs)
    assert [verb for verb in verbs if stems(verb) != (verb, verb[:-2])] == []


@pytest.mark.parametrize(
    ("form", "root"),
    [("қолдады", "қол"), ("таңдаған", "таң"), ("соттады", "сот"), ("сауда", "сау")],
)
def test_other_forms_of_that_verb_do_not_meet_the_noun(form: str, root: str) -> None:
    assert root not in stems(form)


@pytest.mark.parametrize(
    ("form", "root"),
    [
        ("түлкінің", "түлкі"),
        ("қанатын", "қанат"),
        ("қуатын", "қуат"),
        ("ауаның", "ауа"),
        ("талапты", "талап"),
        ("келісімін", "келісім"),
        ("жолдауы", "жолдау"),
        ("жылғы", "жыл"),
        ("болмаса", "бол"),
        ("жоқтығы", "жоқ"),
        ("парқы", "парық"),
        ("фактілердің", "факт"),
    ],
)
def test_the_usual_root_is_among_the_stems(form: str, root: str) -> None:
    assert root in stems(form)


@pytest.mark.parametrize("word", ["ханзада", "үздік", "казахстан"])
def test_whole_words_stay(word: str) -> None:
    assert stems(word) == (word,)


def test_every_keeper_shows_itself_in_its_example() -> None:
    kinds = {"name", "compound", "listed"}
    for part, kind, example in read_rows("keepers.tsv"):
        assert kind in kinds
        word = example.split("-")[0].casefold()
        assert word[:-1].endswith(part)
        if kind != "name":
            assert word in load_parts()
