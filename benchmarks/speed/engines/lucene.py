"""Lucene through a small Java program that times each search itself.

Maven fetches lucene-core once into ``lucene_peer/target``; javac compiles the program.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.speed.corpus import Document, Word

__all__ = ["Peer"]

HERE = Path(__file__).resolve().parent / "lucene_peer"
TARGET = HERE / "target"


def _class_path() -> str:
    """Jars and compiled program, made where they are not yet."""
    for program in ("java", "javac", "mvn"):
        if not shutil.which(program):
            raise FileNotFoundError(f"{program} is not installed")
    if not list(TARGET.glob("lucene-core-*.jar")):
        command = ["mvn", "-q", "-B", "dependency:copy-dependencies", f"-DoutputDirectory={TARGET}"]
        subprocess.run(command, cwd=HERE, check=True, stdout=subprocess.DEVNULL)
    (jar,) = TARGET.glob("lucene-core-*.jar")
    subprocess.run(
        ["javac", "-cp", str(jar), "-d", str(TARGET), str(HERE / "LucenePeer.java")], check=True
    )
    return f"{jar}:{TARGET}"


class Peer:
    """See ``Engine``."""

    def __init__(self, readings: Sequence[str]) -> None:
        self.own_seconds: float | None = None
        self.class_path = _class_path()

    def version(self) -> str:
        (jar,) = TARGET.glob("lucene-core-*.jar")
        return f"Lucene {jar.stem.removeprefix('lucene-core-')}"

    def _start(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            ["java", "-Xmx2g", "-cp", self.class_path, "LucenePeer", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
        )

    def build(self, folder: Path, documents: Iterable[Document]) -> None:
        self.process = self._start("build", str(folder))
        assert self.process.stdin
        for document in documents:
            self.process.stdin.write(document.fields[0] + "\n")
        self.close()

    def open(self, folder: Path) -> None:
        self.process = self._start("search", str(folder))

    def _ask(self, line: str) -> str:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise OSError(f"LucenePeer ended with code {self.process.wait()}")
        return answer

    def _search(self, mode: str, words: Sequence[Word]) -> list[int]:
        nanoseconds, *numbers = self._ask(" ".join([mode, *(w.stem for w in words)])).split()
        self.own_seconds = int(nanoseconds) / 1e9
        return [int(number) for number in numbers]

    def search_term(self, word: Word) -> list[int]:
        return self._search("term", [word])

    def search_or(self, words: Sequence[Word]) -> list[int]:
        return self._search("or", words)

    def search_and(self, words: Sequence[Word]) -> list[int]:
        return self._search("and", words)

    def search_phrase(self, words: Sequence[Word]) -> list[int]:
        return self._search("phrase", words)

    def close(self) -> None:
        self.process.communicate()  # the end of its input ends the program
        if self.process.returncode:
            raise OSError(f"LucenePeer ended with code {self.process.returncode}")
