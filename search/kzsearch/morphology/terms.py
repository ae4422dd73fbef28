"""What the morphology room hands on: analysed terms, ready to index or to search."""

from __future__ import annotations

from dataclasses import dataclass

from kzsearch.text.tokens import Language, TokenKind

__all__ = ["Term"]


@dataclass(frozen=True, slots=True)
class Term:
    """A token with its stems.

    surface: normalised and lower-cased word as written (``мектептерімізде``).
    stems: one stem, or two where the word is truly ambiguous; never empty, no stem is ''.
    start, end: span in code points of the original text.
    position: word position; alternatives (compound and parts) share one.
    kind, language: as decided by the text room.
    """

    surface: str
    stems: tuple[str, ...]
    start: int
    end: int
    position: int
    kind: TokenKind
    language: Language
