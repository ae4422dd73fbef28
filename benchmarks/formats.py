"""How fast each format is read, beside its library alone; writes results/formats.txt.

    python benchmarks/formats.py [--records 100000] [--only jsonl parquet warc]

The articles of ``seeds/samples``, over and over, each made different, are written in each format
and read in a process of its own with ``read_articles``; the most memory that was resident is read
from the operating system. «Alone» is the same file read by the library below and nothing made of
it: json, csv, pyarrow, warcio, sqlite3. Needs ``pip install -e '.[all]'``.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import json
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # also when run as a file

from benchmarks.report import ROOT, Report
from kzsearch.documents import read_articles

NAMES = ("id", "title", "text", "date", "url")
BATCH = 5_000


def main() -> None:
    """Print the table and write it; with ``--read FILE`` read one file and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--only", nargs="+", default=list(WRITERS), choices=list(WRITERS))
    parser.add_argument("--read", nargs=2, metavar=("FORMAT", "FILE"), help=argparse.SUPPRESS)
    parser.add_argument("--alone", nargs=2, metavar=("FORMAT", "FILE"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.read or arguments.alone:
        _measure(arguments.read, arguments.alone)
        return
    report = Report(__file__)
    columns = f"{'articles':>10}{'a second':>10}{'alone':>10}{'ratio':>8}{'resident':>12}"
    report.add(f"{'format':<10}{columns}")
    with tempfile.TemporaryDirectory(prefix="kzformats_") as folder:
        for name in arguments.only:
            path = Path(folder) / f"a.{name}"
            WRITERS[name](path, arguments.records)
            count, seconds, memory = _figures("--read", name, path)
            alone = _figures("--alone", name, path)[1]
            report.add(
                f"{name:<10}{count:>10,.0f}{count / seconds:>10,.0f}{count / alone:>10,.0f}"
                f"{seconds / alone:>8.1f}{memory:>9.0f} MB"
            )
            path.unlink()
    report.keep()


def _figures(kind: str, name: str, path: Path) -> tuple[float, float, float]:
    """Records, seconds and megabytes of a process that reads a file."""
    command = [sys.executable, __file__, kind, name, str(path)]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    count, seconds, memory = map(float, out.split())
    return count, seconds, memory


def _measure(read: list[str] | None, alone: list[str] | None) -> None:
    began = time.perf_counter()
    if read:
        count = sum(1 for _ in read_articles(read[1], on_problem=print))
    else:
        assert alone
        count = sum(1 for _ in ALONE[alone[0]](alone[1]))
    seconds = time.perf_counter() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(count, seconds, memory)


def records(count: int) -> Iterator[dict[str, str]]:
    """So many records, none like another."""
    samples = []
    for path in sorted((ROOT / "seeds/samples").glob("*.md")):
        title, body = path.stem, path.read_text(encoding="utf-8").split("---\n", 2)[2].strip()
        samples.append((title, body))
    for number, (title, body) in zip(range(count), itertools.cycle(samples), strict=False):
        yield {
            "id": f"n{number}",
            "title": f"{title} {number}",
            "text": f"{body}\n\n{number}",
            "date": "2025-09-29",
            "url": f"https://ulgi.example/{number}",
        }


def write_jsonl(path: Path, count: int) -> None:
    """JSON Lines."""
    with path.open("w", encoding="utf-8") as file:
        for record in records(count):
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


def write_csv(path: Path, count: int) -> None:
    """CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, NAMES)
        writer.writeheader()
        writer.writerows(records(count))


def write_sqlite(path: Path, count: int) -> None:
    """A table of SQLite."""
    with sqlite3.connect(path) as database:
        database.execute(f"CREATE TABLE news ({', '.join(NAMES)})")
        rows = (tuple(record.values()) for record in records(count))
        database.executemany("INSERT INTO news VALUES (?, ?, ?, ?, ?)", rows)
    database.close()


def write_parquet(path: Path, count: int) -> None:
    """Parquet in row groups of five thousand."""
    import pyarrow as pa
    from pyarrow import parquet

    schema = pa.schema([(name, pa.string()) for name in NAMES])
    with parquet.ParquetWriter(path, schema) as writer:
        rows = records(count)
        while batch := list(itertools.islice(rows, BATCH)):
            writer.write_table(pa.Table.from_pylist(batch, schema=schema))


def write_warc(path: Path, count: int) -> None:
    """WARC of pages."""
    with path.open("wb") as file:
        for record in records(count):
            text = "".join(f"<p>{line}</p>" for line in record["text"].split("\n") if line)
            title = record["title"]
            page = (
                f"<!doctype html><html><head><title>{title} - Үлгі</title></head><body><nav><a "
                f"href='/'>Басты бет</a></nav><article><h1>{title}</h1><time datetime='2025-09-29'>"
                f"</time>{text}</article><footer>© Үлгі</footer></body></html>"
            ).encode()
            http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
            head = (
                f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {record['url']}\r\n"
                f"WARC-Date: 2025-09-30T05:00:00Z\r\nWARC-Record-ID: <urn:uuid:{record['id']}>\r\n"
                f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}"
                "\r\n\r\n"
            )
            file.write(head.encode() + http + b"\r\n\r\n")


def alone_jsonl(path: str) -> Iterator[object]:
    """Lines through json alone."""
    with open(path, encoding="utf-8") as file:
        yield from map(json.loads, file)


def alone_csv(path: str) -> Iterator[object]:
    """Rows through csv alone."""
    with open(path, encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def alone_sqlite(path: str) -> Iterator[object]:
    """Rows through sqlite3 alone."""
    yield from sqlite3.connect(path).execute("SELECT * FROM news")


def alone_parquet(path: str) -> Iterator[object]:
    """Rows through pyarrow alone."""
    from pyarrow import parquet

    for batch in parquet.ParquetFile(path).iter_batches(256):
        yield from batch.to_pylist()


def alone_warc(path: str) -> Iterator[object]:
    """Pages through warcio alone, their HTML not parsed."""
    from warcio.archiveiterator import ArchiveIterator

    with open(path, "rb") as file:
        for record in ArchiveIterator(file):
            yield record.content_stream().read()


WRITERS: dict[str, Callable[[Path, int], None]] = {
    "jsonl": write_jsonl,
    "csv": write_csv,
    "sqlite": write_sqlite,
    "parquet": write_parquet,
    "warc": write_warc,
}
ALONE: dict[str, Callable[[str], Iterator[object]]] = {
    "jsonl": alone_jsonl,
    "csv": alone_csv,
    "sqlite": alone_sqlite,
    "parquet": alone_parquet,
    "warc": alone_warc,
}


if __name__ == "__main__":
    main()
