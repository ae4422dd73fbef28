"""Every setting of the web room, in one table: its name, default and meaning.

``create_app(config={...})`` overrides them; docs/web.md lists them, and a test
keeps the two the same. Bounds are there so that no address typed by hand can
make the server work long or answer with a page nobody reads.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["SETTINGS", "Setting", "defaults"]


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: ``name`` is its key in ``app.config``, ``help`` one sentence about it."""

    name: str
    default: int | str
    help: str


SETTINGS = (
    Setting("DEFAULT_LANGUAGE", "kk", "Interface language of a reader who chose none: kk, ru, en."),
    Setting("PAGE_SIZE", 10, "Hits on a page, and the API's limit when none is given."),
    Setting("MAX_PAGE_SIZE", 100, "The largest limit the API takes."),
    Setting("MAX_RESULTS", 10_000, "How deep paging goes, counted in hits."),
    Setting("MAX_QUERY_LENGTH", 1_000, "The longest query or filter value, in code points."),
    Setting("MAX_FILTERS", 20, "The most values one filter (source, category) takes."),
    Setting("FACET_VALUES", 6, "Values of a filter shown before the rest is folded away."),
    Setting("COMPLETIONS", 8, "Completions offered while a query is being typed."),
    Setting("COMPLETIONS_SECONDS", 60, "How long a browser may keep completions."),
    Setting("EMBED_ORIGINS", "", "Sites that may show /embed, parted by spaces; * is every site."),
    Setting("EMBED_ARTICLES", 5, "Articles in /embed when no limit is given."),
    Setting("EXPORTS", 2, "Files of all results that are made at the same time."),
    Setting("FEED_ENTRIES", 30, "Articles in a feed when no limit is given."),
    Setting(
        "FOLLOW_INDEX",
        1,
        "Whether new articles are prepared in the background, so that no search waits: 1 or 0.",
    ),
    Setting("LATEST_ARTICLES", 5, "Newest articles listed on the start page."),
    Setting("SOURCE_ARTICLES", 10, "Newest articles on the page of a source."),
    Setting("SIMILAR_ARTICLES", 5, "Articles listed as similar under an article, at most."),
)


def defaults() -> dict[str, int | str]:
    """The settings as a Flask configuration."""
    return {setting.name: setting.default for setting in SETTINGS}
