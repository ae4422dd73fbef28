"""The documents room: files in, articles out.

What reads files is imported when it is asked for: searching needs none of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzsearch.lazy import names_of

if TYPE_CHECKING:
    from kzsearch.documents.article import ALMATY, Article
    from kzsearch.documents.dates import parse_date
    from kzsearch.documents.files import input_size
    from kzsearch.documents.language import article_language
    from kzsearch.documents.options import ReadOptions
    from kzsearch.documents.problems import OnProblem, Problem
    from kzsearch.documents.reading import read_articles
    from kzsearch.documents.script import article_script

__all__ = [
    "ALMATY",
    "Article",
    "OnProblem",
    "Problem",
    "ReadOptions",
    "article_language",
    "article_script",
    "input_size",
    "parse_date",
    "read_articles",
]

__getattr__ = names_of(
    __name__,
    {
        "ALMATY": "article",
        "Article": "article",
        "OnProblem": "problems",
        "Problem": "problems",
        "ReadOptions": "options",
        "article_language": "language",
        "article_script": "script",
        "input_size": "files",
        "parse_date": "dates",
        "read_articles": "reading",
    },
)
