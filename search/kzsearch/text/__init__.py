"""The text room: characters in, words with their place in the original out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzsearch.lazy import names_of

if TYPE_CHECKING:
    from kzsearch.text.alphabet import sort_key
    from kzsearch.text.folding import fold
    from kzsearch.text.languages import label_languages
    from kzsearch.text.normalizer import Normalized, normalize, normalize_text
    from kzsearch.text.sentences import sentence_spans
    from kzsearch.text.tokenizer import tokenize
    from kzsearch.text.tokens import Language, Token, TokenKind

__all__ = [
    "Language",
    "Normalized",
    "Token",
    "TokenKind",
    "fold",
    "label_languages",
    "normalize",
    "normalize_text",
    "sentence_spans",
    "sort_key",
    "tokenize",
]

__getattr__ = names_of(
    __name__,
    {
        "Language": "tokens",
        "Normalized": "normalizer",
        "Token": "tokens",
        "TokenKind": "tokens",
        "fold": "folding",
        "label_languages": "languages",
        "normalize": "normalizer",
        "normalize_text": "normalizer",
        "sentence_spans": "sentences",
        "sort_key": "alphabet",
        "tokenize": "tokenizer",
    },
)
