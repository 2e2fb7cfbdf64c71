"""Gradient flow: what is conserved, and where the sharpness ends."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from book.rendering.formulas import Html
from book.rendering.picture import panels, picture
from numerics import train
from numerics.data import Dataset, load
from numerics.optimizers.runge_kutta_flow import RungeKuttaFlow
from numerics.trajectory import Trajectory
from theory.bounds import balanced_minimizer, minimizer, predicted_sharpness
from theory.formulas.imbalanced_minimizer import layer_sizes


def conserved(dataset: Dataset, depth: int, seed: int) -> Html:
    """Sharpness rises along gradient flow while every imbalance stays."""
    run = _flow(dataset, depth, "default", seed, 4000, 10)
    imbalance = np.atleast_2d(run.series["imbalance"].T)
    _, squares = layer_sizes(float(dataset.spectrum().difficulty), [float(values[0]) for values in imbalance])
    bounds = minimizer(dataset.spectrum(), squares)
    with panels(2, 4.6, sharex=True) as (figure, (above, below)):
        above.plot(run.steps, run.series["sharpness"], label="along the flow")
        above.axhspan(bounds.lower, bounds.upper, color="#15803d", alpha=0.3, label="between the bounds at its limit")
        above.set_ylabel("sharpness")
        for layer, values in enumerate(imbalance, start=1):
            below.plot(run.steps, values, label=f"layer {layer}")
        below.set(xlabel="step of the integrator", ylabel=r"$\|\Pi_W u\|^2 - v_j^2$")
    drift = max(float(np.max(np.abs(values - values[0]))) for values in imbalance)
    return picture(
        figure,
        f"Sharpness goes from {run.series['sharpness'][0]:.3g} to {run.series['sharpness'][-1]:.3g}; its bounds are "
        f"{float(bounds.lower):.4g} and {float(bounds.upper):.4g}; the imbalances are straight lines",
        f"{dataset.name}, depth {depth}: gradient flow from PyTorch's initialization. The imbalance of every layer is "
        f"constant; the integrator's largest drift here is {drift:.1e}.",
    )


def trained_against_difficulty(sizes: Sequence[int], seeds: int, features: int = 100) -> Html:
    """Sharpness after gradient flow, against its prediction, for Gaussian data of growing size."""
    points = [_trained(load(f"gaussian:{size},{features}", seed=seed), seed) for size in sizes for seed in range(seeds)]
    difficulty, predicted, trained, lower, upper = np.array(points).T
    order = np.argsort(difficulty)
    with panels() as (figure, axes):
        axes.vlines(difficulty, lower, upper, color="black", linewidth=4, alpha=0.2, label="bounds, Corollary 5.4")
        axes.plot(difficulty, trained, "o", markersize=4, label="trained by gradient flow")
        axes.plot(difficulty[order], predicted[order], "x", markersize=5, label=r"predicted, $s_1^2\sqrt{Q}/N$")
        axes.set(xscale="log", xlabel="dataset difficulty $Q$", ylabel="sharpness at the end")
    return picture(
        figure,
        "Trained sharpness grows with the dataset difficulty and lies between the bounds, near the prediction",
        f"Gaussian data, {features} features, {', '.join(map(str, sizes))} samples, {seeds} draws each; two "
        "balanced layers, with u from PyTorch's initialization.",
    )


def _flow(dataset: Dataset, depth: int, start: str, seed: int, steps: int, every: int) -> Trajectory:
    """Gradient flow on labels that can be reached."""
    return train(
        dataset.X,
        dataset.y,
        depth=depth,
        optimizer=RungeKuttaFlow("1/2"),
        init=start,
        steps=steps,
        tolerance=1e-9,
        record_every=every,
        seed=seed,
    )


def _trained(dataset: Dataset, seed: int) -> tuple[float, float, float, float, float]:
    """Difficulty, prediction, trained sharpness and bounds."""
    spectrum = dataset.spectrum()
    run = _flow(dataset, 2, "balanced", seed, 20000, 100)
    bounds = balanced_minimizer(spectrum, 2)
    return (
        float(spectrum.difficulty),
        float(predicted_sharpness(spectrum, 2)),
        float(run.series["sharpness"][-1]),
        float(bounds.lower),
        float(bounds.upper),
    )
