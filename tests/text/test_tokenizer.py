"""The tokenizer (a few words are mixed-script on purpose)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kzsearch.text import Token, TokenKind, tokenize
from kzsearch.text.alphabet import LETTERS

K = TokenKind


def texts(text: str) -> list[str]:
    return [token.text for token in tokenize(text)]


def only(text: str) -> Token:
    (token,) = tokenize(text)
    return token


def test_a_token_says_what_and_where() -> None:
    assert tokenize("Сенат, ел-жұрт!") == [
        Token("Сенат", 0, 5, 0, K.WORD),
        Token("ел-жұрт", 7, 14, 1, K.COMPOUND),
        Token("ел", 7, 9, 1, K.WORD),
        Token("жұрт", 10, 14, 1, K.WORD),
    ]


def test_offsets_are_those_of_the_original() -> None:
    text = "«қа\u00adзақ» и\u0306од"
    assert [(t.text, text[t.start : t.end]) for t in tokenize(text)] == [
        ("қазақ", "қа\u00adзақ"),
        ("йод", "и\u0306од"),
    ]


def test_all_42_letters_make_words() -> None:
    assert only(LETTERS).text == LETTERS
    assert texts(" ".join(LETTERS)) == list(LETTERS)
    assert only(LETTERS.upper()).text == LETTERS.upper()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Қ.Тоқаев", ["Қ", "Тоқаев"]),
        ("Қ. К. Тоқаев", ["Қ", "К", "Тоқаев"]),
        ("Алматы.Кеше", ["Алматы", "Кеше"]),
        ("5 млрд.теңге", ["5", "млрд", "теңге"]),
        ("т.б.", ["т", "б"]),
        ("О’Нил мен д’Арк", ["О'Нил", "мен", "д'Арк"]),
        ("'сөз'", ["сөз"]),
        ("snake_case", ["snake", "case"]),
        ("", []),
        ("... — !", []),
    ],
)
def test_words_are_split_where_they_end(text: str, words: list[str]) -> None:
    assert texts(text) == words


@pytest.mark.parametrize(
    ("text", "whole", "parts"),
    [
        ("Қасым-Жомарт", "Қасым-Жомарт", ["Қасым", "Жомарт"]),
        ("премьер-министр", "премьер-министр", ["премьер", "министр"]),
        ("Қазақстан–Италия", "Қазақстан-Италия", ["Қазақстан", "Италия"]),
        ("COVID-19", "COVID-19", ["COVID", "19"]),
        ("COVID-19-ға", "COVID-19-ға", ["COVID", "19-ға"]),
        ("2025-жылы", "2025-жылы", ["2025", "жылы"]),
        ("10-15-тен", "10-15-тен", ["10", "15-тен"]),
        ("Z-ұрпақ", "Z-ұрпақ", ["Z", "ұрпақ"]),
        ("ҚР-АҚШ", "ҚР-АҚШ", ["ҚР", "АҚШ"]),
        ("Сен-Жермен-ақ", "Сен-Жермен-ақ", ["Сен", "Жермен-ақ"]),
        ("5млн", "5млн", ["5", "млн"]),
        ("2025жылы", "2025жылы", ["2025", "жылы"]),
    ],
)
def test_a_compound_stands_with_its_parts_at_one_position(
    text: str, whole: str, parts: list[str]
) -> None:
    tokens = tokenize(text)
    assert [token.text for token in tokens] == [whole, *parts]
    assert tokens[0].kind is K.COMPOUND
    assert {token.position for token in tokens} == {0}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("55-ші", K.NUMBER),
        ("5-інші", K.NUMBER),
        ("100-ден", K.NUMBER),
        ("2020-сыншы", K.NUMBER),
        ("1990-дағы", K.NUMBER),
        ("5-еуінің", K.NUMBER),
        ("90-х", K.NUMBER),
        ("XXI-ші", K.NUMBER),
        ("%-ке", K.SYMBOL),
        ("%-КЕ", K.SYMBOL),
        ("АҚШ-тың", K.ACRONYM),
        ("АҚШ-ТЫҢ", K.ACRONYM),
        ("ҚазҰУ-дың", K.ACRONYM),
        ("ЖОО-лардағы", K.ACRONYM),
        ("Facebook-те", K.WORD),
        ("км-ге", K.WORD),
        ("күні-ақ", K.WORD),
        ("жасаған-ау", K.WORD),
        ("болған-мыс", K.WORD),
    ],
)
def test_an_ending_or_particle_stays_with_its_head(text: str, kind: TokenKind) -> None:
    token = only(text)
    assert (token.text, token.kind) == (text, kind)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("мектеп", K.WORD),
        ("Мектеп", K.WORD),
        ("қ", K.WORD),
        ("Қ", K.WORD),
        ("5G", K.WORD),
        ("АҚШ", K.ACRONYM),
        ("НАТО", K.ACRONYM),
        ("ҚазҰУ", K.ACRONYM),
        ("ҚАЗАҚСТАН", K.WORD),
        ("5", K.NUMBER),
        ("25,5", K.NUMBER),
        ("3.5", K.NUMBER),
        ("XIX", K.NUMBER),
        ("٢٥", K.NUMBER),
        ("%", K.SYMBOL),
        ("№", K.SYMBOL),
        ("₸", K.SYMBOL),
    ],
)
def test_kinds(text: str, kind: TokenKind) -> None:
    assert (only(text).text, only(text).kind) == (text, kind)


def test_numbers_beside_signs_and_in_groups() -> None:
    assert texts("25%-ке, №5, $100, 30°C, 10 000, 2:1, 2024/2025") == [
        *("25", "%-ке", "№", "5", "$", "100", "30", "°C", "10000", "2", "1", "2024", "2025"),
    ]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("15:30-да", ["15:30-да"]),
        ("09:05", ["09:05"]),
        ("15:30-17:00", ["15:30-17:00", "15:30", "17:00"]),
        ("15:3", ["15", "3"]),
        ("25:61", ["25", "61"]),
        ("1:05:30", ["1", "05", "30"]),
    ],
)
def test_a_clock_time_is_one_token(text: str, tokens: list[str]) -> None:
    assert texts(text) == tokens


def test_a_unit_of_one_letter_is_parted_from_its_number() -> None:
    assert texts("5м") == ["5м", "5", "м"]
    assert texts("5А") == ["5А"]


def test_a_date_is_found_whole_and_by_its_parts() -> None:
    for text in ("12.09.2025", "12.09.2025-те"):
        tokens = tokenize(text)
        assert [token.text for token in tokens] == [text, "12", "09", "2025"]
        assert {(token.position, token.kind) for token in tokens} == {(0, K.NUMBER)}


def test_the_ending_of_a_quoted_name_is_no_word() -> None:
    assert texts("«Астана»-да, «Қайрат»–тың, “Барыс”-қа") == ["Астана", "Қайрат", "Барыс"]
    assert texts("«Астана»-лық-сөз") == ["Астана", "лық-сөз", "лық", "сөз"]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        (
            "https://www.baq.kz/news/1.",
            [("https://www.baq.kz/news/1", K.URL), ("baq.kz", K.URL), ("baq", K.WORD)],
        ),
        ("BAQ.KZ", [("BAQ.KZ", K.URL), ("BAQ", K.WORD)]),
        ("BAQ.KZ-тің", [("BAQ.KZ", K.URL), ("BAQ", K.WORD)]),
        ("Ақорда.kz", [("Ақорда.kz", K.URL), ("Ақорда", K.WORD)]),
        ("(zakon.kz)", [("zakon.kz", K.URL), ("zakon", K.WORD)]),
        (
            "t.me/kz_news",
            [("t.me/kz_news", K.URL), ("t.me", K.URL), ("t", K.WORD)],
        ),
        (
            "bas.redaktor@egemen.kz,",
            [
                ("bas.redaktor@egemen.kz", K.EMAIL),
                *(("bas", K.WORD), ("redaktor", K.WORD)),
                *(("egemen.kz", K.URL), ("egemen", K.WORD)),
            ],
        ),
        ("#Қазақстан!", [("#Қазақстан", K.HASHTAG), ("Қазақстан", K.WORD)]),
        (
            "@tokayev_online",
            [("@tokayev_online", K.HASHTAG), ("tokayev", K.WORD), ("online", K.WORD)],
        ),
    ],
)
def test_addresses_and_tags_are_found_whole_and_by_name(
    text: str, tokens: list[tuple[str, TokenKind]]
) -> None:
    found = tokenize(text)
    assert [(token.text, token.kind) for token in found] == tokens
    assert {token.position for token in found} == {0}


def test_words_around_an_address_keep_their_places() -> None:
    text = "деп хабарлайды BAQ.KZ тілшісі"
    assert [(t.text, t.position) for t in tokenize(text)] == [
        *(("деп", 0), ("хабарлайды", 1), ("BAQ.KZ", 2), ("BAQ", 2), ("тілшісі", 3)),
    ]


@pytest.mark.parametrize("text", ["Алматы.Казір", "сөз.kzsearch", "a@b", "# тег", "@", "://"])
def test_what_only_resembles_an_address_is_words(text: str) -> None:
    assert {token.kind for token in tokenize(text)} <= {K.WORD}


def test_other_scripts_of_kazakh_make_words() -> None:
    assert texts("جەڭىس ءۇشىن، ٴبىر ەل؛ قـازاق") == ["جەڭىس", "ءۇشىن", "ٴبىر", "ەل", "قازاق"]
    assert texts("Qazaqstannyń o’qıdy ǵylym, Būryñğy") == [
        *("Qazaqstannyń", "o'qıdy", "ǵylym", "Būryñğy"),
    ]


def test_a_long_chain_is_its_parts_only() -> None:
    assert texts("-".join("абвгдежзи")) == list("абвгдежзи")
    assert len({token.position for token in tokenize("-".join("абвгдежзи"))}) == 9


@pytest.mark.parametrize(
    "scrap",
    [
        "a.",
        "а-",
        "а'",
        "1.",
        "1-",
        "@",
        "a@a.",
        ".kz",
        "a.kz/",
        "http://.",
        "х",
        "хy",
        "»-ға",
        "#а",
        "А. ",
    ],
)
def test_no_text_makes_it_slow(
    scrap: str, grows_no_faster: Callable[[Callable[[str], object], str], bool]
) -> None:
    assert grows_no_faster(tokenize, scrap)


def placed(text: str) -> list[tuple[str, int]]:
    return [(token.text, token.position) for token in tokenize(text)]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("0аза0стан", [("0аза0стан", 0), ("қазақстан", 0)]),
        ("к1тап оқы", [("к1тап", 0), ("кітап", 0), ("оқы", 1)]),
        ("6айлық", [("6айлық", 0), ("6", 0), ("айлық", 0)]),
        ("5G", [("5G", 0)]),
        ("G20", [("G20", 0)]),
        ("қала4", [("қала4", 0)]),
        ("‘Болашақ’тың түлегі", [("Болашақ", 0), ("түлегі", 1)]),
        ("об'ект", [("об'ект", 0)]),
    ],
)
def test_digits_and_quotes_inside_words(text: str, tokens: list[tuple[str, int]]) -> None:
    assert placed(text) == tokens


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        (
            "жаңа мек-\nтептерде",
            [("жаңа", 0), ("мектептерде", 1), ("мек-тептерде", 1), ("мек", 1), ("тептерде", 1)],
        ),
        ("азық-\r\n  түлік", [("азықтүлік", 0), ("азық-түлік", 0), ("азық", 0), ("түлік", 0)]),
        ("АҚШ-\nтың", [("АҚШ-тың", 0)]),
        ("мек¬\nтеп", [("мектеп", 0)]),
        ("мек\xad\nтеп", [("мектеп", 0)]),
        ("Бек-\nАрыс", [("Бек", 0), ("Арыс", 1)]),
        ("деді -\nол", [("деді", 0), ("ол", 1)]),
        ("те ң ге", [("теңге", 0)]),
        ("Қ А З А Қ С Т А Н", [("ҚАЗАҚСТАН", 0)]),
        ("о баста", [("о", 0), ("баста", 1)]),
        ("А Б В Г Д", [("А", 0), ("Б", 1), ("В", 2), ("Г", 3), ("Д", 4)]),
    ],
)
def test_broken_words(text: str, tokens: list[tuple[str, int]]) -> None:
    assert placed(text) == tokens


def test_a_broken_word_spans_all_of_its_pieces() -> None:
    text = "1,8 млрд те ң ге болды"
    token = next(token for token in tokenize(text) if token.text == "теңге")
    assert text[token.start : token.end] == "те ң ге"
