"""A box for other sites: ``/embed``, the newest articles of a search, framed by chosen sites.

``EMBED_ORIGINS`` names the sites; where it is empty there is no box, and no page may be framed.
"""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, current_app, g, render_template, request

from kzsearch_web.arguments import Arguments, limit_parameter
from kzsearch_web.door import index
from kzsearch_web.failures import RequestError
from kzsearch_web.feed import feed_title
from kzsearch_web.languages import gettext

__all__ = ["embeds"]

embeds = Blueprint("embeds", __name__)

_LIMIT = limit_parameter("EMBED_ARTICLES")


@embeds.get("/embed")
def embed() -> str:
    """The box: a page without a frame of its own, whose links open in a new window."""
    arguments = _asked()
    g.framed_by = current_app.config["EMBED_ORIGINS"]
    with index() as opened:
        found = arguments.newest(opened)
    return render_template(
        "embed.html", arguments=arguments.all(), found=found, title=feed_title(arguments)
    )


@embeds.get("/embed/code")
def code() -> str:
    """What a site has to write to show the box."""
    arguments = _asked()
    return render_template(
        "embed_code.html",
        arguments=arguments.all(),
        title=feed_title(arguments),
        shown=arguments.limit,
        q=arguments.q,
    )


def _asked() -> Arguments:
    """The search of the address; raises RequestError where no site may show it."""
    if not current_app.config["EMBED_ORIGINS"]:
        raise RequestError(
            gettext("This site does not let others show its results."), HTTPStatus.FORBIDDEN
        )
    arguments = Arguments.read(request.args)
    limit = _LIMIT.read(request.args)
    return arguments.but(limit=limit, explain=False)
