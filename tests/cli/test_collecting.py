"""Garbage is collected again after a command that answers once."""

from __future__ import annotations

import gc

import pytest

from kzsearch.cli.collecting import uncollected


def test_nothing_is_collected_inside_and_everything_behind() -> None:
    @uncollected()
    def command() -> bool:
        return gc.isenabled()

    assert gc.isenabled()
    assert not command()
    assert gc.isenabled()


def test_an_error_turns_it_on_again() -> None:
    with pytest.raises(KeyError), uncollected():
        raise KeyError
    assert gc.isenabled()
