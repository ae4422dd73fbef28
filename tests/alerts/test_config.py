"""What alerts may say in sources.toml, and what is said of everything else."""

from __future__ import annotations

from pathlib import Path

import pytest

from kzsearch.alerts.config import Alert, AlertSettings, Channel, Security, load_alerts, secret
from kzsearch.errors import AlertError
from kzsearch.sources import add_source, load_sources

GOOD = """
[defaults]
every = "15m"

[alerts]
site = "https://izdeu.kz"
mail_server = "smtp.izdeu.kz"
mail_from = "Іздеу <news@izdeu.kz>"
mail_user = "news"
mail_security = "tls"
language = "ru"
allow_private = true

[[source]]
name = "Газет"
feed = "https://gazet.kz/rss"

[[alert]]
name = "Сенат"
query = "сенат -футбол source:BAQ.KZ"
to = "mailto:redaktor@izdeu.kz"

[[alert]]
name = "Торап"
query = "мектеп"
to = "https://Izdeu.kz/hook?key=1"

[[alert]]
name = "Арна"
query = "мектеп"
to = "telegram:-1001234"
"""


def test_alerts_stand_beside_the_sources(tmp_path: Path) -> None:
    path = tmp_path / "sources.toml"
    path.write_text(GOOD, encoding="utf-8")
    listed = load_alerts(path)
    assert listed.alerts == (
        Alert("Сенат", "сенат -футбол source:BAQ.KZ", Channel.MAIL, "redaktor@izdeu.kz"),
        Alert("Торап", "мектеп", Channel.WEBHOOK, "https://izdeu.kz/hook?key=1"),
        Alert("Арна", "мектеп", Channel.TELEGRAM, "-1001234"),
    )
    assert listed.settings == AlertSettings(
        "https://izdeu.kz/", "smtp.izdeu.kz", "Іздеу <news@izdeu.kz>", "news", Security.TLS,
        "ru", True,
    )  # fmt: skip
    assert listed.settings.mail_place == ("smtp.izdeu.kz", 465)
    assert [alert.place for alert in listed.alerts] == [
        "mail redaktor@izdeu.kz", "webhook at izdeu.kz", "telegram -1001234",
    ]  # fmt: skip


def test_adding_a_source_leaves_alerts_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "sources.toml"
    path.write_text(GOOD, encoding="utf-8")
    before = load_alerts(path)
    add_source(path, {"name": "Екінші", "feed": "https://e.kz/rss"})
    assert load_alerts(path) == before
    assert [source.name for source in load_sources(path).sources] == ["Газет", "Екінші"]


def test_no_file_has_no_alerts(tmp_path: Path) -> None:
    assert load_alerts(tmp_path / "none.toml").alerts == ()


def alert(**keys: str) -> str:
    values = {"name": "А", "query": "мектеп", "to": "https://a.kz/"} | keys
    return "[[alert]]\n" + "".join(f'{key} = "{value}"\n' for key, value in values.items())


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[[alert", "is not TOML"),
        ("[alert]\nname = 'x'", "with two brackets"),
        ("alerts = 1", "[alerts] must be a table"),
        (alert() + alert(), "two alerts are named “А”"),
        (alert(name=""), "the name of alert 1 must be one line"),
        (alert(name="б" * 101), "at most 100 characters"),
        (alert(query=" "), "in alert “А”, query must be one line"),
        (alert(queri="x"), "“queri” is not known; known are: name, query, to"),
        (alert(to="ftp://a.kz"), "“to” must be mailto:"),
        (alert(to="telegram:x y"), "“to” must be mailto:"),
        (alert(to="https://user:pw@a.kz/"), "in alert “А”, web addresses with a user name"),
        (alert(to="mailto:a@b.kz"), "letters need mail_server"),
        (alert(to="mailto:a@b.kz?bcc=c@d.kz"), "is no address of mail"),
        ('[alerts]\nmail_server = "a b"', "must be a host"),
        ('[alerts]\nmail_server = "a.kz"', "needs mail_from"),
        ('[alerts]\nmail_from = "kzsearch"', "must be an address of mail"),
        ('[alerts]\nmail_security = "ssl"', "must be one of starttls, tls, none"),
        ('[alerts]\nmail_user = "a"\nmail_security = "none"', "a password is not sent"),
        ('[alerts]\nlanguage = "de"', "must be one of kk, ru, en"),
        ('[alerts]\nsite = "izdeu"', "is not a web address"),
        ("[alerts]\nallow_private = 1", "must be true or false"),
        ("[alerts]\nspeed = 1", "“speed” is not known"),
    ],
)
def test_what_is_wrong_is_one_sentence(tmp_path: Path, text: str, complaint: str) -> None:
    path = tmp_path / "sources.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(AlertError) as caught:
        load_alerts(path)
    assert complaint in str(caught.value)
    assert str(path) in str(caught.value)
    assert str(caught.value).endswith(".")
    assert "\n" not in str(caught.value)


def test_secrets_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert secret(Channel.MAIL) == "pass-word"
    monkeypatch.delenv("KZSEARCH_MAIL_PASSWORD")
    with pytest.raises(AlertError, match="KZSEARCH_MAIL_PASSWORD is not set"):
        secret(Channel.MAIL)
