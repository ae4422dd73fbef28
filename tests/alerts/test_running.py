"""Alerts from the new article to whoever is told."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kzsearch import Article, Index
from kzsearch.alerts import AlertReport, alert_statuses, alerts_due, run_alerts, send_test
from kzsearch.alerts.digests import MOST_LISTED
from kzsearch.alerts.ledger import Ledger
from kzsearch.alerts.sending import Sender
from kzsearch.errors import AlertError
from kzsearch.sources import Places

from .conftest import NOON, Clock, Hook, MailServer, an_article

Write = Callable[..., None]
MAIL = "mailto:redaktor@izdeu.kz"


@pytest.fixture
def run(places: Places, index: Index, sender: Sender, clock: Clock) -> Callable[[], list[str]]:
    def run_once() -> list[str]:
        return list(map(str, run_alerts(places, index, sender=sender, now=clock)))

    return run_once


Run = Callable[[], list[str]]


def test_a_new_article_is_told_once(run: Run, index: Index, write: Write, mail: MailServer) -> None:
    write(("Мектептер", "мектеп", MAIL))
    assert run() == []  # what is there is not new
    index.add([an_article("a", "Жаңа мектептің ашылуы"), an_article("b", "Футбол")])
    assert run() == ["Мектептер: 1 article sent to mail redaktor@izdeu.kz."]
    assert run() == []
    (letter,) = mail.letters
    assert letter["Subject"] == "Мектептер: 1 жаңа мақала"
    assert (letter["From"], letter["To"]) == ("kzsearch <news@izdeu.kz>", "redaktor@izdeu.kz")
    assert letter.get_content().splitlines() == [
        "Мектептер: 1 жаңа мақала",
        "",
        "Жаңа мектептің ашылуы",
        "BAQ.KZ · 2025-09-29",
        "Ауылда жаңа ғимарат ашылды.",
        "https://izdeu.kz/articles/a",
    ]


def test_one_digest_a_run_newest_first(run: Run, index: Index, write: Write, hook: Hook) -> None:
    write(("Барлығы", "мектеп", hook.url()), ("Жоқ", "жоқсөз", hook.url("/none")))
    run()
    index.add(an_article(f"n{number:02}", f"Мектеп {number}") for number in range(MOST_LISTED + 7))
    index.add([an_article("z", "Мектеп туралы")])
    assert run() == ["Барлығы: 58 articles sent to webhook at hook.test."]
    (posted,) = hook.posted
    digest = json.loads(posted.body)
    assert digest["total"] == 58
    assert [article["id"] for article in digest["articles"]] == [f"n{n:02}" for n in range(50)]
    assert digest["articles"][0]["snippet"] == "Ауылда жаңа ғимарат ашылды."


def test_a_webhook_can_tell_who_sends(run: Run, index: Index, write: Write, hook: Hook) -> None:
    write(("Мектептер", "мектеп", hook.url()))
    run()
    index.add([an_article("a", "Мектеп")])
    run()
    (posted,) = hook.posted
    assert posted.path == "/hook/s3cret"
    signed = posted.headers["x-kzsearch-timestamp"].encode() + b"." + posted.body
    expected = hmac.new("құпия сөз".encode(), signed, hashlib.sha256).hexdigest()
    assert posted.headers["x-kzsearch-signature"] == f"sha256={expected}"
    assert posted.headers["x-kzsearch-delivery"] == json.loads(posted.body)["delivery"]


def test_telegram_gets_a_message(run: Run, index: Index, write: Write, hook: Hook) -> None:
    write(("Мектептер", "мектеп", "telegram:@mektep_kz"))
    run()
    index.add(an_article(f"a{number}", f"Мектеп {'ұзақ ' * 90}{number}") for number in range(20))
    assert run() == ["Мектептер: 20 articles sent to telegram @mektep_kz."]
    (posted,) = hook.posted
    assert posted.path == "/bot123:tok-en/sendMessage"
    message = json.loads(posted.body)
    assert message["chat_id"] == "@mektep_kz"
    assert len(message["text"]) <= 4_000
    assert message["text"].endswith("мақала")
    assert "тағы" in message["text"]


def test_changes_reprints_of_the_id_and_partial_matches_are_no_news(
    run: Run, index: Index, write: Write, mail: MailServer
) -> None:
    write(("Екі сөз", "мектеп ашылу", MAIL))
    run()
    index.add(
        [an_article("old", "Мектеп қайта ашылды"), an_article("half", "Мектеп жабылды", "Иә")]
    )
    assert run() == []
    index.delete(["old"])
    index.add([an_article("old", "Мектеп тағы ашылды")])
    assert run() == []
    assert mail.letters == []


def test_what_fails_is_tried_again_later_and_later(
    run: Run, index: Index, write: Write, hook: Hook, clock: Clock, places: Places
) -> None:
    write(("Мектептер", "мектеп", hook.url()))
    run()
    index.add([an_article("a", "Мектеп")])
    hook.status = 500
    failure = "Мектептер: not sent to webhook at hook.test: it answered with status 500"
    assert run() == [f"{failure} (Internal Server Error)."]
    assert run() == []  # not yet
    clock.time += 121
    assert len(run()) == 1
    clock.time += 121
    assert run() == []  # four minutes now
    (status,) = alert_statuses(places, clock.time)
    assert "1 to tell, failed, tried again from" in str(status)
    hook.status = 204
    index.add([an_article("b", "Мектеп екі")])
    clock.time += 240
    assert run() == ["Мектептер: 1 article sent to webhook at hook.test."]
    assert run() == [
        "Мектептер: 1 article sent to webhook at hook.test."
    ]  # the one that came since
    deliveries = [json.loads(posted.body) for posted in hook.posted]
    assert [[article["id"] for article in each["articles"]] for each in deliveries] == [
        ["a"], ["a"], ["a"], ["b"],
    ]  # fmt: skip
    assert len({each["delivery"] for each in deliveries}) == 2
    assert str(alert_statuses(places, clock.time)[0]) == "Мектептер: last told just now."


def test_a_kill_after_sending_sends_the_same_once_more(
    run: Run, index: Index, write: Write, mail: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(("Мектептер", "мектеп", MAIL))
    run()
    index.add([an_article("a", "Мектеп")])

    class Killed(BaseException):
        pass

    def die(*_: object) -> None:
        raise Killed

    for step, letters in (("note", 0), ("batch", 0), ("arrived", 1)):
        with monkeypatch.context() as patch:
            patch.setattr(Ledger, step, die)
            with pytest.raises(Killed):
                run()
        assert len(mail.letters) == letters
    index.add([an_article("b", "Мектеп екі")])
    run()
    run()
    run()
    ids = [letter["Message-ID"] for letter in mail.letters]
    assert len(ids) == 3
    assert ids[0] == ids[1] != ids[2]
    assert mail.letters[0].get_content() == mail.letters[1].get_content()


def test_deleted_articles_are_told_to_nobody(
    run: Run, index: Index, write: Write, hook: Hook, clock: Clock, places: Places
) -> None:
    write(("Мектептер", "мектеп", hook.url()))
    run()
    index.add([an_article("a", "Мектеп")])
    hook.status = 503
    run()
    index.delete(["a"])
    hook.status, clock.time = 200, NOON + 9_999
    assert run() == []
    assert len(hook.posted) == 1
    assert alert_statuses(places, clock.time)[0].delivery.pending == 0


def test_one_alert_that_fails_keeps_no_other(
    run: Run, index: Index, write: Write, mail: MailServer, hook: Hook
) -> None:
    write(("Бір", "мектеп", hook.url()), ("Екі", "мектеп", MAIL))
    run()
    index.add([an_article("a", "Мектеп")])
    hook.status = 404
    assert len(run()) == 2
    assert len(mail.letters) == 1


def test_the_mail_server_s_reason_is_told(
    run: Run, index: Index, write: Write, mail: MailServer
) -> None:
    write(("Мектептер", "мектеп", MAIL))
    run()
    index.add([an_article("a", "Мектеп")])
    mail.refusing = "550 pass-word is not known"
    (report,) = run()
    assert "refused it: it knows no such receiver" in report


def test_private_networks_are_refused(
    places: Places, index: Index, sender: Sender, write: Write, hook: Hook, mail: MailServer
) -> None:
    write(("Торап", "мектеп", hook.url()), ("Хат", "мектеп", MAIL))
    closed = Sender(False, sender.exchange)
    run_alerts(places, index, sender=closed)
    index.add([an_article("a", "Мектеп")])
    reports = run_alerts(places, index, sender=closed)
    assert all("is in a private network" in report.error for report in reports)
    assert len(reports) == 2
    assert (hook.posted, mail.letters) == ([], [])


def test_no_secret_is_told(
    run: Run, index: Index, write: Write, hook: Hook, places: Places, sender: Sender
) -> None:
    write(
        ("Торап", "мектеп", hook.url()),
        ("Қосылмайды", "мектеп", "http://gone.test:1/s3cret"),
        ("Телеграм", "мектеп", "telegram:-1001"),
    )
    run()
    index.add([an_article("a", "Мектеп")])
    hook.status = 403
    told = [*run(), *map(str, alert_statuses(places, NOON))]
    assert len(told) == 6
    for secret in ("s3cret", "tok-en", "құпия"):
        assert not any(secret in sentence for sentence in told)


def test_a_missing_secret_is_one_sentence(
    run: Run, index: Index, write: Write, hook: Hook, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(("Торап", "мектеп", hook.url()))
    run()
    index.add([an_article("a", "Мектеп")])
    monkeypatch.delenv("KZSEARCH_WEBHOOK_SECRET")
    (report,) = run()
    assert report.endswith("the environment variable KZSEARCH_WEBHOOK_SECRET is not set.")


def test_an_alert_that_is_gone_is_forgotten(
    run: Run, index: Index, write: Write, hook: Hook, places: Places, clock: Clock
) -> None:
    write(("Бір", "мектеп", hook.url()))
    run()
    index.add([an_article("a", "Мектеп")])
    hook.status = 500
    run()
    write(("Екі", "мектеп", hook.url()))
    run()
    write(("Бір", "мектеп", hook.url()))
    clock.time += 9_999
    assert run() == []


def test_a_run_is_due_when_something_may_have_come(
    places: Places, index: Index, write: Write, sender: Sender
) -> None:
    assert not alerts_due(places, index.generation, NOON)
    write(("Бір", "мектеп", MAIL))
    assert alerts_due(places, index.generation, NOON)
    run_alerts(places, index, sender=sender)
    assert not alerts_due(places, index.generation, NOON)
    index.add([an_article("a", "Мектеп")])
    assert alerts_due(places, index.generation, NOON)


def test_a_trial_is_sent_and_not_remembered(
    places: Places, index: Index, write: Write, sender: Sender, mail: MailServer, run: Run
) -> None:
    write(("Мектептер", "мектеп", MAIL))
    assert send_test(places, index, "Мектептер", sender=sender) == 1
    assert mail.letters[0]["Subject"] == "Мектептер: 1 жаңа мақала (сынақ)"
    assert not (places.state.parent / "alerts.sqlite").exists()
    mail.refusing = "550 no"
    with pytest.raises(AlertError, match="The trial did not arrive at mail redaktor"):
        send_test(places, index, "Мектептер", sender=sender)
    with pytest.raises(AlertError, match="no alert “Жоқ”"):
        send_test(places, index, "Жоқ", sender=sender)


@pytest.mark.parametrize("language", ["ru", "en"])
def test_digests_speak_the_language_chosen(
    run: Run, index: Index, write: Write, mail: MailServer, language: str
) -> None:
    write(("Мектептер", "мектеп", MAIL), settings=f'language = "{language}"')
    run()
    index.add([an_article("a", "Мектеп")])
    run()
    wanted = {"ru": "Мектептер: новых статей: 1", "en": "Мектептер: new articles: 1"}
    assert mail.letters[0]["Subject"] == wanted[language]


def test_hostile_articles_write_no_headers(
    run: Run, index: Index, write: Write, mail: MailServer
) -> None:
    write(("Мектептер", "мектеп", MAIL))
    run()
    body = "Мектеп\n.\nRSET\nMAIL FROM:<x@y>"
    index.add([Article(id="a\r\nBcc: x@y", title="Мектеп\r\nBcc: all@izdeu.kz", body=body)])
    run()
    (letter,) = mail.letters
    assert letter["Bcc"] is None
    assert "Bcc: all@izdeu.kz" in letter.get_content()


def test_without_alerts_nothing_is_made(run: Run, places: Places, tmp_path: Path) -> None:
    assert run() == []
    assert not list(tmp_path.rglob("alerts.*"))


def test_another_process_that_runs_alerts_is_left_alone(
    run: Run, write: Write, places: Places, index: Index
) -> None:
    from filelock import FileLock

    write(("Мектептер", "мектеп", MAIL))
    run()
    index.add([an_article("a", "Мектеп")])
    with FileLock(places.lock.with_name("alerts.lock")):
        assert run() == []
    assert len(run()) == 1


def test_reports_count() -> None:
    from kzsearch.alerts.config import Alert, Channel

    alert = Alert("А", "б", Channel.MAIL, "a@b.kz")
    assert str(AlertReport(alert, 1_200)) == "А: 1,200 articles sent to mail a@b.kz."
