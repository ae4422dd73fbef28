"""Writing Cyrillic in other scripts, and reading it back."""

from __future__ import annotations

import pytest

from kzsearch.text.scripts import Script, detect_script, from_cyrillic, to_cyrillic
from kzsearch.text.scripts.script import LATIN_ALPHABETS

SENTENCE = "Үкімет отырысында Қазақстан Республикасының жаңа бюджеті талқыланды."


@pytest.mark.parametrize(
    ("script", "written"),
    [
        (
            Script.LATIN_2018,
            "Úkimet otyrysynda Qazaqstan Respýblıkasynyń jańa bıýdjeti talqylandy.",
        ),
        (
            Script.LATIN_2021,
            "Ükımet otyrysynda Qazaqstan Respublikasynyñ jaña biudjetı talqylandy.",
        ),
        (
            Script.LATIN_2017,
            "U'kimet otyrysynda Qazaqstan Respy'bli'kasynyn' jan'a bi'y'djeti talqylandy.",
        ),
        (
            Script.LATIN_KAZINFORM,
            "Ükimet otırısında Qazaqstan Respwblïkasınıñ jaña byudjeti talqılandı.",
        ),
        (
            Script.LATIN_DIGRAPH,
            "Uekimet otyrysynda Qazaqstan Respwblikasynyng zhanga bjwdzheti talqylandy.",
        ),
        (Script.ARABIC, "ۇكىمەت وتىرىسىندا قازاقستان رەسپۋبليكاسىنىڭ جاڭا بيۋدجەتى تالقىلاندى."),
    ],
)
def test_each_alphabet_is_written_by_its_rule(script: Script, written: str) -> None:
    assert from_cyrillic(SENTENCE, script) == written


@pytest.mark.parametrize("script", [*LATIN_ALPHABETS, Script.ARABIC])
def test_what_was_written_is_recognised_and_read_back(script: Script) -> None:
    written = from_cyrillic(SENTENCE, script)
    assert detect_script(written).script is script
    assert to_cyrillic(written, script).text.lower() == SENTENCE.lower()


def test_capitals_keep_the_dot_that_tells_letters_apart() -> None:
    assert from_cyrillic("ИІС", Script.LATIN_2018) == "IİS"
    assert from_cyrillic("Іле Иран", Script.LATIN_2018) == "İle Iran"


def test_other_characters_stay() -> None:
    assert from_cyrillic("№5, Audi — жаңа!", Script.LATIN_2018) == "№5, Audi — jańa!"
