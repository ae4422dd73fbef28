"""The house: data flows one way, one room knows Whoosh, files stay small."""

from __future__ import annotations

import ast
import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOMS = [
    "text",
    "dates",
    "morphology",
    "analysis",
    "documents",
    "engine",
    "query",
    "results",
    "index",
    "evaluation",
    "sources",
    "alerts",
    "cli",
]
"""In the order data flows; a room may import from those before it."""

SHARED = {"errors", "lazy", "locations", "version"}
"""Modules that belong to no room and import none."""


def sources(root: Path) -> list[Path]:
    return sorted([*root.glob("search/**/*.py"), *root.glob("web/**/*.py")])


def imported_modules(path: Path, root: Path) -> Iterator[str]:
    """Absolute names of the modules a file imports, wherever in it."""
    package = path.relative_to(root / path.relative_to(root).parts[0]).parent.parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*base, *([node.module] if node.module else [])])
            yield module
            yield from (f"{module}.{name.name}" for name in node.names)


def room_of(module: str) -> str | None:
    parts = module.split(".")
    return parts[1] if parts[0] == "kzsearch" and len(parts) > 1 else None


def test_a_room_imports_only_from_rooms_before_it(root: Path) -> None:
    wrong = []
    for path in sources(root):
        if path.is_relative_to(root / "web"):
            continue
        room = path.relative_to(root / "search/kzsearch").parts[0].removesuffix(".py")
        if room == "__init__":
            continue
        allowed = set(ROOMS[: ROOMS.index(room) + 1]) if room in ROOMS else set()
        for module in imported_modules(path, root):
            target = room_of(module)
            if target in ROOMS and target not in allowed:
                wrong.append(f"{path.relative_to(root)} imports {module}")
    assert wrong == []


def test_every_module_belongs_to_a_room(root: Path) -> None:
    names = {path.name.removesuffix(".py") for path in (root / "search/kzsearch").iterdir()}
    assert names - {"__pycache__", "__init__", "py.typed"} == {*ROOMS, *SHARED} | (
        names & {"__main__"}
    )


def test_only_the_adapters_to_whoosh_import_it(root: Path) -> None:
    users = {
        path.relative_to(root).as_posix()
        for path in sources(root)
        for module in imported_modules(path, root)
        if module.split(".")[0] == "whoosh"
    }
    adapters = ("search/kzsearch/analysis.py", "search/kzsearch/engine/local/codec/")
    assert "search/kzsearch/analysis.py" in users
    assert [user for user in users if not user.startswith(adapters)] == []


def test_only_the_command_line_knows_the_web_front(root: Path) -> None:
    users = {
        path.relative_to(root).as_posix()
        for path in sources(root)
        for module in imported_modules(path, root)
        if module.split(".")[0] == "kzsearch_web" and not path.is_relative_to(root / "web")
    }
    assert all(user.startswith("search/kzsearch/cli/") for user in users)


def test_the_web_front_uses_public_rooms_only(root: Path) -> None:
    """It reads results; engines, stems and files are none of its business."""
    wrong = [
        f"{path.name} imports {module}"
        for path in sources(root)
        if path.is_relative_to(root / "web")
        for module in imported_modules(path, root)
        if room_of(module) in {"text", "morphology", "query", "cli"}
        or module.startswith("kzsearch.engine.local.codec")
    ]
    assert wrong == []


def test_files_stay_small(root: Path) -> None:
    lengths = {
        path.relative_to(root).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in sources(root)
    }
    assert statistics.median(lengths.values()) < 200
    assert {name: length for name, length in lengths.items() if length > 500} == {}


@pytest.mark.parametrize("package", ["search/kzsearch", "web/kzsearch_web"])
def test_types_are_published(root: Path, package: str) -> None:
    assert (root / package / "py.typed").exists()
