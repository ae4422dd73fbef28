"""Why a hit was found, in words: «сенат — in the title, in the text; by its stem»."""

from __future__ import annotations

from flask import Flask

from kzsearch.engine.interface import Match, Place
from kzsearch.results import reasons
from kzsearch_web.languages import gettext

__all__ = ["init_explaining", "match_name", "place_name"]


def init_explaining(app: Flask) -> None:
    """Give templates the filters of this module."""
    app.add_template_filter(place_name)
    app.add_template_filter(match_name)
    app.add_template_filter(reasons)


def place_name(place: Place) -> str:
    """Where in an article something was found."""
    match place:
        case Place.TITLE:
            return gettext("in the title")
        case Place.LEAD:
            return gettext("among the first words")
        case Place.BODY:
            return gettext("in the text")


def match_name(by: Match) -> str:
    """By what something was found."""
    match by:
        case Match.STEM:
            return gettext("by its stem")
        case Match.EXACT:
            return gettext("as typed")
        case Match.PREFIX:
            return gettext("by its first letters")
        case Match.PHRASE:
            return gettext("words side by side")
        case Match.RELATED:
            return gettext("a word of like meaning")
