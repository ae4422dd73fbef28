"""An index as tools of an assistant (Model Context Protocol).

Nothing can be changed through them. Answers are the objects of the JSON API.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any, ParamSpec

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import ToolAnnotations
from pydantic import Field

from kzsearch.errors import KzsearchError
from kzsearch.index import Index
from kzsearch.results.answers import timeline_answer
from kzsearch.version import __version__

__all__ = ["assistant_server"]

MOST_HITS = 50
"""Hits at a time: an assistant reads all that it is given."""

MOST_CHARACTERS = 20_000
"""Code points of a body that are given at a time."""

_INSTRUCTIONS = """Full-text search over Kazakh news. Words are found in all their forms, typed in
any script; "quotes" find a phrase, -word leaves out, OR finds either. Search first, then read
articles by their id; cite an article by its title, source, date and url."""

_READ_ONLY = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)

Arguments = ParamSpec("Arguments")
Object = dict[str, Any]

Query = Annotated[str, Field(description="what to search for; empty lists what the filters leave")]
Day = Annotated[str, Field(description="2025-09-29, 29.09.2025, 2025-09 or 2025; empty: no bound")]
Values = Annotated[list[str], Field(description="any of these; empty: all")]


def assistant_server(index: Index) -> MCPServer:
    """A server of tools over an open index; ``run()`` speaks on standard input and output."""
    server: MCPServer = MCPServer("kzsearch", instructions=_INSTRUCTIONS, version=__version__)

    def tool(function: Callable[Arguments, Object]) -> Callable[Arguments, Object]:
        """Offer a function; what is wrong with its arguments is told in a sentence."""

        @wraps(function)
        def told(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Object:
            try:
                return function(*args, **kwargs)
            except KzsearchError as error:
                raise ToolError(str(error)) from error

        offered: Callable[Arguments, Object] = server.tool(annotations=_READ_ONLY)(told)
        return offered

    @tool
    def search(
        query: Query,
        limit: Annotated[int, Field(ge=1, le=MOST_HITS)] = 10,
        page: Annotated[int, Field(ge=1)] = 1,
        newest_first: bool = False,
        date_from: Day = "",
        date_to: Day = "",
        source: Values = [],  # noqa: B006  (the schema of the tool is made of it)
        category: Values = [],  # noqa: B006
    ) -> Object:
        """Search articles: hits with id, title, date, source, url and a marked snippet, and counts
        of all hits by source, category, language and month."""
        found = index.search(
            query, limit=limit, page=page, sort="date" if newest_first else "relevance",
            date_from=date_from, date_to=date_to, source=source, category=category,
        )  # fmt: skip
        return dict(found.to_json())

    @tool
    def read(
        article_id: Annotated[str, Field(description="id of a hit")],
        start: Annotated[int, Field(ge=0, description="code point of the body to begin at")] = 0,
    ) -> Object:
        """Read a whole article. Of a very long one a part comes, and `next_start` tells where to
        go on."""
        article = index.get(article_id)
        if article is None:
            raise ToolError(f"There is no article with the id {article_id!r} in the index.")
        end = start + MOST_CHARACTERS
        more = end if end < len(article.body) else None
        return article.to_json() | {"body": article.body[start:end], "next_start": more}

    @tool
    def similar(
        article_id: Annotated[str, Field(description="id of a hit")],
        limit: Annotated[int, Field(ge=1, le=MOST_HITS)] = 5,
    ) -> Object:
        """Find other articles on the same matter, best first; reprints are left out."""
        hits = index.similar(article_id, limit)
        return {"id": article_id, "hits": [hit.to_json() for hit in hits]}

    @tool
    def count_over_time(
        query: Query,
        unit: Annotated[str, Field(description="day, week, month or year; empty: by span")] = "",
        date_from: Day = "",
        date_to: Day = "",
        source: Values = [],  # noqa: B006
        category: Values = [],  # noqa: B006
    ) -> Object:
        """Count the articles that a search finds in each period, by its first day."""
        found = index.timeline(
            query, unit=unit or None, date_from=date_from, date_to=date_to,
            source=source, category=category,
        )  # fmt: skip
        return dict(timeline_answer(found))

    return server
