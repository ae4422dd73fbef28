"""Dockerfile and compose.yaml, as far as they can be tried without a container engine.

Both are compared with each other and with what the command line and the settings know;
deploy/try_dockerfile.py carries the Dockerfile out, which is too slow for a test.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from deploy.try_dockerfile import Stage, arguments, copy, read_stages
from kzsearch.cli import main
from kzsearch_web.configuration import load_configuration


@pytest.fixture(scope="module")
def stages(root: Path) -> list[Stage]:
    """The instructions of each stage of the Dockerfile."""
    return read_stages((root / "Dockerfile").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def compose(root: Path) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((root / "compose.yaml").read_text(encoding="utf-8"))
    return read


def test_what_is_copied_is_there(root: Path, stages: list[Stage], tmp_path: Path) -> None:
    copy(stages[0], tmp_path)
    assert (tmp_path / "search/kzsearch/version.py").exists()
    assert (tmp_path / "web/kzsearch_web/static/theme.css").exists()


def test_the_image_runs_as_a_user_without_rights(stages: list[Stage]) -> None:
    _build, image = stages
    assert arguments(image, "USER") == ["kzsearch"]
    assert any("useradd --system" in command for command in arguments(image, "RUN"))
    (start,) = arguments(image, "ENTRYPOINT")
    (command,) = arguments(image, "CMD")
    assert json.loads(start) == ["kzsearch"]
    parsed(json.loads(command))


def test_services_have_one_volume_and_cannot_write_elsewhere(
    stages: list[Stage], compose: dict[str, Any]
) -> None:
    (volume,) = arguments(stages[1], "VOLUME")
    (settings,) = arguments(stages[1], "ENV")
    assert f"KZSEARCH_INDEX={volume}/" in settings
    assert set(compose["services"]) == {"serve", "watch"}
    for service in compose["services"].values():
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert [each.partition(":") for each in service["volumes"]] == [("data", ":", volume)]
        assert "user" not in service
    assert list(compose["volumes"]) == ["data"]


def test_commands_and_settings_of_the_services_are_known(
    stages: list[Stage], compose: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    for service in compose["services"].values():
        parsed(service["command"])
        for name, value in service.get("environment", {}).items():
            monkeypatch.setenv(name, value)
            loaded = load_configuration("nowhere")
            assert str(loaded[name.removeprefix("KZSEARCH_")]) == value
    serve = compose["services"]["serve"]
    (port,) = arguments(stages[1], "EXPOSE")
    assert parsed(serve["command"])["port"] == int(port)
    assert serve["ports"] == [f"127.0.0.1:{port}:{port}"]  # not for the whole network
    (check,) = arguments(stages[1], "HEALTHCHECK")
    assert f"127.0.0.1:{port}/" in check
    assert "127.0.0.1" in serve["environment"]["KZSEARCH_HOSTS"].split()


def parsed(command: list[str]) -> dict[str, Any]:
    """What the command line makes of a command; raises click's UsageError for what is wrong."""
    name, *options = command
    return main.commands[name].make_context(name, list(options)).params
