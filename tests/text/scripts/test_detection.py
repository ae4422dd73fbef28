"""Telling scripts and alphabets apart, and Kazakh from its neighbours."""

from __future__ import annotations

import pytest

from kzsearch.text.scripts import Script, detect_script

KAZAKH = [
    (Script.CYRILLIC, "Мемлекет басшысы үкімет отырысын өткізді"),
    (Script.CYRILLIC, "Президент подписал закон. Astana"),
    (Script.LATIN_2018, "Bul termın áleýmettik-ekonomıkalyq turaqtylyqty qamtamasyz etedi"),
    (
        Script.LATIN_2021,
        "Batys Qazaqstanda su tasqyny qaupı seiılmei tūr, aimaqta adamdar köşırıldı",
    ),
    (Script.LATIN_KAZINFORM, "Memleket basşısı ükimet otırısın ötkizdi jäne jaña zañğa qol qoydı"),
    (
        Script.LATIN_2017,
        "Memleket bas'ysy u'kimet otyrysyn o'tkizdi ja'ne jan'a zan'g'a qol qoi'dy",
    ),
    (Script.LATIN_ASCII, "Memleket basshysy ukimet otyrysynda ekonomikany damytu turaly aytty"),
    (Script.ARABIC, "پرەزيدەنت قازاقستان رەسپۋبليكاسىنىڭ زاڭىنا قول قويدى"),
    (Script.ARABIC, "استانا. KAZINFORM - كەشە الماتىدا جاڭا مەكتەپ اشىلدى"),
]
OTHERS = [
    "The president of Kazakhstan said on Tuesday that the government will raise salaries.",
    "Cumhurbaşkanı, Ankara'da düzenlenen törende ülkenin ekonomik büyümesine dikkat çekti.",
    "Azərbaycan Respublikasının Prezidenti bu gün Bakıda keçirilən tədbirdə iştirak edib.",
    "Mamlakatimizda ta'lim sohasida katta islohotlar amalga oshirilmoqda, yangi maktab ochildi.",
    "Ríkisstjórnin kynnti í gær nýjar aðgerðir til að bæta stöðu ungs fólks.",
    "Prezident zajavil vo vtornik, chto pravitelstvo povysit zarplaty uchiteljam.",
    "أعلن رئيس الوزراء اليوم أن الحكومة ستزيد رواتب المعلمين في جميع أنحاء البلاد.",
    "رئیس جمهور ایران روز سه‌شنبه گفت که دولت حقوق معلمان را افزایش خواهد داد.",
    "شىنجاڭ ئۇيغۇر ئاپتونوم رايونىنىڭ رەئىسى بۈگۈن ئۈرۈمچىدە يېڭى مەكتەپنى ئاچتى.",
    "سەرۆکی هەرێمی کوردستان ئەمڕۆ لە هەولێر لەگەڵ وەزیری دەرەوە کۆبووەوە.",
    "中华人民共和国",
    "2025 — 100 %",
    "",
]


@pytest.mark.parametrize(("script", "text"), KAZAKH)
def test_a_kazakh_text_is_recognised_by_its_letters(script: Script, text: str) -> None:
    found = detect_script(text)
    assert found.script is script
    assert found.confidence > 0.5


@pytest.mark.parametrize("text", OTHERS)
def test_other_languages_are_not_taken_for_kazakh(text: str) -> None:
    assert detect_script(text).script is Script.OTHER


def test_a_word_or_two_are_less_certain_than_a_sentence() -> None:
    sentence = "Qyrǵyzstanda halyqaralyq sharalar tendersiz ótkiziledi"
    word = detect_script(sentence.split()[0])
    assert word.confidence < detect_script(sentence).confidence


def test_only_a_bounded_part_of_a_text_is_looked_at() -> None:
    kazakh = "Мемлекет басшысы үкімет отырысын өткізді. " * 200
    assert detect_script(kazakh) == detect_script(kazakh + "The president said. " * 10_000)
