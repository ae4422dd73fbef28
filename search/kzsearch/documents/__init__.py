"""The documents room: files in, articles out."""

from kzsearch.documents.article import ALMATY, Article
from kzsearch.documents.dates import parse_date
from kzsearch.documents.files import input_size
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
    "article_script",
    "input_size",
    "parse_date",
    "read_articles",
]
