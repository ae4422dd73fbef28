"""How good a ranking is: judged queries read, asked and measured as trec_eval does."""

from kzsearch.evaluation.files import Judgements, Queries, read_judgements, read_queries
from kzsearch.evaluation.measures import Measures, mean, measure
from kzsearch.evaluation.runs import DEPTH, Run, evaluate, write_run

__all__ = [
    "DEPTH",
    "Judgements",
    "Measures",
    "Queries",
    "Run",
    "evaluate",
    "mean",
    "measure",
    "read_judgements",
    "read_queries",
    "write_run",
]
