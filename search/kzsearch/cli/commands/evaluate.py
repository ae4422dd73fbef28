"""``kzsearch evaluate``: how well the index answers queries that somebody judged."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import click

from kzsearch.cli.options import index_option, json_option
from kzsearch.cli.wording import counted

__all__ = ["evaluate"]

_FILE = click.Path(dir_okay=False, path_type=Path)
_LABELS = {
    "ndcg": "nDCG@10",
    "mrr": "MRR@10",
    "hit": "hit@10",
    "recall": "recall@10",
    "deep_recall": "recall@100",
}


@click.command()
@click.option("--queries", type=_FILE, required=True, help="Lines of an id, a tab and a query.")
@click.option("--qrels", type=_FILE, required=True, help="Judgements, as TREC writes them.")
@click.option("--per-query", is_flag=True, help="Print every query's figures, the worst first.")
@click.option("--run-out", type=_FILE, help="Write the hits to this file, as a TREC run.")
@json_option
@index_option
def evaluate(
    queries: Path,
    qrels: Path,
    per_query: bool,
    run_out: Path | None,
    as_json: bool,
    index_path: Path | str | None,
) -> None:
    """Measure how well the index answers judged queries.

    A line of --qrels is "query-id 0 article-id grade"; a grade above 0 is relevant.
    Measures are those of trec_eval, the mean of all queries that have judgements.
    """
    from kzsearch.evaluation import evaluate as ask_and_measure
    from kzsearch.evaluation import mean, read_judgements, read_queries, write_run
    from kzsearch.index import open_index

    asked, judgements = read_queries(queries), read_judgements(qrels)
    with open_index(index_path) as index:
        run, measured = ask_and_measure(index, asked, judgements)
    if run_out:
        write_run(run_out, run)
    means = dataclasses.asdict(mean(measured.values()))
    if as_json:
        found: dict[str, object] = {"queries": len(measured), **means}
        if per_query:
            found["per_query"] = {key: dataclasses.asdict(each) for key, each in measured.items()}
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    for query_id in sorted(measured, key=lambda key: measured[key].ndcg) if per_query else ():
        figures = measured[query_id]
        click.echo(f"{figures.ndcg:.4f}  {query_id}  {asked[query_id]}")
    unjudged = len(asked) - len(measured)
    left_out = f" ({unjudged:,} without judgements left out)" if unjudged else ""
    click.echo(counted(len(measured), "query", "queries") + left_out)
    for name, value in means.items():
        click.echo(f"{_LABELS[name]:<12}{value:.4f}")
