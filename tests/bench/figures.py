"""How a bench prints: five runs, the median, the floor of the same run, the ratio, the target, the machine's load."""

import os
import statistics
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

RUNS = 5


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. ``target`` is the most it may be (``least``: the least); ``floor`` what a bare one takes."""

    name: str
    unit: str
    runs: tuple[float, ...]
    target: float | None = None
    floor: tuple[float, ...] = ()
    ratio_target: float | None = None
    least: bool = False

    @property
    def median(self) -> float:
        """The figure to quote."""
        return statistics.median(self.runs)

    @property
    def ratio(self) -> float:
        """The median against the floor's."""
        return self.median / statistics.median(self.floor)

    @property
    def kept(self) -> bool:
        """True when every target is met."""
        met = self.target is None or self._within(self.median, self.target)
        return met and (self.ratio_target is None or self._within(self.ratio, self.ratio_target))

    def _within(self, value: float, target: float) -> bool:
        return value >= target if self.least else value <= target

    def line(self) -> str:
        """One line for the report."""
        sign = ">=" if self.least else "<="
        parts = [f"{self.name}: {self.median:.3g} {self.unit}", f"runs {' '.join(f'{run:.3g}' for run in self.runs)}"]
        if self.target is not None:
            parts.append(f"target {sign} {self.target:g} {self.unit}")
        if self.floor:
            floor = f"floor {statistics.median(self.floor):.3g} {self.unit}, ratio {self.ratio:.2f}"
            parts.append(floor + (f" (target {sign} {self.ratio_target:g})" if self.ratio_target else ""))
        parts.append("kept" if self.kept else "MISSED")
        return "; ".join(parts)


def report(*figures: Figure) -> None:
    """Print the figures with the machine's load. Errors: AssertionError when one misses its target."""
    load = ", ".join(f"{value:.2f}" for value in os.getloadavg()) if hasattr(os, "getloadavg") else "unknown"
    for figure in figures:
        sys.stdout.write(f"\n{figure.line()}; load {load}; {os.cpu_count()} cores")
    sys.stdout.write("\n")
    missed = [figure.line() for figure in figures if not figure.kept]
    assert not missed, missed


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which ``share`` (0 to 1) of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]


def repeated(run: Callable[[], float]) -> tuple[float, ...]:
    """The figure of each of five runs."""
    return tuple(run() for _ in range(RUNS))
