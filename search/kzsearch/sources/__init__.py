"""The sources room: feeds, sites and channels in, articles into the index, by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kzsearch.lazy import names_of

if TYPE_CHECKING:
    from kzsearch.sources.clock import Stopped
    from kzsearch.sources.config import FullText, Kind, Source, SourceList, load_sources
    from kzsearch.sources.editing import add_source, remove_source
    from kzsearch.sources.places import Places, places_of
    from kzsearch.sources.session import check_source, update_sources, watch_sources
    from kzsearch.sources.status import SourceStatus, source_statuses

_HOMES = {
    "FullText": "config",
    "Kind": "config",
    "Places": "places",
    "Source": "config",
    "SourceList": "config",
    "SourceStatus": "status",
    "Stopped": "clock",
    "add_source": "editing",
    "check_source": "session",
    "load_sources": "config",
    "places_of": "places",
    "remove_source": "editing",
    "source_statuses": "status",
    "update_sources": "session",
    "watch_sources": "session",
}

__all__ = [
    "FullText",
    "Kind",
    "Places",
    "Source",
    "SourceList",
    "SourceStatus",
    "Stopped",
    "add_source",
    "check_source",
    "load_sources",
    "places_of",
    "remove_source",
    "source_statuses",
    "update_sources",
    "watch_sources",
]

__getattr__ = names_of(__name__, _HOMES)
