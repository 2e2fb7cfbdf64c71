"""What data, depth and mini-batches do to the imbalance and to the ceiling: one run each, beside what is derived.

    python -m book.records.mini_batch_ceilings --cifar10 cifar-10-batches-py --json mini_batch_ceilings.json

Everything here is observation: one start, one sequence of batches. It takes some ten minutes on one core.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

import click
import numpy as np
from numpy.typing import NDArray

from book.records.oscillation_evaluation import chained
from book.records.record import keep
from numerics.arithmetic import Float64
from numerics.command_line.output import json_option
from numerics.data import Dataset, load
from numerics.finite_precision.problem import Problem
from numerics.model.base import Model, State
from numerics.model.initialization import initialize
from numerics.model.reduced import ReducedModel
from numerics.optimizers.base import Optimizer
from numerics.optimizers.gradient_descent import GradientDescent
from numerics.optimizers.sgd import StochasticGradientDescent
from numerics.oscillation.ceiling import ceiling, flattest
from numerics.oscillation.oscillations import oscillations
from numerics.oscillation.peaks import peaks
from numerics.trajectory import train
from numerics.trajectory.observers import Imbalance, Loss, Observer, Sharpness
from theory import Spectrum
from theory.bounds import positive_root
from theory.errors import ParameterError
from theory.formulas.imbalance import noise_increments

SAMPLES = 100
GAUSSIAN, NOISY = "gaussian:100,100", "gaussian:100,20"
_PRODUCTS, _FORGOTTEN, _HALVINGS = 4000, 200, 14


class Setting(NamedTuple):
    """Data, depth, step size, batch sizes, steps and the seed of the start."""

    data: str
    depth: int
    step_size: str
    batch_sizes: tuple[int, ...]
    steps: int
    seed: int = 0


class NoiseIncrement(Observer):
    """What the choice of the next batch adds in the mean to the imbalance of each layer (own-deep-mini-batches)."""

    name = "noise"

    def __init__(self, dataset: Dataset, spectrum: Spectrum, step_size: float, batch_size: int) -> None:
        self.dataset, self.step_size, self.batch_size = dataset, step_size, batch_size
        self.singular_values = np.asarray(spectrum.singular_values)
        self.right = np.asarray(spectrum.right_singular_vectors)

    def observe(self, model: Model, state: State) -> list[float]:
        """Evaluate the formula at the state."""
        u = (np.asarray(state.first_layer) / self.singular_values) @ self.right
        layers = np.asarray(state.layers)
        found = noise_increments(self.dataset.X, self.dataset.y, u, layers, self.step_size, self.batch_size)
        return [float(one) for one in found]


class DescentIncrement(Observer):
    """What a step on all samples would add to the imbalance of each layer."""

    name = "descent"

    def __init__(self, step_size: float) -> None:
        self.step_size = step_size

    def observe(self, model: Model, state: State) -> list[float]:
        """Take the step."""
        after = state.minus(model.increments(state, model.rates(self.step_size, model.n_samples)))
        return [float(a - b) for a, b in zip(model.imbalance(after), model.imbalance(state), strict=True)]


def settings(cifar10: str) -> list[Setting]:
    """Every setting: Gaussian data as for Figure 6, cats and dogs, and labels that the data cannot reach."""
    batches = (SAMPLES, SAMPLES // 2, SAMPLES // 10)
    return [
        *(Setting(GAUSSIAN, depth, "1/7", batches, 10_000) for depth in (2, 3, 4)),
        *(
            Setting(f"cifar10:{cifar10}:cat,dog", depth, step_size, batches, 6_000, 1)
            for depth, step_size in ((2, "1/150"), (3, "1/125"), (4, "1/100"))
        ),
        Setting(NOISY, 2, "1/7", batches, 40_000),
    ]


def measure(setting: Setting, batch_size: int) -> dict[str, Any]:
    """Train once and put beside each other what was seen and what is derived."""
    dataset = load(setting.data, samples=SAMPLES, seed=0)
    spectrum, step_size = dataset.spectrum(), float(Fraction(setting.step_size))
    model = ReducedModel.from_data(dataset.X, dataset.y, setting.depth, Float64(), spectrum)
    start = initialize("default", np.asarray(spectrum.right_singular_vectors), setting.depth, setting.seed)
    whole = batch_size == SAMPLES
    optimizer: Optimizer = (
        GradientDescent(setting.step_size)
        if whole
        else StochasticGradientDescent(setting.step_size, batch_size, setting.seed)
    )
    noise = NoiseIncrement(dataset, spectrum, step_size, batch_size)
    observers = (Loss(), Sharpness(), Imbalance(), noise, DescentIncrement(step_size))
    run = train(model, optimizer, model.state(*start), steps=setting.steps, observers=observers)
    imbalances, edge = run.series["imbalance"], 2 / step_size
    found = peaks(run.series["sharpness"], edge)
    heights = np.array([ceiling(spectrum, imbalances[peak.crossing].tolist()) for peak in found])
    record = {
        "data": "cats and dogs of CIFAR-10" if setting.data.startswith("cifar10") else setting.data,
        "samples": SAMPLES,
        "rank": spectrum.rank,
        "depth": setting.depth,
        "step_size": setting.step_size,
        "batch_size": batch_size,
        "steps": setting.steps,
        "outcome": run.outcome.value,
        "edge": edge,
        "flattest": flattest(spectrum, setting.depth),
        "ceiling_at_the_start": ceiling(spectrum, imbalances[0].tolist()),
        "ceiling_at_the_end": ceiling(spectrum, imbalances[-1].tolist()),
        "imbalance_at_the_start": float(imbalances[0, 0]),
        "imbalance_at_the_end": float(imbalances[-1, 0]),
        "added_by_descent": float(run.series["descent"][:-1, 0].sum()),
        "added_by_the_choice_of_batches": float(run.series["noise"][:-1, 0].sum()),
        "highest_sharpness": float(run.series["sharpness"].max()),
        "sharpness_at_the_end": float(run.series["sharpness"][-1]),
        "loss_at_the_end": float(run.series["loss"][-1] - model.unreachable_loss),
        "peaks": len(found),
        "later_peaks_above_the_ceiling_by_a_percent": int(
            sum(peak.height > 1.01 * top for peak, top in list(zip(found, heights, strict=True))[1:])
        ),
    }
    if whole:
        problem = Problem.from_dataset(dataset, setting.depth, Fraction(setting.step_size), "default", setting.seed)
        record["chained"] = chained(oscillations(problem, setting.steps))
    elif setting.data == NOISY:
        square = resting_square(dataset.X, dataset.y)
        rest = float(spectrum.difficulty) / square - square
        record |= {"imbalance_at_rest": rest, "ceiling_at_rest": ceiling(spectrum, [rest])}
    elif setting.depth == 2 and setting.data != GAUSSIAN:
        bounds = float(imbalances[0, 0]), float(imbalances[-1, 0]) + 1
        rest = neutral_imbalance(dataset.X, dataset.y, spectrum, step_size, batch_size, bounds)
        record["ceiling_where_random_products_neither_grow_nor_shrink"] = ceiling(spectrum, [rest])
    return record


def resting_square(X: NDArray[np.float64], y: NDArray[np.float64]) -> float:
    """`v^2` of the two-layer minimizer at which the noise of batches adds nothing in the mean.

    With the errors `e` that no weights can remove, `v^2 T_3 = T_4` at `(u, v) = (X^+ y / v, v)`:
    `v^4 = sum_n e_n^2 (x_n.X^+ y)^2 / sum_n e_n^2 ||x_n||^2`. It depends on the data alone.

    Raises:
        ParameterError: the labels can be reached, so that there are no such errors.

    Examples:
        >>> round(resting_square(np.array([[1.0], [1.0]]), np.array([1.0, 3.0])), 9)
        2.0
    """
    solution = np.linalg.lstsq(X, y, rcond=None)[0]
    errors = y - X @ solution
    if not np.linalg.norm(errors) > 1e-9 * np.linalg.norm(y):
        raise ParameterError("the labels can be reached; the noise ends with the loss, at any imbalance")
    inner, outer = (errors * (X @ solution)) ** 2, errors**2 * (X**2).sum(axis=1)
    return float(np.sqrt(inner.sum() / outer.sum()))


def neutral_imbalance(
    X: NDArray[np.float64],
    y: NDArray[np.float64],
    spectrum: Spectrum,
    step_size: float,
    batch_size: int,
    bounds: tuple[float, float],
) -> float:
    """The imbalance of the two-layer minimizer at which small residuals neither grow nor shrink under random batches.

    There a step multiplies the residual by `1 - eta K P_t / B`; the rate is the mean logarithm of the growth over many.
    """
    gram, difficulty = X @ X.T, float(spectrum.difficulty)

    def grows(imbalance: float) -> bool:
        square = float(positive_root(imbalance, difficulty))
        kernel = square * gram + np.outer(y, y) / square
        random = np.random.default_rng(0)
        residual, rate = random.normal(size=len(y)), 0.0
        for step in range(_PRODUCTS):
            batch = random.choice(len(y), batch_size, replace=False)
            residual = residual - step_size / batch_size * kernel[:, batch] @ residual[batch]
            length = float(np.linalg.norm(residual))
            residual /= length
            rate += np.log(length) * (step >= _FORGOTTEN)
        return rate > 0

    low, high = bounds
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if grows(middle) else (low, middle)
    return high


@click.command()
@click.option("--cifar10", type=click.Path(path_type=Path), required=True, help="Folder of CIFAR-10's Python batches.")
@json_option
def record(cifar10: Path, json_target: str | None) -> None:
    """Train on each data set at each depth with each batch size."""
    rows = [measure(one, size) for one in settings(str(cifar10)) for size in one.batch_sizes]
    keep(json_target, map(str, rows), runs=rows)


if __name__ == "__main__":
    record()
