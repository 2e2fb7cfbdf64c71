"""What is measured, each a line of the table."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

import mpmath
import numpy as np

from numerics.arithmetic import Float64, Mpfr, Mpmath
from numerics.arithmetic.base import Arithmetic
from numerics.benchmarks.cases import Case, Floats, cases, write_peer_case
from numerics.benchmarks.line import Line
from numerics.benchmarks.timing import by_turns, jax, peer, seconds
from numerics.compiled.descent import CompiledDescent
from numerics.compiled.float64_sharpness import Float64Sharpness
from numerics.compiled.many_bit_sharpness import ManyBitSharpness
from numerics.model.base import State
from numerics.model.reduced import ReducedModel
from numerics.optimizers.gradient_descent import GradientDescent
from numerics.sharpness import sharpness
from theory import Spectrum
from theory.formulas.deep_model import reduced_hessian

_TURNS = 3


def measure(peers: Path | None) -> Iterator[Line]:
    """Measure everything that can be measured here; the lines against peers need their folder."""
    made = cases()
    if peers is not None:
        yield from _against_peers(made, peers)
    else:
        yield Line("GD step", None, None, "C and C++ with MPFR: left out, no folder of peers was given")
    yield _distance_from_mpmath(made["c"])
    yield from _plain_numpy(made["b"])
    yield from _against_jax(made["b"])
    yield from _sharpness_in_float64(made["c"])
    yield _sharpness_at_256_bits(made["b"])
    yield from _growth()


def step_seconds(case: Case, arithmetic: Arithmetic, steps: int) -> Callable[[], float]:
    """Give a measurement of one step of compiled gradient descent, without setting it up."""
    model, state = case.model(arithmetic)
    stepper = CompiledDescent(model, arithmetic.number(case.step_size))
    stepper.advance(state, 0, 1)  # it is compiled

    def run() -> float:
        once = seconds(lambda: stepper.advance(state, 0, 1))
        return max(seconds(lambda: stepper.advance(state, 0, steps + 1)) - once, 1e-12) / steps

    return run


def _line(what: str, ours: Callable[[], float], other: Callable[[], float], against: str, aim: str = "") -> Line:
    """Measure two things by turns."""
    mine, its = by_turns([ours, other], _TURNS)
    return Line(what, mine, its, against, aim)


def _against_peers(made: dict[str, Case], peers: Path) -> Iterator[Line]:
    with tempfile.TemporaryDirectory() as folder:
        files = {name: str(Path(folder) / f"{name}.bin") for name in made}
        for name, case in made.items():
            write_peer_case(case, files[name])

        def line(name: str, bits: int, steps: int, other: Sequence[str], against: str, aim: str) -> Line:
            program, *arguments = other
            what = f"GD step, case {name}, {bits} bits, bit-identical to mpmath"
            ours = step_seconds(made[name], Mpfr(bits), steps)
            return _line(what, ours, peer(peers, program, files[name], *arguments), against, aim)

        full = ("peer_mpreal", "256", "1", "1")
        yield line("c", 256, 20_000, full, "C++ with MPFR, full X", "5,000; 20,000 within some ulps")
        for name, bits, steps, times, aim in (
            *(("c", bits, 20_000, "100", "5; a new mark 20") for bits in (256, 53, 106, 113, 200)),
            ("b", 256, 20_000, "400", ""),
            ("a", 256, 100_000, "2000", "1"),
        ):
            yield line(name, bits, steps, ("peer_mpfr", "red4", str(bits), times, "3"), "C with MPFR, reduced", aim)


def _distance_from_mpmath(case: Case) -> Line:
    """Count in how many units of the last bit the compiled loop and mpmath differ after some steps, in any weight."""
    reference, start = case.model(Mpmath(256))
    slow = GradientDescent(case.step_size).on(reference, fast=False).advance(start, 0, 20).state
    model, state = case.model(Mpfr(256))
    quick = CompiledDescent(model, model.arithmetic.number(case.step_size)).advance(state, 0, 20).state
    worst = Fraction(0)
    for x, y in zip([*slow.first_layer, *slow.layers], [*quick.first_layer, *quick.layers], strict=True):
        mantissa, exponent = reference.arithmetic.mantissa_exponent(x)
        unit = Fraction(2) ** (mantissa.bit_length() + exponent - 256)
        worst = max(worst, abs(reference.arithmetic.to_fraction(x) - model.arithmetic.to_fraction(y)) / unit)
    what = "largest difference of the compiled loop from mpmath, case c, 256 bits, 20 steps"
    return Line(what, float(worst), None, "", "0", "ulps")


def _plain_numpy(case: Case) -> Iterator[Line]:
    X, y, eta, n, what = case.X, case.y, case.step_size, len(case.y), "GD step, case b, float64"

    def full() -> None:
        u, v = case.first_layer, float(case.layers[0])
        for _ in range(200):
            output = X @ u
            g = (output * v - y) / n
            u, v = u - eta * v * (X.T @ g), v - eta * float(g @ output)

    ours = step_seconds(case, Float64(), 200_000)
    yield _line(what, ours, lambda: seconds(full) / 200, "NumPy, full X")
    model, state = case.model(Float64())
    slow = partial(GradientDescent(eta).on(model, fast=False).advance, state, 0, 500)
    yield _line(what, ours, lambda: seconds(slow) / 500, "the reference path (NumPy, reduced)")


def _against_jax(case: Case) -> Iterator[Line]:
    """Compare with what a training framework does: a scan of automatic derivatives on the full data."""
    package = jax()
    if package is None:
        yield Line("GD step, case b, float64", None, None, "JAX: left out, the package jax is not installed", "100")
        return
    package.config.update("jax_enable_x64", True)
    X, y, eta, steps = package.numpy.asarray(case.X), package.numpy.asarray(case.y), case.step_size, 2000

    def loss(weights: tuple[Any, Any]) -> Any:
        u, v = weights
        return package.numpy.sum((X @ u * v - y) ** 2) / (2 * len(case.y))

    def step(weights: tuple[Any, Any], _: None) -> tuple[Any, None]:
        return package.tree_util.tree_map(lambda w, g: w - eta * g, weights, package.grad(loss)(weights)), None

    start = (package.numpy.asarray(case.first_layer), package.numpy.asarray(float(case.layers[0])))
    run = package.jit(lambda weights: package.lax.scan(step, weights, None, length=steps)[0])
    end = package.block_until_ready(run(start))
    model, state = case.model(Float64())
    same = GradientDescent(eta).on(model).advance(state, 0, steps).state
    if not np.isclose(float(end[1]), float(same.layers[0]), rtol=1e-9):
        raise RuntimeError("JAX and the simulator end at different weights")
    ours, against = step_seconds(case, Float64(), 200_000), f"JAX {package.__version__}, scan of autodiff, full X"
    theirs = partial(seconds, lambda: package.block_until_ready(run(start)))
    yield _line("GD step, case b, float64", ours, lambda: theirs() / steps, against, "100")


def _hessian(case: Case) -> Floats:
    spectrum = Spectrum(case.singular_values, case.label_coefficients, n_samples=len(case.y))
    blocks = reduced_hessian(spectrum, case.coefficients, case.layers)
    return np.block([[np.diag(blocks.diagonal), blocks.border], [blocks.border.T, blocks.corner]])


def _sharpness_in_float64(case: Case) -> Iterator[Line]:
    model, state = case.model(Float64())
    quick, slow = partial(Float64Sharpness(model), state), partial(np.linalg.eigvalsh, _hessian(case))
    quick()  # what numba compiled is loaded
    against, wide = "numpy.linalg.eigvalsh", Mpfr(200)
    ours = partial(seconds, quick, 200)
    yield _line("sharpness, case c (r=500), float64", ours, partial(seconds, slow), against, "1,500")
    exact = sharpness(*_same(case, wide))
    found = [float(abs(wide.number(float(x)) - exact) / exact) for x in (sharpness(model, state), slow()[-1])]
    yield Line("relative error of that sharpness", found[0], found[1], against, "no larger", "")


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
    quick, slow = partial(ManyBitSharpness(model), state), partial(context.eigsy, matrix, eigvals_only=True)
    quick()
    what = "sharpness, case b (r=100), 256 bits, all right"
    return _line(what, partial(seconds, quick, 1000), partial(seconds, slow), "mpmath.eigsy", "60,000")


def _growth() -> Iterator[Line]:
    rng = np.random.default_rng(1)
    for arithmetic, steps in ((Float64(), 2000), (Mpfr(256), 100)):
        for rank in (10, 100, 1000, 10_000):
            s = np.sort(rng.uniform(1, 30, rank))[::-1]
            case = Case(
                "growth", s[:1], s[:100], s, rng.normal(size=rank), rng.normal(size=rank), np.array([0.5]), 1e-6
            )
            (ours,) = by_turns([step_seconds(case, arithmetic, steps * 100 // max(rank // 100, 1))], _TURNS)
            each = f"{ours / rank * 1e9:.3g} ns a mode"
            yield Line(f"GD step, r={rank}, D=2, {arithmetic.name}", ours, None, each, "linear" if rank > 1000 else "")
