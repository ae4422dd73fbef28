"""The table of issue 8: what was measured, as ratios to peers of the same run, and the targets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from benchmarks.speed.queries import MODES

__all__ = ["Line", "print_table", "target_lines"]

Figures = Mapping[str, Any]


class Line(NamedTuple):
    """One row of the table of targets.

    verdict: ``goal``, ``pass``, ``no``; ``-`` where nothing was measured.
    """

    row: str
    what: str
    measured: str
    passes: str
    goal: str
    verdict: str


def print_table(result: Figures) -> str:
    """The whole report of a run as text."""
    lines = [Line("", "what", "measured", "pass", "goal", "is"), *target_lines(result)]
    parts = [
        "\n".join(result["about"]),
        _aligned([list(line) for line in lines]),
        "Engines: times as fast as plain whoosh3 (indexing), times tantivy's p50 (searching)\n"
        + _aligned(list(_engine_table(result))),
        "Answers: wrong hits, queries with a wrong number of hits, share of hits in common with "
        f"{result['overlap']['with'] or 'none'}\n" + _aligned(list(_answer_table(result))),
    ]
    return "\n\n".join(parts) + "\n"


def target_lines(result: Figures) -> Iterator[Line]:
    """Every row of the issue's table, those that this run could not measure too."""
    engines, whole = result["engines"], result["whole"]
    one, all_readings = engines.get("kzsearch"), engines.get("kzsearch-readings")
    a = "one stem field, p50 against"
    yield _times("a", f"{a} Xapian", one, engines.get("xapian"), "p50", 1.0, None)
    yield _times("a", f"{a} Lucene", one, engines.get("lucene"), "p50", None, 1.0)
    yield _times("a", f"{a} tantivy", one, engines.get("tantivy"), "p50", None, 1.5)
    million = result["articles"] >= 1_000_000
    row, passes, goal = ("c", 5.0, 2.0) if million else ("b", 3.0, 1.0)
    for share in ("p50", "p95") if million else ("p50",):
        what = f"all readings, {share} against tantivy with the same"
        yield _times(row, what, all_readings, engines.get("tantivy-readings"), share, passes, goal)
    yield _search_line(whole.get("search"), engines.get("fts5"))
    yield from _indexing_lines(engines, whole.get("index"))
    yield from _size_lines(result, whole)
    yield from _moment_lines(whole)


def _times(
    row: str,
    what: str,
    ours: Figures | None,
    peer: Figures | None,
    share: str,
    passes: float | None,
    goal: float | None,
) -> Line:
    """Ours over the peer's latency in each mode; the worst of them decides."""
    limits = (_most(passes), _most(goal))
    if not ours or not peer:
        return Line(row, what, "-", *limits, "-")
    ratios = {m: ours[m][share] / peer[m][share] for m in MODES if m in ours and m in peer}
    measured = "  ".join(f"{mode} {_short(ratio)}" for mode, ratio in ratios.items())
    return Line(row, what, measured, *limits, _verdict(max(ratios.values()), passes, goal))


def _most(limit: float | None) -> str:
    return f"<= {limit:g} x" if limit else ""


def _search_line(search: Figures | None, fts5: Figures | None) -> Line:
    what = "whole search(), p95 of each mode against FTS5's bare OR"
    limits = ("<= 1 x", "<= 10 ms")
    if not search or not fts5:
        return Line("d", what, "-", *limits, "-")
    base = fts5["or"]["p95"]
    worst = max(search[mode]["p95"] for mode in MODES)
    measured = "  ".join(
        f"{mode} {search[mode]['p95']:.1f} ms = {_short(search[mode]['p95'] / base)}"
        for mode in MODES
    )
    if "cpu" in search:
        used = "  ".join(f"{search['cpu'][mode]['p95']:.1f}" for mode in MODES)
        measured += f"; of the processor {used} ms"
    verdict = "goal" if worst <= 10 else _verdict(worst / base, 1.0, None)
    return Line("d", what, measured, *limits, verdict)


def _indexing_lines(engines: Figures, raw: Figures | None) -> Iterator[Line]:
    whoosh, fts5 = (_rate(engines.get(name)) for name in ("whoosh3", "fts5"))
    for name, what in (("kzsearch", "one stem field"), ("kzsearch-readings", "all readings")):
        rate = _rate(engines.get(name))
        what = f"indexing ready tokens, {what}, against plain Whoosh (FTS5)"
        if not (rate and whoosh and fts5):
            yield Line("e", what, "-", ">= 10 x", ">= FTS5", "-")
            continue
        verdict = "goal" if rate >= fts5 else _verdict(-rate / whoosh, -10, None)
        measured = f"{rate:,.0f}/s = {_short(rate / whoosh)} ({_short(rate / fts5)})"
        yield Line("e", what, measured, ">= 10 x", ">= FTS5", verdict)
    what = "indexing raw articles against plain Whoosh on ready tokens"
    if not (raw and whoosh):
        yield Line("f", what, "-", ">= 5 x", ">= 12 x", "-")
    else:
        ratio = raw["articles_a_second"] / whoosh  # two processes: by the time that passed
        measured = f"{raw['articles_a_second']:,.0f}/s = {_short(ratio)}, {raw['jobs']}"
        if "articles_a_cpu_second" in raw:
            measured += f"; a CPU second {raw['articles_a_cpu_second']:,.0f}"
        yield Line("f", what, measured, ">= 5 x", ">= 12 x", _verdict(-ratio, -5, -12))


def _size_lines(result: Figures, whole: Figures) -> Iterator[Line]:
    index = whole.get("index")
    what = "index over text, stored text apart"
    if not index:
        yield Line("g", what, "-", "<= 1.2", "<= .6", "-")
        yield Line("h", "memory: peak indexing, resident serving", "-", "", "", "-")
        return
    ratio = index["bytes"] / index["text_bytes"]
    measured = f"{ratio:.2f} (stored text: {index['stored_bytes'] / index['text_bytes']:.2f})"
    yield Line("g", what, measured, "<= 1.2", "<= .6", _verdict(ratio, 1.2, 0.6))
    peak = index["peak_mb"]
    verdict = _verdict(peak, 2048, 1024)
    million = "" if result["articles"] >= 1_000_000 else " (target: at 1,000,000)"
    yield Line(
        "h", f"peak memory indexing{million}", f"{peak:.0f} MB", "<= 2 GB", "<= 1 GB", verdict
    )
    server = whole.get("http", {}).get("kzsearch") or whole.get("search")
    if server:
        serving = server["resident"]
        verdict = _verdict(serving, 600, 300)
        what = f"resident when serving{million}"
        yield Line("h", what, f"{serving:.0f} MB", "<= 600 MB", "<= 300 MB", verdict)


def _moment_lines(whole: Figures) -> Iterator[Line]:
    for row, part, what, passes, goal in (
        ("i", "cold", "`kzsearch query` cold, median (a Python that asks FTS5)", 400, 200),
        ("j", "add_one", "adding one article, durable and searchable, median (FTS5)", 500, 50),
    ):
        found = whole.get(part)
        limits = (f"<= {passes} ms", f"<= {goal} ms")
        if not found:
            yield Line(row, what, "-", *limits, "-")
            continue
        ours, peer = found["ms"], found["fts5_ms"]
        measured = f"{ours:.0f} ms = {_short(ours / peer)} ({peer:.1f} ms)"
        yield Line(row, what, measured, *limits, _verdict(ours, passes, goal))
    what = "16 clients on /api/search while articles are added (FTS5 behind waitress)"
    limits = (">= 100/s, p99 <= 400 ms, no error", ">= 400/s")
    if not (found := whole.get("http")):
        yield Line("k", what, "-", *limits, "-")
        return
    ours, peer = found["kzsearch"], found["fts5"]
    measured = (
        f"{ours['requests_a_second']:.0f}/s, p99 {ours['p99']:.0f} ms, {ours['errors']} errors, "
        f"{ours['added']} added ({peer['requests_a_second']:.0f}/s, p99 {peer['p99']:.0f} ms)"
    )
    sound = ours["p99"] <= 400 and not ours["errors"]
    verdict = _verdict(-ours["requests_a_second"], -100, -400) if sound else "no"
    yield Line("k", what, measured, *limits, verdict)


def _engine_table(result: Figures) -> Iterator[list[str]]:
    engines = result["engines"]
    whoosh = _rate(engines.get("whoosh3"))
    tantivy = engines.get("tantivy")
    heads = [f"{mode} p50/p95 ms" for mode in MODES]
    yield [
        "engine",
        "articles/s",
        "a CPU s",
        "MB (/text)",
        "peak MB",
        "resident",
        *heads,
        "calibration",
    ]
    for name, row in engines.items():
        built = row["build"]
        rate = built["articles_a_cpu_second"]
        earlier = " earlier" if built["earlier"] else ""
        ratio = f" ({_short(rate / whoosh)})" if whoosh else ""
        size = built["bytes"]
        cells = [
            f"{name}: {row['version']}",
            f"{built['articles_a_second']:,.0f}{earlier}",
            f"{rate:,.0f}{ratio}",
            f"{size / 1e6:.1f} ({size / result['text_bytes']:.2f})",
            f"{built['peak_mb']:.0f}",
            f"{row['resident']:.0f}",
        ]
        for mode in MODES:
            found = row.get(mode)
            cells.append(_latency(found, tantivy and tantivy[mode]) if found else "no such query")
        yield [*cells, "/".join(f"{each:.3f}" for each in row["calibration"])]


def _answer_table(result: Figures) -> Iterator[list[str]]:
    yield ["engine", "hits", "wrong", "miscounted", *MODES]
    for name, checked in result["checked"].items():
        shares = result["overlap"].get(name, {})
        common = [f"{shares[mode]:.2f}" if mode in shares else "" for mode in MODES]
        yield [name, *(str(checked[each]) for each in ("hits", "wrong", "miscounted")), *common]


def _latency(found: Figures, base: Figures | None) -> str:
    ratio = f" ({_short(found['p50'] / base['p50'])})" if base else ""
    return f"{found['p50']:.3f}/{found['p95']:.3f}{ratio}"


def _rate(row: Figures | None) -> float:
    """Articles a CPU second: what was built alone in a process took no more of the machine."""
    return row["build"]["articles_a_cpu_second"] if row else 0.0


def _short(ratio: float) -> str:
    return f"{ratio:.2f} x" if ratio < 10 else f"{ratio:,.0f} x"


def _verdict(value: float, passes: float | None, goal: float | None) -> str:
    """The smaller the better; for what is better greater, both are given negative."""
    if goal is not None and value <= goal:
        return "goal"
    if passes is not None and value <= passes:
        return "pass"
    return "no"


def _aligned(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(_line(row, widths) for row in rows)


def _line(row: Iterable[str], widths: Iterable[int]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
