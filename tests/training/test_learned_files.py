"""The learned data files are what ``./kz train`` makes of the inputs that stand beside them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kzsearch.morphology import stem
from kzsearch.query.associations import shipped_associations
from kzsearch.text.data_files import table_rows
from training import steps

STEPS = ("language_model", "letter_model", "stemmer", "translations", "associations")


def test_the_steps_are_known_here_and_have_their_scripts(root: Path) -> None:
    assert tuple(step.name for step in steps.STEPS) == STEPS
    assert all((root / f"training/{name}.py").exists() for name in STEPS)


def test_a_step_needs_only_what_was_learned_before_it() -> None:
    learned = {output: at for at, step in enumerate(steps.STEPS) for output in step.outputs}
    for at, step in enumerate(steps.STEPS):
        assert all(learned.get(name, -1) < at for name in step.own), step.name


@pytest.mark.parametrize("name", STEPS)
def test_a_learned_file_is_not_older_than_its_inputs_here(name: str) -> None:
    """Stale? Run ``./kz train`` where ../shared is, and read what it changed."""
    step = next(step for step in steps.STEPS if step.name == name)
    for output in step.outputs:
        recorded = steps.recorded_inputs(output)
        assert recorded.keys() == {*step.own, *step.packages, *step.shared}, output
        now = steps.own_inputs(step)
        stale = [name for name in step.own if now[name] != recorded[name]]
        assert stale == [], f"{output} was learned before these changed: run ./kz train"


@pytest.mark.shared
@pytest.mark.parametrize("name", STEPS)
def test_a_learned_file_is_of_the_shared_data_at_hand(shared: Path, name: str) -> None:
    step = next(step for step in steps.STEPS if step.name == name)
    for output in step.outputs:
        recorded = steps.recorded_inputs(output)
        now = steps.shared_inputs(step, shared)
        assert {name: recorded[name] for name in now} == now, f"{output}: run ./kz train"


def test_associated_words_are_their_own_stems() -> None:
    """They are looked up by stem: a key that is stemmed further would never be found."""
    assert {key: stem(key) for key in shipped_associations() if stem(key) != key} == {}


def test_translations_are_stems() -> None:
    rows = table_rows("kzsearch.query.translation", "learned.tsv")
    words = {word for _, kazakh, _ in rows for word in kazakh.split(", ")}
    assert words
    assert {word: stem(word) for word in words if stem(word) != word} == {}


def test_training_without_the_shared_data_says_what_is_missing(root: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "training.run", "stemmer", "--shared", tmp_path]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert f"{tmp_path}" in done.stderr
    assert "--shared" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") == 1
