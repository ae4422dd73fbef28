"""From an engine's hits to the hits that people see."""

from __future__ import annotations

from kzsearch.documents import Article, article_script
from kzsearch.engine.interface import EngineHit
from kzsearch.engine.nodes import TextField
from kzsearch.results.fragments import fragments, whole
from kzsearch.results.marks import Marker
from kzsearch.results.openings import after, shortened, shown_length
from kzsearch.results.page import Fragment, Hit
from kzsearch.results.render import snippet_html
from kzsearch.text.scripts.script import Script

__all__ = ["make_hit", "mark_article"]


def make_hit(found: EngineHit, marker: Marker | None) -> Hit:
    """A hit with its title marked and its snippet chosen; without a marker it has neither.

    A title that is the beginning of the body is cut short, and the snippet is of the rest.
    """
    article = found.article
    if marker is None:
        return Hit(
            article=article,
            score=found.score,
            title=whole(article.title, ()),
            fragments=(),
            snippet="",
            fallback=found.fallback,
            copy_count=found.copy_count,
        )
    # What is not analysed again needs no script, which takes as long to tell as all the rest.
    script = Script.CYRILLIC if found.terms else article_script(article)
    in_title = marker.marks(article.title, TextField.TITLE, script, found.terms)
    in_body = marker.marks(article.body, TextField.BODY, script, found.terms)
    if repeated := shown_length(article.title, article.body):
        title = shortened(article.title, in_title, repeated[0])
        pieces = fragments(*after(article.body, in_body, repeated[1]))
    else:
        title = whole(article.title, in_title)
        pieces = fragments(article.body, in_body)
    return Hit(
        article=article,
        score=found.score,
        title=title,
        fragments=pieces,
        snippet=snippet_html(pieces),
        fallback=found.fallback,
        explanation=found.explanation,
        copies=found.copies,
        copy_count=found.copy_count,
    )


def mark_article(article: Article, marker: Marker) -> tuple[Fragment, Fragment]:
    """Title and whole body, marked; a title that is the long beginning of the body is cut."""
    script = article_script(article)
    in_title = marker.marks(article.title, TextField.TITLE, script)
    repeated = shown_length(article.title, article.body)
    return (
        shortened(article.title, in_title, repeated[0] if repeated else len(article.title)),
        whole(article.body, marker.marks(article.body, TextField.BODY, script)),
    )
