"""The catalogues: complete, and compiled from what is written in them."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

LANGUAGES = ("kk", "ru")
PLACEHOLDER = re.compile(r"%\(\w+\)s")


@pytest.fixture(scope="module")
def messages(root: Path) -> set[str | tuple[str, ...]]:
    """Every message of the code and the templates."""
    with (root / "web/babel.cfg").open(encoding="utf-8") as config:
        methods, options = parse_mapping_cfg(config)
    found = extract_from_dir(root / "web", methods, options)
    return {message for _, _, message, _, _ in found}


def catalog(root: Path, language: str) -> Catalog:
    path = root / "web/kzsearch_web/translations" / language / "LC_MESSAGES/messages.po"
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def entries(of: Catalog) -> list[Message]:
    return [message for message in of if message.id]


def test_messages_are_found(messages: set[str | tuple[str, ...]]) -> None:
    assert "Search" in messages
    assert ("%(count)s article found", "%(count)s articles found") in messages


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated_and_none_is_left_over(
    root: Path, messages: set[str | tuple[str, ...]], language: str
) -> None:
    translated = catalog(root, language)
    assert {message.id for message in entries(translated)} == messages
    assert list(translated.obsolete) == []
    for message in entries(translated):
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(forms), f"{message.id} is not translated"
        assert not message.fuzzy, f"{message.id} is fuzzy"


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_the_placeholders(root: Path, language: str) -> None:
    for message in entries(catalog(root, language)):
        source = message.id if isinstance(message.id, str) else message.id[0]
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        for form in forms:
            assert sorted(PLACEHOLDER.findall(form)) == sorted(PLACEHOLDER.findall(source))


def meaning(compiled: Catalog) -> list[object]:
    """What a program reads of a compiled catalogue: all but who wrote it, with what and when."""
    found = [(str(message.id), message.context, message.string) for message in entries(compiled)]
    return [str(compiled.locale), compiled.plural_forms, *sorted(found)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_agrees_with_the_written_one(root: Path, language: str) -> None:
    compiled = BytesIO()
    write_mo(compiled, catalog(root, language))
    compiled.seek(0)
    path = root / "web/kzsearch_web/translations" / language / "LC_MESSAGES/messages.mo"
    with path.open("rb") as file:
        shipped = meaning(read_mo(file))
    assert len(shipped) > 90
    assert shipped == meaning(read_mo(compiled))
