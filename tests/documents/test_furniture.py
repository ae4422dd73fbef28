"""Page furniture is told from running text by its shape alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzsearch.documents.furniture import furniture_spans, spans_of_texts

NEWS = (
    "Ауданда жаңа мектеп ашылды. Салтанатқа әкім Серік Омаров пен ата-аналар қатысты, олар "
    "құрылысшыларға алғыс айтты. «Мектепте үш жүз бала оқиды, спорт залы мен кітапхана бар», – "
    "деді директор Айгүл Сапарова. Ғимарат бір жылда салынып бітті."
)
MENU = (
    "Басты бет Жаңалықтар Саясат Қоғам Экономика Спорт Мәдениет Әлем Видео Фото Жоба туралы "
    "Байланыс Жарнама Редакция Мұрағат Жазылу Іздеу"
)
HEADLINES = (
    "Тағы оқыңыздар Үкімет жаңа бағдарлама қабылдады Алматыда жол апатынан екі адам қаза тапты "
    "Ресей елшісі түсініктеме берді Доллар бағамы тағы көтерілді Астанада метро салына ма "
    "Парламент заң жобасын мақұлдады Шымкентте базар өртенді Теңгенің құны төмендеді"
)
TAGS = "#мектеп #аудан #жаңалық #білім #бала #құрылыс 12:45 01.02.2025 Бөлісу: Facebook Telegram VK"
ARCHIVE = " ".join(
    f"{month} {year}"
    for year in (2025, 2024, 2023)
    for month in ("Қаңтар", "Ақпан", "Наурыз", "Сәуір", "Мамыр", "Маусым")
)


def cut_out(text: str) -> str:
    kept, done = [], 0
    for start, end in furniture_spans(text):
        kept.append(text[done:start])
        done = end
    return " ".join("".join([*kept, text[done:]]).split())


@pytest.mark.parametrize("furniture", [MENU, HEADLINES, TAGS, ARCHIVE])
@pytest.mark.parametrize("joint", [" ", "\n", "\n\n"])
def test_furniture_around_news_is_found(furniture: str, joint: str) -> None:
    """But for some words at its edge, where neither is likelier."""
    behind = cut_out(f"{NEWS}{joint}{furniture}")
    assert behind.startswith(NEWS)
    assert len(behind) - len(NEWS) < len(furniture) / 2


@pytest.mark.parametrize("furniture", [MENU, TAGS, ARCHIVE])
@pytest.mark.parametrize("joint", [" ", "\n", "\n\n"])
def test_furniture_before_news_is_found(furniture: str, joint: str) -> None:
    before = cut_out(f"{furniture}{joint}{NEWS}")
    assert before.endswith(NEWS[NEWS.index("Салтанатқа") :])
    assert len(before) - len(NEWS) < len(furniture) / 2


def test_what_a_menu_parts_is_two_stretches_of_running_text() -> None:
    text = f"{MENU} {NEWS} {HEADLINES}"
    first, last = furniture_spans(text)
    assert "Спорт" in text[slice(*first)]
    assert "ашылды" not in text[slice(*first)]
    assert text.endswith(HEADLINES[-200:])
    assert last[1] == len(text)
    assert "директор" not in text[slice(*last)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Мектеп",
        "Астанада өткен жиынға Қасым-Жомарт Тоқаев пен Мәулен Әшімбаев қатысты",
        NEWS,
        NEWS.lower(),
        # many names, yet sentences
        "Жиынға Армения президенті Серж Саргсян, Әзербайжан президенті Ильхам Әлиев, Беларусь "
        "президенті Александр Лукашенко, Молдова президенті Игорь Додон қатысты. Бұл туралы "
        "Ақорданың баспасөз қызметі хабарлады.",
        "22 қаңтар күні Мемлекет басшысы Қасым-Жомарт Тоқаев АҚШ Президенті Дональд Трамптың "
        "шақыруымен Бейбітшілік кеңесінің Жарғысына қол қою рәсіміне қатысу үшін Давос қаласына "
        "жұмыс сапарымен барады.",
        # a speech without punctuation
        "біз бүгін үлкен іс бастадық бұл елдің болашағы үшін керек " * 20,
        # verse: lines begin with capitals
        "Желсіз түнде жарық ай,\nСәулесі суда дірілдеп,\nАуылдың жаны терең сай,\n"
        "Тасыған өзен күрілдеп.",
        "قازاقستان رەسپۋبليكاسى مەملەكەت باسشىسى " * 10,
    ],
)
def test_running_text_is_left_alone(text: str) -> None:
    assert furniture_spans(text) == ()


@given(st.text() | st.lists(st.sampled_from([NEWS, MENU, "\n", " ", "а", "Ә", "."])).map("".join))
def test_spans_are_rising_apart_and_of_whole_words(text: str) -> None:
    done = -1
    for start, end in furniture_spans(text):
        assert done < start < end <= len(text)
        assert not text[start].isspace()
        assert not text[end - 1].isspace()
        assert start == 0 or text[start - 1].isspace()
        assert end == len(text) or text[end].isspace()
        done = end


PIECES = [NEWS, MENU, HEADLINES, TAGS, "\n", " ", "а ", "Ә ", ". ", "Абай "]


@given(st.lists(st.text() | st.lists(st.sampled_from(PIECES)).map("".join), max_size=8))
def test_texts_read_together_have_the_furniture_they_have_alone(texts: list[str]) -> None:
    assert spans_of_texts(texts) == [furniture_spans(text) for text in texts]
