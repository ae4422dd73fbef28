"""Converting documents: text, capitals, what is left alone, and the way back to the original."""

from __future__ import annotations

import pytest

from kzsearch.text.scripts import Script, to_cyrillic

TEXTS = [
    (
        Script.LATIN_2018,
        "Qyrǵyzstanda halyqaralyq is-sharalar tendersiz ótkiziledi",
        "Қырғызстанда халықаралық іс-шаралар тендерсіз өткізіледі",
    ),
    (Script.LATIN_2018, "ShQO-da AES, TMD", "ШҚО-да АЭС, ТМД"),
    (Script.LATIN_2018, "ÓSKEMEN. Iran prezıdenti", "ӨСКЕМЕН. Иран президенті"),
    (
        Script.LATIN_2021,
        "Batys Qazaqstanda su tasqyny qaupı seiılmei tūr",
        "Батыс Қазақстанда су тасқыны қаупі сейілмей тұр",
    ),
    (Script.LATIN_KAZINFORM, "Jaña zañ qabıldandı", "Жаңа заң қабылданды"),
    (Script.LATIN_2017, "Jan'a zan' qabyldandy", "Жаңа заң қабылданды"),
    (Script.LATIN_2017, "Jan’a «zan’»", "Жаңа «заң»"),
    (
        Script.ARABIC,
        "جاڭا قۇرىلتايدىڭ دەپۋتاتتارى قىزمەتىنە قاشان كىرىسۋى مۇمكىن؟",
        "жаңа құрылтайдың депутаттары қызметіне қашан кірісуі мүмкін?",
    ),
    (Script.ARABIC, "۱۸,۶ ميلليون، ۷۰۰ مىڭ", "18,6 миллион, 700 мың"),
    (Script.CYRILLIC, "Қазақстан Astana", "Қазақстан Astana"),
    (Script.OTHER, "The president", "The president"),
]


@pytest.mark.parametrize(("script", "text", "expected"), TEXTS)
def test_a_text_reads_as_it_would_in_cyrillic(script: Script, text: str, expected: str) -> None:
    assert to_cyrillic(text, script).text == expected


@pytest.mark.parametrize(
    ("script", "text", "kept"),
    [
        (Script.LATIN_2018, "deıdi baq.kz saıty", "baq.kz"),
        (Script.LATIN_2018, "https://qz.inform.kz/news jarııalady", "https://qz.inform.kz/news"),
        (Script.LATIN_2018, "news@inform.kz mekenjaıy", "news@inform.kz"),
        (Script.LATIN_2018, "Warner kompanııasy", "Warner"),
        (Script.LATIN_2018, "XXI ǵasyr", "XXI"),
        (Script.ARABIC, "استانا. KAZINFORM - دەپ", "KAZINFORM"),
        (Script.LATIN_2018, "қазақ tili", "қазақ"),
    ],
)
def test_what_is_not_kazakh_in_that_script_is_left_alone(
    script: Script, text: str, kept: str
) -> None:
    converted = to_cyrillic(text, script).text
    assert kept in converted
    assert converted != text


def test_a_vocabulary_decides_between_readings() -> None:
    assert to_cyrillic("قادىر", Script.ARABIC, lambda word: word == "қадыр").text == "қадыр"
    assert to_cyrillic("قادىر", Script.ARABIC, lambda word: word == "қадір").text == "қадір"


@pytest.mark.parametrize(
    ("script", "text", "word", "place"),
    [
        (Script.LATIN_2018, "Bul — ashyq sharasy", "шарасы", "sharasy"),
        (Script.LATIN_2018, "Azııa elderi", "Азия", "Azııa"),
        (Script.LATIN_2018, "ja\u0301ne ja\u0301ne sheshim", "шешім", "sheshim"),
        (Script.ARABIC, "ەۋرو ءۇشىن جەڭىس", "үшін", "ءۇشىن"),
        (Script.LATIN_2017, "jan'a zan' bar", "заң", "zan'"),
    ],
)
def test_a_word_of_the_reading_leads_to_the_word_as_written(
    script: Script, text: str, word: str, place: str
) -> None:
    converted = to_cyrillic(text, script)
    at = converted.text.index(word)
    start, end = converted.span(at, at + len(word))
    assert text[start:end] == place
