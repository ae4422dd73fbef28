"""Learning roots from text."""

from __future__ import annotations

from pathlib import Path

import pytest

from kzsearch.errors import KzsearchError
from kzsearch.morphology.cutter import Cutter
from kzsearch.morphology.learn import (
    LearnedRoot,
    collect_words,
    keep_roots,
    learn_archive,
    learn_roots,
    table_of_roots,
)
from kzsearch.morphology.lexicon import Lexicon, load_attested
from kzsearch.morphology.scoring import Scorer, load_weights
from kzsearch.morphology.stemmer import default_stemmer
from kzsearch.morphology.user_words import WORDS_VARIABLE, user_roots

FORMS = [f"шпрыңгал{ending}" for ending in ("", "дың", "ға", "ды", "да", "дан", "дар", "дардың")]


@pytest.fixture
def cutter() -> Cutter:
    return Cutter(Scorer(Lexicon({"қауіп": "n", "қолда": "v"}, {}), load_weights()))


def test_a_word_seen_with_many_endings_is_a_root(cutter: Cutter) -> None:
    learned = learn_roots(FORMS, cutter)
    assert learned["шпрыңгал"].nouns > 4
    assert learned["шпрыңгал"].verbs < 1


def test_a_word_seen_with_one_ending_is_not(cutter: Cutter) -> None:
    assert learn_roots(["шпрыңгалдың"], cutter) == {}


def test_listed_roots_their_spellings_and_forms_are_no_news(cutter: Cutter) -> None:
    words = ["қаупі", "қаупінің", "қаупіне", "қаупін", "қаупінде", "қауіпті", "қауіптің"]
    words += ["қолдау", "қолдауды", "қолдаудың", "қолдауға", "қолдауда", "қолдаудан"]
    assert learn_roots(words, cutter).keys().isdisjoint({"қауіп", "қауп", "қолда", "қолдау"})


def test_evidence_changes_what_is_believed() -> None:
    weights = {("seen_as_noun", "noun", "3"): 5.0}
    knowing = Cutter(Scorer(Lexicon({}, {"қоржан": (8.0, 0.0)}), weights))
    assert knowing.best("қоржанда").root == "қоржан"


def test_only_plain_kazakh_words_are_collected() -> None:
    words = collect_words(["Қазақстанның 2025 жылғы жоспары, WHO https://who.int АҚШ-тың"])
    assert words == {"қазақстанның", "жылғы", "жоспары"}


def test_learned_roots_are_written_as_a_table() -> None:
    roots = {"ә": LearnedRoot(2.6, 0.2), "а": LearnedRoot(0.0, 9.0)}
    comment, *rows = table_of_roots(roots, "my texts").splitlines()
    assert "my texts" in comment
    assert rows == ["root\tnouns\tverbs", "а\t0\t9", "ә\t3\t0"]


@pytest.fixture
def words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "words"
    monkeypatch.setenv(WORDS_VARIABLE, str(folder))
    return folder


def test_an_archive_is_learned_where_the_stemmer_looks(words: Path) -> None:
    roots = learn_archive([" ".join(FORMS)])
    assert roots.keys() == {"шпрыңгал"}
    assert keep_roots(roots).parent == words
    assert user_roots()["шпрыңгал"][0] >= 4
    taught = default_stemmer.__wrapped__()
    assert {taught.stem(form) for form in FORMS} == {"шпрыңгал"}


def test_learning_again_gives_the_same(words: Path) -> None:
    first = learn_archive([" ".join(FORMS)])
    keep_roots(first)
    assert learn_archive([" ".join(FORMS)]) == first


def test_what_ships_is_not_forgotten_for_a_small_archive(words: Path) -> None:
    root, seen = max(load_attested().items(), key=lambda item: (item[1], item[0]))
    keep_roots({root: LearnedRoot(1.0, 0.0)})
    lexicon = default_stemmer.__wrapped__().lexicon
    assert lexicon.evidence(root) == Lexicon({}, {root: seen}).evidence(root)


def test_where_nothing_can_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(KzsearchError, match=r"roots\.tsv cannot be written"):
        keep_roots({}, tmp_path / "file" / "roots.tsv")
