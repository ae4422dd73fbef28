"""robots.txt: what a host lets us ask, and how fast (RFC 9309, read by protego).

The file is kept for a day. A host without one (4xx) allows everything; of one whose file cannot
be had (5xx, no connection) nothing is asked until it can.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from kzsearch.errors import SourceError

if TYPE_CHECKING:
    from protego import Protego

__all__ = ["ROBOTS_SECONDS", "Rules", "rules_of"]

ROBOTS_SECONDS = 24 * 3600.0
"""How long a robots.txt is kept."""

_MAX_CHARS = 512_000  # RFC 9309 wants at least 500 KiB read


@dataclass(frozen=True, slots=True)
class Rules:
    """What one robots.txt says to one robot."""

    _parsed: Protego
    agent: str

    def allow(self, url: str) -> bool:
        """Whether an address may be asked."""
        return bool(self._parsed.can_fetch(url, self.agent))

    @property
    def delay(self) -> float:
        """The pause wanted between two requests, in seconds."""
        asked = self._parsed.crawl_delay(self.agent) or 0.0
        rate = self._parsed.request_rate(self.agent)
        return max(float(asked), rate.seconds / rate.requests if rate and rate.requests else 0.0)

    @property
    def sitemaps(self) -> list[str]:
        """Addresses of the sitemaps it names."""
        return list(self._parsed.sitemaps)


@lru_cache(maxsize=64)
def rules_of(text: str, user_agent: str) -> Rules:
    """What a robots.txt says to a robot, known by the first word of its user agent.

    Raises SourceError when protego is not installed.
    """
    try:
        from protego import Protego
    except ImportError:
        raise SourceError("Following sources needs: pip install 'kzsearch[web]'") from None
    return Rules(Protego.parse(text[:_MAX_CHARS]), user_agent.split("/")[0].split()[0].lower())
