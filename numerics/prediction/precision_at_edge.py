"""What the edge of stability makes of different kinds of number, before any training in them.

The law is that of `numerics.finite_precision`: from the crossing of `2/eta` on, rounding at p bits grows by
`log2 |1 - eta S|` bits a step, and the sharpness drops, or the run blows up, when p bits have been grown through. It is
observed, not proved; `numerics/finite_precision/derivation.md` says how well, and where it fails.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from math import log2

import numpy as np

from numerics.arithmetic import Float64
from numerics.finite_precision.law import PrecisionLaw
from numerics.finite_precision.problem import Problem
from numerics.finite_precision.reference import reference_run
from numerics.gradient_flow.slow_path import sharpness_along

KINDS = {"float32": 24, "float64": 53, "mpfr:113": 113, "mpfr:200": 200}
"""Kinds of number that the law is asked for, with their bits."""

_MOST_OPERATIONS = 400_000  # steps times modes of a reference run that is made on the way
_MOST_STEPS = 4_000_000
_AFTER = 3  # so many times as many steps as to the crossing are looked at
_ACCUMULATED = 2.0  # bits by which the roundings of many steps exceed that of one


@dataclass(frozen=True)
class KindForecast:
    """What becomes of a run in one kind of number.

    Attributes:
        name: such as `float32`.
        bits: of its numbers.
        drop_step: where the sharpness is predicted to drop below `2/eta`, or the run to diverge; None for not within
            the steps that were looked at.
        diverges: whether it is predicted to blow up there; None where the law does not say.
        as_exact: whether exact arithmetic would do the same.
    """

    name: str
    bits: int
    drop_step: int | None
    diverges: bool | None
    as_exact: bool

    def __str__(self) -> str:
        if self.drop_step is None:
            return "no drop in the steps that were looked at"
        end = {True: "blows up", False: "drops below 2/eta", None: "drops or blows up"}[self.diverges]
        return f"{end} at about step {self.drop_step:,}{', as in exact arithmetic' if self.as_exact else ''}"


@dataclass(frozen=True, repr=False)
class PrecisionAtEdge:
    """Whether precision matters at the edge, and what each kind of number does there: the precision law, observed.

    Attributes:
        reference_bits: of the run that the law was read off; None where it was read off gradient flow, in which the
            precisions are known to some bits and blow-ups for two layers alone.
        contraction_bits: `-Lambda(t_c)`, by which the top mode has shrunk at the crossing.
        critical_bits: from so many bits on every run does what exact arithmetic does; None where exact arithmetic does
            not drop, or where there was no reference run: then it is about the contraction, or less.
        blowup_bits: the least precision predicted to blow up; None for none, or where the law does not say.
        kinds: what becomes of each kind of number.
    """

    reference_bits: int | None
    contraction_bits: float
    critical_bits: int | None
    blowup_bits: int | None
    kinds: tuple[KindForecast, ...]

    def record(self) -> dict[str, object]:
        """Give what JSON can hold."""
        return asdict(self)

    def __repr__(self) -> str:
        return "\n".join(self.lines())

    def lines(self) -> list[str]:
        """Say it in words."""
        source = "gradient flow" if self.reference_bits is None else f"a run of {self.reference_bits} bits"
        if self.critical_bits is not None:
            matters = f"matters below {self.critical_bits} bits, and changes nothing from there on"
        elif self.reference_bits is not None:
            matters = "matters at every precision: exact arithmetic does not drop in the steps looked at"
        else:
            matters = f"matters up to {self.contraction_bits:,.0f} bits or fewer, by which the top mode has shrunk"
        blown = "none of these bits" if self.blowup_bits is None else f"predicted from {self.blowup_bits} bits on"
        found = [f"precision  {matters}"]
        if self.reference_bits is not None:
            found.append(f"blow-up    {blown}")
        found += [f"{kind.name:<9}  {kind}" for kind in self.kinds]
        return [*found, f"           (the precision law, read off {source}: observed, not proved)"]


def precision_at_edge(
    problem: Problem, crossing: int, progress: Callable[[int], None] | None = None
) -> PrecisionAtEdge | None:
    """Predict what each kind of number does at the edge.

    Where it is quick, a reference run of hundreds of bits is made, and the law read off it. Else the law's closed form
    is read off gradient flow. None where even that would be too long.

    Args:
        problem: data, depth, step size and start.
        crossing: the step at which the sharpness passes `2/eta`.
        progress: hears the number of steps of the reference run.

    Examples:
        >>> from fractions import Fraction
        >>> from theory import Spectrum
        >>> data = Spectrum([30**0.5, 0.233], [0.3, 2**0.5], n_samples=100)
        >>> problem = Problem(data, 2, Fraction(5, 2), ["0.1", "0.1"], ["0.5"])
        >>> [(kind.name, kind.diverges) for kind in precision_at_edge(problem, 236).kinds]
        [('float32', False), ('float64', False), ('mpfr:113', False), ('mpfr:200', True)]
    """
    limit = _AFTER * crossing + 300
    if limit > _MOST_STEPS:
        return None
    if limit * (int(problem.spectrum.rank) + 8) <= _MOST_OPERATIONS:
        found = _from_a_run(problem, limit, progress)
        if found is not None:
            return found
    return _from_the_flow(problem, limit)


def _from_a_run(problem: Problem, limit: int, progress: Callable[[int], None] | None) -> PrecisionAtEdge | None:
    """The law off a reference run; None where that run does not cross."""
    reference = reference_run(problem, limit, to_drop=True, progress=progress)
    if reference is None or reference.contraction_bits is None:
        return None
    law = PrecisionLaw(reference, limit)
    critical = law.critical_bits
    kinds = tuple(
        KindForecast(name, bits, law.drop_step(bits), law.diverges(bits), critical is not None and bits >= critical)
        for name, bits in KINDS.items()
    )
    return PrecisionAtEdge(reference.bits, reference.contraction_bits, critical, law.blowup_bits, kinds)


def _from_the_flow(problem: Problem, limit: int) -> PrecisionAtEdge | None:
    """The closed form, with `eta S > 4` at the drop for a blow-up of two layers; None where the flow does not cross."""
    model, eta = problem.model(Float64()), float(problem.step_size)
    path = sharpness_along(model, problem.start(model), problem.step_size, limit)
    slow = np.interp(np.arange(limit), path.steps, path.sharpness)
    above = np.flatnonzero(slow > 2 / eta)
    if not len(above):
        return None
    crossing = int(above[0])
    with np.errstate(divide="ignore"):
        growth = np.cumsum(np.maximum(np.log2(np.abs(1 - eta * slow)), -1074.0))
    contraction = float(-growth[crossing - 1]) if crossing else 0.0
    grown = growth[crossing:] - growth[crossing]
    state = path.states[min(int(np.searchsorted(path.steps, crossing)), len(path.states) - 1)]
    first = abs(float(state.first_layer[0] / model.singular_values[0]))
    smallest = min(abs(float(layer)) for layer in state.layers)
    offset = log2(smallest / first) - _ACCUMULATED if first > 0 and smallest > 0 else 0.0
    kinds = []
    for name, bits in KINDS.items():
        as_exact = bits >= contraction
        past = np.flatnonzero(grown >= min(bits, contraction) + offset)
        drop = crossing + int(past[0]) if len(past) else None
        beyond = drop is not None and bool(slow[drop] > 4 / eta)
        diverges = None if drop is None or (beyond and problem.depth > 2) else beyond
        kinds.append(KindForecast(name, bits, drop, diverges, as_exact))
    return PrecisionAtEdge(None, contraction, None, None, tuple(kinds))
