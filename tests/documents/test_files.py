"""Pipes and bytes: what is not waited for, what is counted."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Any

import pytest

from kzsearch.documents.inputs import open_bytes


def test_a_named_pipe_is_read(read: Any, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=('{"text": "Мәтін."}\n{',))
    writer.start()
    outcome = read(pipe)
    writer.join()
    assert outcome.bodies == ["Мәтін."]
    assert outcome.problems[0].startswith("pipe:2: this is not JSON")


def test_a_named_pipe_nobody_writes_into(
    read: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kzsearch.documents.files._PIPE_PATIENCE", 0.05)
    os.mkfifo(tmp_path / "pipe")
    [problem] = read(tmp_path / "pipe").problems
    assert "nobody wrote into this pipe" in problem


def test_files_of_a_folder_are_told_by_their_bytes(read: Any, tmp_path: Path) -> None:
    (tmp_path / "export").write_text('[{"text": "Бір."}]')
    (tmp_path / "rss").write_text(
        "<rss><channel><item><title>Е</title><description>Екі.</description></item></channel></rss>"
    )
    (tmp_path / "notes").write_text("Бұл не екені белгісіз.")
    outcome = read(tmp_path)
    assert outcome.bodies == ["Бір.", "Екі."]
    assert outcome.problems[0].startswith("notes: the name does not tell what is in it")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_head_is_the_same_in_every_encoding_of_unicode(encoding: str) -> None:
    stream = open_bytes('\r\n \n{\r\n"text": "Қалада жаңа көпір ашылды деді"}'.encode(encoding))
    assert stream.head.decode() == '{\n"text": "Қалада жаңа көпір ашылды деді"}'


def test_xml_is_given_as_utf_8_without_what_xml_does_not_allow() -> None:
    text = '\n<?xml version="1.0" encoding="windows-1251"?><a>Қала&nbsp;мен &amp; \x0bауыл</a>'
    data = open_bytes(text.encode("kz1048")).xml().read().decode()
    assert data == '<?xml version="1.0"?><a>Қала\xa0мен &amp; \ufffdауыл</a>'
