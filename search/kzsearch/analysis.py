"""Kazakh analysis for Whoosh: an analyzer for schemas of one's own, and its parts.

    from whoosh.fields import TEXT, Schema
    schema = Schema(text=TEXT(analyzer=KazakhAnalyzer(), stored=True))

``KazakhAnalyzer()`` is ``KazakhTokenizer() | KazakhFilter()``. All three hold nothing but their
options, so a schema that has them pickles in a few bytes. Text is read like everywhere in
kzsearch: Kazakh in Latin or Arabic script as Cyrillic, Russian sentences with Russian lemmas.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from whoosh.analysis import Analyzer as WhooshAnalyzer
from whoosh.analysis import Filter, Token, Tokenizer

from kzsearch.morphology import Analyzer, Term
from kzsearch.text import fold, normalize_text
from kzsearch.text.scripts import Script, detect_script

__all__ = ["KazakhAnalyzer", "KazakhFilter", "KazakhTokenizer"]

QUERY = "query"
"""The mode in which Whoosh's query parser calls an analyzer."""


class KazakhTokenizer(Tokenizer):
    """Words of a text as written, in small letters.

    Every token has a word position (with ``positions``) and code points of the original text
    (with ``chars``). A compound and its parts share a position; in a query only the compound
    comes out, so that there is one token for each position. ``KazakhFilter`` makes stems of them.

    script: what texts are written in (``"cyrillic"``, ``"arabic"``, ``"latin-2021"`` …, see
        ``kzsearch.text.scripts.Script``); None finds out for each text.
    Raises ValueError for a script that does not exist.
    """

    def __init__(self, script: str | None = None) -> None:
        self.script = None if script is None else str(Script(script))

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash((type(self), self.script))

    def __call__(
        self,
        value: str,
        positions: bool = False,
        chars: bool = False,
        keeporiginal: bool = False,
        removestops: bool = True,
        start_pos: int = 0,
        start_char: int = 0,
        tokenize: bool = True,
        mode: str = "",
        **options: Any,
    ) -> Iterator[Token]:
        """Tokens of a text, as Whoosh asks for them: one object, filled anew for each.

        tokenize: False gives the whole value as one token that is not to be stemmed, as Whoosh
            wants it for prefixes and wildcards.
        """
        if not isinstance(value, str):
            raise TypeError(f"Text to be analysed must be str, not {type(value).__name__}.")
        token = Token(positions, chars, removestops=removestops, mode=mode, **options)
        token.boost = 1.0
        if not tokenize:
            token.text = fold(normalize_text(value))
            token.stems = (token.text,)
            _place(token, start_pos, start_char, start_char + len(value))
            if keeporiginal:
                token.original = value
            yield token
            return
        last = -1
        for term in _terms(value, self.script, query=mode == QUERY):
            if mode == QUERY and term.position == last:
                continue
            last = term.position
            token.text = term.surface
            token.stems = term.stems
            token.boost = 1.0
            _place(token, start_pos + last, start_char + term.start, start_char + term.end)
            if keeporiginal:
                token.original = value[term.start : term.end]
            yield token


class KazakhFilter(Filter):
    """Stems in the place of words, or beside them.

    Behind a ``KazakhTokenizer`` the stems are those of the word in its sentence. Behind any other
    tokenizer each word is stemmed by itself as a Kazakh one. An ambiguous word has several stems:
    an index gets all of them at one position, a query the likeliest only.

    stems: give stems. exact: give the words as written, too; in a query only without ``stems``.
    stem_boost: weight of the likeliest stem. other_stem_boost: weight of further ones.
    exact_boost: weight of a word as written. Weights are multiplied with those of the tokens; a
        word that is its own stem comes out once, with the greater weight.
    Raises ValueError when neither stems nor words are asked for.
    """

    is_morph = True

    def __init__(
        self,
        *,
        stems: bool = True,
        exact: bool = False,
        stem_boost: float = 1.0,
        other_stem_boost: float = 1.0,
        exact_boost: float = 1.0,
    ) -> None:
        if not (stems or exact):
            raise ValueError("An analyzer must give stems, words as written (exact), or both.")
        self.stems = stems
        self.exact = exact
        self.stem_boost = stem_boost
        self.other_stem_boost = other_stem_boost
        self.exact_boost = exact_boost

    def __hash__(self) -> int:
        return hash((type(self), *self.__dict__.values()))

    def __call__(self, tokens: Iterable[Token]) -> Iterator[Token]:
        """The tokens of another analysis step, stemmed."""
        for token in tokens:
            surface, boost = token.text, token.boost
            for text, weight in self._texts(surface, token).items():
                token.text, token.boost = text, boost * weight
                yield token
            token.text, token.boost = surface, boost

    def _texts(self, surface: str, token: Token) -> dict[str, float]:
        """What comes out for a word, with its weight, in order."""
        texts: dict[str, float] = {}
        in_query = token.mode == QUERY
        if self.stems:
            stems = getattr(token, "stems", None) or _analyzer().stems(surface)
            texts[stems[0]] = self.stem_boost
            if not in_query:
                for stem in stems[1:]:
                    texts.setdefault(stem, self.other_stem_boost)
        if self.exact and not (in_query and texts):
            texts[surface] = max(self.exact_boost, texts.get(surface, self.exact_boost))
        return texts


class KazakhAnalyzer(WhooshAnalyzer):
    """Kazakh text analysed for a Whoosh field: ``KazakhTokenizer() | KazakhFilter()`` in one.

    script: see ``KazakhTokenizer``. The others: see ``KazakhFilter``.
    Raises ValueError as these do.
    """

    is_morph = True

    def __init__(
        self,
        *,
        stems: bool = True,
        exact: bool = False,
        stem_boost: float = 1.0,
        other_stem_boost: float = 1.0,
        exact_boost: float = 1.0,
        script: str | None = None,
    ) -> None:
        self.tokenizer = KazakhTokenizer(script)
        self.filter = KazakhFilter(
            stems=stems,
            exact=exact,
            stem_boost=stem_boost,
            other_stem_boost=other_stem_boost,
            exact_boost=exact_boost,
        )

    def __hash__(self) -> int:
        return hash((type(self), self.tokenizer, self.filter))

    def __call__(self, value: str, no_morph: bool = False, **options: Any) -> Iterator[Token]:
        """Tokens of a text, as Whoosh asks for them.

        no_morph: words as written, whatever the options (for Whoosh's spelling suggestions).
        """
        tokens = self.tokenizer(value, **options)
        return tokens if no_morph else self.filter(tokens)


def _place(token: Token, position: int, start: int, end: int) -> None:
    """Say where a token stands, as far as that is asked for."""
    if token.positions:
        token.pos = position
    if token.chars:
        token.startchar, token.endchar = start, end


def _terms(text: str, script: str | None, *, query: bool) -> list[Term]:
    found = Script(script) if script else detect_script(text).script
    return _analyzer().analyze(text, query=query, script=found)


@cache
def _analyzer() -> Analyzer:
    return Analyzer()
