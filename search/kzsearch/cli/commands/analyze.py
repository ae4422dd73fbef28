"""``kzsearch analyze``: how a text is read, and so why a word matches."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from kzsearch.cli.options import json_option

if TYPE_CHECKING:
    from kzsearch.morphology import Term, WordAnalysis

__all__ = ["analyze"]

_NOT_KAZAKH = "dictionary form of a Russian word"
_COLUMNS = ("word", "kind", "language", "stems", "suffixes", "remarks")


@click.command()
@click.argument("text", nargs=-1, required=True)
@json_option
def analyze(text: tuple[str, ...], as_json: bool) -> None:
    """Show the words of TEXT as they are indexed: kind, language, stems, suffixes.

    Two words match when they share a stem.
    """
    from kzsearch.morphology import Analyzer
    from kzsearch.text.scripts import detect_script

    whole = " ".join(text)
    found = Analyzer().analyze(whole, script=detect_script(whole).script)
    terms = [(term, _analysis(term)) for term in found]
    if as_json:
        rows = [_as_json(term, analysis) for term, analysis in terms]
        click.echo(json.dumps({"text": whole, "terms": rows}, ensure_ascii=False))
    elif terms:
        _print_table(terms)
    else:
        click.echo("There are no words in this text.")


def _analysis(term: Term) -> WordAnalysis | None:
    """The way to the stem, also of a number or name with a Kazakh ending; None if Russian."""
    from kzsearch.morphology import analyze_word
    from kzsearch.text import Language

    if term.language is Language.RUSSIAN:
        return None
    analysis = analyze_word(term.surface)
    return analysis if analysis.stem in term.stems else None


def _as_json(term: Term, analysis: WordAnalysis | None) -> dict[str, object]:
    return {
        "surface": term.surface,
        "kind": term.kind,
        "language": term.language,
        "stems": term.stems,
        "start": term.start,
        "end": term.end,
        "position": term.position,
        "suffixes": [
            {"form": use.form, "name": use.name, "layer": use.layer}
            for use in (analysis.suffixes if analysis else ())
        ],
        "changes": analysis.changes if analysis else (),
        "reason": analysis.reason if analysis else _NOT_KAZAKH,
        "made_from": analysis.derivation.base if analysis and analysis.derivation else None,
    }


def _print_table(terms: list[tuple[Term, WordAnalysis | None]]) -> None:
    """A table for people; in a pipe the same columns parted by tabs."""
    from kzsearch.cli.console import open_console, printable

    console = open_console()
    rows = [
        (
            printable(term.surface),
            term.kind.value,
            term.language.value,
            printable(", ".join(term.stems)),
            _suffixes(analysis),
            _remarks(analysis),
        )
        for term, analysis in terms
    ]
    if not console.is_terminal:
        click.echo("\n".join("\t".join(row) for row in [_COLUMNS, *rows]))
        return

    from rich.box import SIMPLE
    from rich.table import Table

    table = Table(*_COLUMNS, box=SIMPLE)
    for row in rows:
        table.add_row(*row)
    console.print(table)


def _suffixes(analysis: WordAnalysis | None) -> str:
    return " + ".join(f"{use.form} ({use.name})" for use in analysis.suffixes) if analysis else ""


def _remarks(analysis: WordAnalysis | None) -> str:
    if analysis is None:
        return _NOT_KAZAKH
    remarks = [*analysis.changes, analysis.reason]
    if made := analysis.derivation:
        remarks.append(f"made from {made.base} with -{made.suffix}")
    return "; ".join(filter(None, remarks))
