"""A digest: what one alert has found, as a letter, as JSON and as a message of Telegram."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import quote

from kzsearch.alerts.config import Alert, AlertSettings
from kzsearch.results import Hit

__all__ = ["MOST_LISTED", "Digest"]

MOST_LISTED = 50
"""Articles that a digest lists; the rest is counted."""

_TELEGRAM_LENGTH = 4_000

_WORDS = {
    "kk": ("{count} жаңа мақала", "тағы {count} мақала", "сынақ"),
    "ru": ("новых статей: {count}", "и ещё статей: {count}", "проверка"),
    "en": ("new articles: {count}", "and more articles: {count}", "test"),
}
"""How many there are, how many are not listed, and what a digest for a trial is called."""


@dataclass(frozen=True, slots=True)
class Digest:
    """What an alert has to tell.

    delivery: its name, the same whenever the same digest is sent. hits: newest first.
    """

    alert: Alert
    settings: AlertSettings
    delivery: str
    hits: Sequence[Hit]
    test: bool = False

    @property
    def listed(self) -> Sequence[Hit]:
        """The hits that are shown."""
        return self.hits[:MOST_LISTED]

    @property
    def title(self) -> str:
        """One line: the name of the alert and how many articles there are."""
        new, _, test = _WORDS[self.settings.language]
        trial = f" ({test})" if self.test else ""
        return f"{self.alert.name}: {new.format(count=len(self.hits))}{trial}"

    def link(self, hit: Hit) -> str:
        """Where an article can be read: on the site where there is one, else where it appeared."""
        if self.settings.site:
            return f"{self.settings.site}articles/{quote(hit.article.id, safe='/')}"
        return hit.article.url

    def text(self) -> str:
        """The digest as plain text."""
        return "\n\n".join([self.title, *map(self._entry, self.listed), *self._rest(self.listed)])

    def letter(self) -> EmailMessage:
        """The digest as a letter."""
        letter = EmailMessage(policy=SMTP)
        host = self.settings.mail_from.rpartition("@")[2].strip("> ")
        letter["Subject"] = " ".join(self.title.split())
        letter["From"] = self.settings.mail_from
        letter["To"] = self.alert.address
        letter["Message-ID"] = f"<{self.delivery}@{host}>"
        letter["Auto-Submitted"] = "auto-generated"
        letter.set_content(self.text() + "\n")
        return letter

    def to_json(self) -> dict[str, object]:
        """The digest as the JSON object that a webhook gets."""
        return {
            "delivery": self.delivery,
            "alert": self.alert.name,
            "query": self.alert.query,
            "test": self.test,
            "total": len(self.hits),
            "articles": [
                {
                    "id": hit.article.id,
                    "title": hit.article.title,
                    "date": hit.article.date.isoformat() if hit.article.date else None,
                    "source": hit.article.source,
                    "category": hit.article.category,
                    "url": hit.article.url,
                    "link": self.link(hit),
                    "snippet": hit.snippet,
                }
                for hit in self.listed
            ],
        }

    def message(self) -> str:
        """The digest as plain text that is short enough for Telegram."""
        shown = len(self.listed)
        while True:
            hits = self.hits[:shown]
            text = "\n\n".join(
                [self.title, *(self._entry(hit, snippet=False) for hit in hits), *self._rest(hits)]
            )
            if len(text) <= _TELEGRAM_LENGTH or not shown:
                return text[:_TELEGRAM_LENGTH]
            shown -= 1

    def _entry(self, hit: Hit, *, snippet: bool = True) -> str:
        article = hit.article
        day = article.day.isoformat() if article.day else ""
        about = " · ".join(filter(None, [article.source, day]))
        pieces = " … ".join(" ".join(each.text.split()) for each in hit.fragments)
        title = " ".join(article.title.split()) or article.id
        return "\n".join(filter(None, [title, about, pieces if snippet else "", self.link(hit)]))

    def _rest(self, shown: Sequence[Hit]) -> list[str]:
        rest = len(self.hits) - len(shown)
        return [_WORDS[self.settings.language][1].format(count=rest)] if rest else []
