"""Full-text search over Kazakh news.

    from kzsearch import Article, open_index, stem

The names below are loaded when first used, so that ``import kzsearch`` costs nothing:
the morphology reads its tables and the engine its libraries only for those who ask.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzsearch.lazy import names_of
from kzsearch.version import __version__

if TYPE_CHECKING:
    from kzsearch.documents import Article
    from kzsearch.errors import KzsearchError
    from kzsearch.index import (
        Index,
        default_path,
        open_index,
        open_whoosh,
        rebuild_index,
        verify_index,
    )
    from kzsearch.morphology import Analyzer, analyze_word, stem
    from kzsearch.results import Fragment, Hit, ResultPage

__all__ = [
    "Analyzer",
    "Article",
    "Fragment",
    "Hit",
    "Index",
    "KzsearchError",
    "ResultPage",
    "__version__",
    "analyze_word",
    "default_path",
    "open_index",
    "open_whoosh",
    "rebuild_index",
    "stem",
    "verify_index",
]

__getattr__ = names_of(
    __name__,
    {
        "Analyzer": "morphology",
        "Article": "documents",
        "Fragment": "results",
        "Hit": "results",
        "Index": "index",
        "KzsearchError": "errors",
        "ResultPage": "results",
        "analyze_word": "morphology",
        "default_path": "index",
        "open_index": "index",
        "open_whoosh": "index",
        "rebuild_index": "index",
        "stem": "morphology",
        "verify_index": "index",
    },
)


def __dir__() -> list[str]:
    return __all__
