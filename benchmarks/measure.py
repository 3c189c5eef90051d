"""Interleaved runs and their medians: on a busy machine only ratios of one run mean something."""

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mesure:
    """What was measured of one action: seconds per run, and the same divided by the floor's."""

    secondes: tuple[float, ...]
    rapports: tuple[float, ...]

    @property
    def mediane(self) -> float:
        return statistics.median(self.secondes)

    @property
    def rapport(self) -> float:
        return statistics.median(self.rapports)

    @property
    def etendue(self) -> tuple[float, float]:
        """Ratio of the quickest and of the slowest tenth."""
        ordered = sorted(self.rapports)
        tenth = len(ordered) // 10
        return ordered[tenth], ordered[-1 - tenth]


def measure(
    actions: Mapping[str, Callable[[], object]],
    *,
    floor: str,
    rounds: int,
    seconds: float,
    warm_up: int = 3,
    before: Callable[[], object] = lambda: None,
) -> dict[str, Mesure]:
    """Run every action once per round, one after the other; wall-clock seconds of each.

    `before` runs ahead of each action and is not counted. No round begins once `seconds` are over,
    the first that counts apart.

    The ratio of a round is taken against the median of the floor over the whole run: a single
    floor is too short to be divided by.
    """
    times = {name: [] for name in actions}
    end = time.perf_counter() + seconds
    for turn in range(warm_up + rounds):
        if turn > warm_up and time.perf_counter() > end:
            break
        for name, action in actions.items():
            before()
            start = time.perf_counter()
            action()
            if turn >= warm_up:
                times[name].append(time.perf_counter() - start)
    base = statistics.median(times[floor])
    return {
        name: Mesure(tuple(taken), tuple(one / base for one in taken))
        for name, taken in times.items()
    }
