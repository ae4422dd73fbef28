from __future__ import annotations

import pytest

from kzsearch.documents import Article, article_script
from kzsearch.text.scripts import Script


@pytest.mark.parametrize(
    ("title", "body", "script"),
    [
        ("Мектеп ашылды", "Ауылда жаңа мектеп ашылды.", Script.CYRILLIC),
        ("Школа", "Новая школа открыта.", Script.CYRILLIC),
        ("TikTok Facebook YouTube", "желілері туралы жаңа заң қабылданды", Script.CYRILLIC),
        ("ASTANA", "Tájikstan aýylynda jańa mektep ashyldy, dep habarlaıdy", Script.LATIN_2018),
        ("Жаңалық", "Tájikstan aýylynda jańa mektep ashyldy, dep habarlaıdy", Script.LATIN_2018),
        ("", "Batys Qazaqstanda su tasqyny qaupı seiılmei tūr", Script.LATIN_2021),
        ("", "Jaña zañ qabıldandı, dep habarladı ükimet basşısı", Script.LATIN_KAZINFORM),
        ("KAZINFORM", "جاڭا قۇرىلتايدىڭ دەپۋتاتتارى قىزمەتىنە كىرىسەدى", Script.ARABIC),
        ("The school", "A new school was opened in the village yesterday.", Script.OTHER),
        ("2025", "", Script.OTHER),
    ],
)
def test_the_script_is_that_of_title_and_body_together(
    title: str, body: str, script: Script
) -> None:
    assert article_script(Article(title=title, body=body)) is script
