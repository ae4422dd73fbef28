"""Why something could not be fetched."""

from __future__ import annotations

from kzsearch.errors import SourceError

__all__ = ["FetchError"]


class FetchError(SourceError):
    """An address could not be had; the message is one clause without a full stop.

    lasting: trying again soon is of no use (robots.txt forbids it, the address is refused).
    retry_at: not before this moment (seconds since 1970), because the host said so.
    forbidden: it was not asked at all, by the rules of its host or ours; that lasts.
    """

    def __init__(
        self,
        message: str,
        *,
        lasting: bool = False,
        retry_at: float | None = None,
        forbidden: bool = False,
    ) -> None:
        super().__init__(message)
        self.lasting = lasting or forbidden
        self.retry_at = retry_at
        self.forbidden = forbidden
