"""``kzsearch mcp``, asked by the client of the official SDK over standard input and output."""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters

from kzsearch import Article, open_index
from kzsearch.cli.assistants import assistant_server

PROGRAM = "from kzsearch.cli import main; main()"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("mcp") / "index"
    with open_index(path, create=True) as index:
        index.add(
            Article(
                id=f"m{number}",
                title=f"Ауылдағы {number}-мектеп",
                body="Ауылда жаңа мектеп ашылды. " * (2_000 if number == 3 else 1),
                date=dt.date(2025, number, 1),
                source="Дала таңы",
            )
            for number in range(1, 4)
        )
    return path


@pytest.fixture
def asked(path: Path) -> Callable[..., Any]:
    """Calls something with a client of a server in this process."""

    def run(ask: Callable[[Client], Awaitable[Any]]) -> Any:
        with open_index(path) as index:
            return talk(assistant_server(index), ask)

    return run


def talk(server: Any, ask: Callable[[Client], Awaitable[Any]]) -> Any:
    async def connected() -> Any:
        async with Client(server) as client:
            return await ask(client)

    return asyncio.run(connected())


def call(asked: Callable[..., Any], name: str, **arguments: object) -> Any:
    return asked(lambda client: client.call_tool(name, arguments))


def test_the_tools_are_read_only_and_described(asked: Callable[..., Any]) -> None:
    tools = asked(lambda client: client.list_tools()).tools
    assert [tool.name for tool in tools] == ["search", "read", "similar", "count_over_time"]
    for tool in tools:
        assert tool.description
        assert tool.annotations.read_only_hint


def test_a_search_gives_the_object_of_the_api(asked: Callable[..., Any]) -> None:
    result = call(asked, "search", query="мектептер", date_from="01.02.2025", limit=5)
    assert not result.is_error
    found = result.structured_content
    assert found["total"] == 2
    assert {hit["id"] for hit in found["hits"]} == {"m2", "m3"}
    assert "<mark>мектеп</mark>" in found["hits"][0]["snippet"]


def test_the_command_speaks_on_standard_input_and_output(path: Path) -> None:
    command = StdioServerParameters(
        command=sys.executable,
        args=["-c", PROGRAM, "mcp", "--index", str(path)],
        env={**os.environ},
    )
    result = talk(command, lambda client: client.call_tool("search", {"query": "мектеп"}))
    assert result.structured_content["total"] == 3


def test_a_long_article_is_read_in_parts(asked: Callable[..., Any]) -> None:
    first = call(asked, "read", article_id="m3").structured_content
    rest = call(asked, "read", article_id="m3", start=first["next_start"]).structured_content
    assert len(first["body"]) == first["next_start"] == 20_000
    assert first["title"] == "Ауылдағы 3-мектеп"
    assert first["body"] + rest["body"][:8] == ("Ауылда жаңа мектеп ашылды. " * 2_000)[:20_008]
    assert call(asked, "read", article_id="m1").structured_content["next_start"] is None


def test_articles_are_counted_over_time(asked: Callable[..., Any]) -> None:
    found = call(asked, "count_over_time", query="мектеп", unit="month").structured_content
    assert found == {
        "unit": "month",
        "bars": {"2025-01-01": 1, "2025-02-01": 1, "2025-03-01": 1},
        "undated": 0,
    }


def test_similar_articles_are_found(asked: Callable[..., Any]) -> None:
    found = call(asked, "similar", article_id="m1").structured_content
    assert found["id"] == "m1"
    assert isinstance(found["hits"], list)


@pytest.mark.parametrize(
    ("name", "arguments", "sentence"),
    [
        ("read", {"article_id": "none"}, "There is no article with the id 'none' in the index."),
        ("search", {"query": "мектеп", "date_from": "2025-13"}, "is not a year, month or day"),
        ("count_over_time", {"query": "мектеп", "unit": "hour"}, "A unit is one of day, week"),
        ("search", {"query": "мектеп", "limit": 1000}, "50"),
    ],
)
def test_what_is_wrong_is_told_in_a_sentence(
    asked: Callable[..., Any], name: str, arguments: dict[str, object], sentence: str
) -> None:
    result = call(asked, name, **arguments)
    assert result.is_error
    assert sentence in result.content[0].text


def test_no_index_is_told_before_anything_is_said(run: Any, tmp_path: Path) -> None:
    result = run("mcp", "--index", str(tmp_path / "none"))
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "none" in result.stderr
