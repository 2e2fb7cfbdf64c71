"""What is measured, each a line of the table."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import mpmath
import numpy as np

from numerics.arithmetic import Float64, Mpfr
from numerics.arithmetic.base import Arithmetic
from numerics.benchmarks.cases import Case, cases, write_peer_case
from numerics.benchmarks.timing import by_turns, peer, seconds
from numerics.model.base import State
from numerics.model.reduced import ReducedModel
from numerics.model.refined_spectrum import refined_spectrum
from numerics.optimizers.ensemble import compiled_runs
from numerics.optimizers.gradient_descent import GradientDescent
from numerics.sharpness import sharpness

_TURNS = 3


@dataclass(frozen=True)
class Line:
    """One line of the table.

    Attributes:
        what: what was measured.
        ours: seconds.
        other: seconds of what it is compared with, or None.
        against: what it is compared with.
    """

    what: str
    ours: float
    other: float | None
    against: str

    @property
    def ratio(self) -> float | None:
        """How many times faster than the other."""
        return None if self.other is None else self.other / self.ours


def measure(peers: Path | None) -> Iterator[Line]:
    """Measure everything that can be measured here; the lines against peers need their folder."""
    made = cases()
    if peers is not None:
        yield from _against_peers(made, peers)
    yield from _plain_numpy(made["b"])
    yield _many_runs(made["a"])
    yield from _sharpness_in_float64(made["c"])
    yield _sharpness_at_256_bits(made["b"])
    yield from _growth()
    for name in ("b", "c"):
        case = made[name]
        taken = seconds(lambda X=case.X, y=case.y: refined_spectrum(X, y, Mpfr(256)))  # type: ignore[misc]
        yield Line(f"singular values and label coefficients, case {name}, to 256 bits", taken, None, "")


def step_seconds(case: Case, arithmetic: Arithmetic, steps: int) -> Callable[[], float]:
    """Give a measurement of one step of compiled gradient descent, without setting it up."""
    model, state = case.model(arithmetic)
    stepper = GradientDescent(case.step_size).on(model)

    def run() -> float:
        once = seconds(lambda: stepper.advance(state, 0, 1))
        return max(seconds(lambda: stepper.advance(state, 0, steps + 1)) - once, 1e-12) / steps

    return run


def _against_peers(made: dict[str, Case], peers: Path) -> Iterator[Line]:
    with tempfile.TemporaryDirectory() as folder:
        files = {}
        for name, case in made.items():
            files[name] = str(Path(folder) / f"{name}.bin")
            write_peer_case(case, files[name])
        ours, full, reduced = by_turns(
            [
                step_seconds(made["c"], Mpfr(256), 1000),
                peer(peers, "peer_mpreal", files["c"], "256", "1", "1"),
                peer(peers, "peer_mpfr", files["c"], "red4", "256", "100", "3"),
            ],
            _TURNS,
        )
        yield Line("GD step, case c, 256 bits, bit-identical to mpmath", ours, full, "C++ with MPFR, full X")
        yield Line("GD step, case c, 256 bits, bit-identical to mpmath", ours, reduced, "C with MPFR, reduced")
        for bits in (53, 106, 113, 200):
            ours, other = by_turns(
                [
                    step_seconds(made["c"], Mpfr(bits), 1000),
                    peer(peers, "peer_mpfr", files["c"], "red4", str(bits), "100", "3"),
                ],
                _TURNS,
            )
            yield Line(f"GD step, case c, {bits} bits, bit-identical to mpmath", ours, other, "C with MPFR, reduced")
        for name, bits, steps in (("b", 256, 4000), ("a", 256, 50_000)):
            arguments = ("red4", str(bits), str(steps // 10), "3")
            ours, other = by_turns(
                [step_seconds(made[name], Mpfr(bits), steps), peer(peers, "peer_mpfr", files[name], *arguments)], _TURNS
            )
            yield Line(
                f"GD step, case {name}, {bits} bits, bit-identical to mpmath", ours, other, "C with MPFR, reduced"
            )


def _plain_numpy(case: Case) -> Iterator[Line]:
    X, y, eta, n = case.X, case.y, case.step_size, len(case.y)
    right = np.linalg.svd(X, full_matrices=False)[2]

    def full() -> None:
        u, v = right.T @ case.coefficients, float(case.layers[0])
        for _ in range(200):
            output = X @ u
            g = (output * v - y) / n
            u, v = u - eta * v * (X.T @ g), v - eta * float(g @ output)

    ours, other = by_turns([step_seconds(case, Float64(), 200_000), lambda: seconds(full) / 200], _TURNS)
    yield Line("GD step, case b, float64", ours, other, "NumPy, full X")
    model, state = case.model(Float64())
    slow = GradientDescent(eta).on(model, fast=False)
    ours, other = by_turns(
        [step_seconds(case, Float64(), 200_000), lambda: seconds(lambda: slow.advance(state, 0, 500)) / 500], _TURNS
    )
    yield Line("GD step, case b, float64", ours, other, "the reference path (NumPy, reduced)")


def _many_runs(case: Case) -> Line:
    model, _ = case.model(Float64())
    states = [model.state(case.coefficients * (1 + k / 10_000), case.layers) for k in range(1000)]
    runs = compiled_runs(model, [case.step_size] * 1000, states)
    runs.advance(0, 100)
    (ours,) = by_turns([lambda: seconds(lambda: runs.advance(0, 5000)) / 5000 / 1000], _TURNS)
    return Line("1,000 runs at once, case a, float64: one run's step", ours, None, "")


def _hessian(case: Case) -> Any:
    s, d, v = case.singular_values, case.label_coefficients, case.layers
    f = s * case.coefficients
    P = np.prod(v)
    z = P * f - d
    layers = (f @ f) * np.outer(P / v, P / v) + (f @ z) * (P / np.outer(v, v)) * (1 - np.eye(len(v)))
    border = np.outer(s * (z + P * f), P / v)
    return np.block([[np.diag((P * s) ** 2), border], [border.T, layers]]) / len(case.y)


def _sharpness_in_float64(case: Case) -> Iterator[Line]:
    model, state = case.model(Float64())
    H = _hessian(case)
    for _ in range(100):
        sharpness(model, state)

    def many() -> None:
        for _ in range(200):
            sharpness(model, state)

    ours, other = by_turns([lambda: seconds(many) / 200, lambda: seconds(lambda: np.linalg.eigvalsh(H))], _TURNS)
    yield Line("sharpness, case c (r=500), float64", ours, other, "numpy.linalg.eigvalsh")
    wide = Mpfr(200)
    exact = sharpness(*_same(case, wide))
    found = [
        float(abs(wide.number(float(x)) - exact) / exact) for x in (sharpness(model, state), np.linalg.eigvalsh(H)[-1])
    ]
    yield Line("relative error of that sharpness (not a time)", found[0], found[1], "numpy.linalg.eigvalsh")


def _same(case: Case, arithmetic: Arithmetic) -> tuple[ReducedModel, State]:
    """Make the model in wider numbers at the very state that float64 rounded."""
    _, double = case.model(Float64())
    model, _ = case.model(arithmetic)
    return model, State(arithmetic.vector(double.first_layer), tuple(arithmetic.vector(list(double.layers))))


def _sharpness_at_256_bits(case: Case) -> Line:
    model, state = case.model(Mpfr(256))
    context = mpmath.MPContext()
    context.prec = 256
    matrix = context.matrix(_hessian(case).tolist())

    def many() -> None:
        for _ in range(20):
            sharpness(model, state)

    many()
    ours = seconds(many) / 20
    other = seconds(lambda: context.eigsy(matrix, eigvals_only=True))
    again = seconds(many) / 20
    return Line("sharpness, case b (r=100), 256 bits", (ours + again) / 2, other, "mpmath.eigsy")


def _growth() -> Iterator[Line]:
    rng = np.random.default_rng(1)
    for arithmetic, steps in ((Float64(), 2000), (Mpfr(256), 100)):
        for rank in (10, 100, 1000, 10_000):
            s = np.sort(rng.uniform(1, 30, rank))[::-1]
            case = Case(
                "growth", s[:1], s[:100], s, rng.normal(size=rank), rng.normal(size=rank), np.array([0.5]), 1e-6
            )
            (ours,) = by_turns([step_seconds(case, arithmetic, steps * 100 // max(rank // 100, 1))], _TURNS)
            yield Line(f"GD step, r={rank}, D=2, {arithmetic.name}", ours, None, f"{ours / rank * 1e9:.3g} ns a mode")
