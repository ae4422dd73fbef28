"""How sure a difference between two rankings is: wins, losses, and a bootstrap interval."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["Difference", "difference"]

DRAWS = 4_000
SEED = 9


@dataclass(frozen=True, slots=True)
class Difference:
    """Of means over the same queries, with the 95 % interval of drawing the queries anew."""

    mean: float
    low: float
    high: float
    wins: int
    losses: int

    def __str__(self) -> str:
        interval = f"[{self.low:+.3f}, {self.high:+.3f}]"
        return f"{self.mean:+.3f} {interval} {self.wins}/{self.losses}"


def difference(ours: Mapping[str, float], theirs: Mapping[str, float]) -> Difference:
    """What ``ours`` has over ``theirs``: measures by query id, the same at least one id in both."""
    gains = [ours[id] - theirs[id] for id in sorted(ours)]
    draw = random.Random(SEED)
    means = sorted(math.fsum(draw.choices(gains, k=len(gains))) / len(gains) for _ in range(DRAWS))
    return Difference(
        math.fsum(gains) / len(gains),
        means[round(0.025 * DRAWS)],
        means[round(0.975 * DRAWS) - 1],
        sum(gain > 1e-9 for gain in gains),
        sum(gain < -1e-9 for gain in gains),
    )
