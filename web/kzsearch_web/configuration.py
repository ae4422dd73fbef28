"""Where the settings come from: defaults < ``kzsearch.toml`` < ``KZSEARCH_…`` < the program.

The file is named by the program, else by ``KZSEARCH_CONFIG``, else it lies in the folder of the
index as ``kzsearch.toml``. Its table ``[web]`` has the names of ``SETTINGS`` in small letters.
"""

from __future__ import annotations

import difflib
import logging
import os
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

from kzsearch.index import default_path
from kzsearch_web.settings import SETTINGS, SettingError, Value, defaults

__all__ = ["FILE_NAME", "FILE_VARIABLE", "load_configuration"]

FILE_VARIABLE = "KZSEARCH_CONFIG"
FILE_NAME = "kzsearch.toml"

_LOGGER = logging.getLogger(__name__)

_PREFIX = "KZSEARCH_"
_TABLE = "web"
_BY_NAME = {setting.name: setting for setting in SETTINGS}
_ALIKE = 0.8
"""From here on an unknown name in the environment is a misspelt setting, not another program's."""


def load_configuration(
    index_path: Path | str | None = None,
    *,
    file: Path | str | None = None,
    config: Mapping[str, object] | None = None,
) -> dict[str, object]:
    """All settings for an application over the index at ``index_path``.

    file: the settings file; None looks for one as the module says, and none need be there.
    config: what the program sets, Flask's own settings included.
    Raises SettingError for a file that cannot be read, an unknown name or a wrong value.
    """
    settings: dict[str, object] = dict(defaults())
    if path := _settings_file(index_path, file):
        _LOGGER.info("settings come from %s", path)
        settings.update(_from_file(path))
    settings.update(_from_environment(os.environ))
    for name, value in (config or {}).items():
        settings[name] = _checked(name, value, name) if name in _BY_NAME else value
    _check_together(settings)
    return settings


def _settings_file(index_path: Path | str | None, file: Path | str | None) -> Path | None:
    if named := file or os.environ.get(FILE_VARIABLE):
        return Path(named).expanduser()
    index = default_path() if index_path is None else index_path
    beside = None if "://" in str(index) else Path(index) / FILE_NAME
    return beside if beside and beside.exists() else None


def _from_file(path: Path) -> dict[str, Value]:
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingError(f"{path} cannot be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingError(f"{path} is not TOML: {error}.") from error
    for name, table in tables.items():
        if name != _TABLE or not isinstance(table, dict):
            raise SettingError(
                f"{path}: {name!r} is unknown there; the settings stand in the table [{_TABLE}]."
            )
    found = {}
    for name, value in tables.get(_TABLE, {}).items():
        if name.upper() not in _BY_NAME or not name.islower():
            known = [each.lower() for each in _BY_NAME]
            raise SettingError(
                f"{path}: [{_TABLE}] has no setting {name!r}{_meant(name.lower(), known)}."
            )
        found[name.upper()] = _checked(name.upper(), value, f"{path}: {name}")
    return found


def _from_environment(environment: Mapping[str, str]) -> dict[str, Value]:
    """What the environment sets; other programs may use the prefix, but a misspelling is told."""
    found = {}
    for variable in sorted(environment):
        if not variable.startswith(_PREFIX):
            continue
        name = variable.removeprefix(_PREFIX)
        if name in _BY_NAME:
            found[name] = _checked(name, environment[variable], variable)
        elif meant := _meant(name, _BY_NAME):
            raise SettingError(f"{variable} in the environment is no setting{meant}.")
    return found


def _checked(name: str, value: object, where: str) -> Value:
    try:
        return _BY_NAME[name].checked(value)
    except SettingError as error:
        raise SettingError(f"{where} {error}.") from None


def _check_together(settings: Mapping[str, object]) -> None:
    languages = str(settings["LANGUAGES"]).split()
    if settings["DEFAULT_LANGUAGE"] not in languages:
        raise SettingError(
            f"DEFAULT_LANGUAGE is {settings['DEFAULT_LANGUAGE']!r}, which LANGUAGES does not offer."
        )
    if int(str(settings["PAGE_SIZE"])) > int(str(settings["MAX_PAGE_SIZE"])):
        raise SettingError("PAGE_SIZE is more than MAX_PAGE_SIZE allows.")


def _meant(name: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(name, known, n=1, cutoff=_ALIKE)
    return f"; did you mean {close[0]!r}" if close else ""
