"""Two layers of any width: the bounds of a start, and the sharpness at which training from it ends."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from html import escape
from typing import Any

import numpy as np

from book.records.normalizations import ACTIVATIONS
from book.rendering.cards import badge
from book.rendering.figures.results import made_by, result
from book.rendering.formulas import Html
from book.rendering.picture import band, line_of_equals, panels, picture
from book.rendering.tables import plain_table, table
from numerics.reproduce.correlation import at_spread, interval
from numerics.reproduce.network_table import CLOSE, PAPER_DRAWS, apart_from_the_paper, printed_for
from numerics.reproduce.network_task import NetworkRun
from numerics.reproduce.published import published
from theory import Spectrum
from theory.bounds import Bounds, predicted_sharpness, wide_minimizer
from theory.formulas.layered_model import layered_kernel, layered_loss, layered_residual
from theory.formulas.wide_model import wide_gradient, wide_imbalance

Matrix = np.ndarray[Any, np.dtype[np.float64]]


def over_width(widths: Sequence[int] = (2, 4, 8, 16, 32, 64, 128, 256)) -> Html:
    """Gaussian data, weights as deep learning libraries draw them: bounds of the start, and where training ends."""
    source = np.random.default_rng(0)
    X = source.normal(size=(30, 12))
    y = X @ source.normal(size=12)
    spectrum = Spectrum.from_data(X, y)
    found = [_trained(spectrum, X, y, width) for width in widths]
    with panels() as (figure, axes):
        band(axes, widths, [bounds for bounds, _ in found])
        axes.plot(widths, [sharpness for _, sharpness in found], "o-", markersize=4, label="after training")
        axes.axhline(
            float(predicted_sharpness(spectrum, 2)), color="black", linestyle="dotted", label="predicted at width 1"
        )
        axes.set_xscale("log", base=2)
        axes.set(yscale="log", xlabel="neurons in the hidden layer", ylabel="sharpness $S$")
    return picture(
        figure,
        "Over the width: the bounds from the start grow apart, and training ends between them",
        "30 Gaussian samples of 12 features. Weights are drawn uniformly from (-1/sqrt(n), 1/sqrt(n)) for a layer of n "
        "inputs. The band is proved for gradient flow; the dots are runs of gradient descent with small steps.",
    )


def law_against_trained() -> Html:
    """The record of linear networks on images: what was predicted over what training gave, a panel for each depth."""
    found = result("widths")
    runs, summary = found["runs"], found["summary"]
    depths = sorted({run["depth"] for run in runs})
    with panels(len(depths), 2.6 * len(depths), squeeze=False) as (figure, axes):
        for depth, place in zip(depths, axes[:, 0], strict=True):
            chosen = [run for run in runs if run["depth"] == depth]
            for key, label in (("predicted", "the paper's"), ("law", "the law")):
                place.plot([run["trained"] for run in chosen], [run[key] for run in chosen], ".", label=label)
            line_of_equals(place, [run["trained"] for run in chosen])
            place.set(xscale="log", yscale="log", title=f"{depth} layers", ylabel="predicted")
        place.set_xlabel("sharpness after training")

    def error(key: str, size: str) -> Callable[[int], str]:
        return lambda depth: f"{100 * summary[key][str(depth)][size]:.2g}%"

    return (
        picture(
            figure,
            "Predicted sharpness over that of trained linear networks, for two, three and four layers",
            f"Linear networks of widths {', '.join(map(str, sorted({run['width'] for run in runs})))} on "
            f"{len({run['subset'] for run in runs})} subsets of CIFAR-10 images, from PyTorch's default start. On the "
            "line a prediction is right.",
        )
        + table(
            depths,
            ("layers", str),
            ("runs", lambda depth: summary["law"][str(depth)]["runs"]),
            ("the paper's: mean error", error("predicted", "mean")),
            ("largest", error("predicted", "largest")),
            ("the law's: mean error", error("law", "mean")),
            ("largest", error("law", "largest")),
        )
        + made_by(
            found,
            f". Outside their bounds: {len(summary['outside_bounds'])} of {len(runs)} runs. One neuron with the "
            f"imbalance of the start misses by {100 * summary['one_neuron']['mean']:.2g}% on average at two layers.",
        )
    )


def other_activations(names: Sequence[str] = ("networks_table_5",)) -> Html:
    """Table 5 of the paper, as far as it was computed anew.

    Args:
        names: of the records, one or more of the same table.
    """
    records = [result(name) for name in names]
    cells = [cell for found in records for cell in found["cells"] if cell["status"] == "computed"]
    commands = "; ".join(f"<code>{escape(found['made']['command'])}</code>" for found in records)
    ((layers, width, samples),) = {(cell["depth"], cell["width"], cell["samples"]) for cell in cells}
    return (
        _draw_by_draw(cells)
        + table(
            cells,
            ("activation", "activation"),
            ("draws", lambda cell: len(cell["values"])),
            ("predicted", lambda cell: f"{cell['predicted']:.0f}"),
            ("law", lambda cell: f"{cell['law']:.0f}" if "law" in cell else ""),
            ("trained", lambda cell: f"{cell['trained']:.0f}"),
            ("paper's", lambda cell: f"{cell['published']['mean']:.0f}"),
            ("correlation", lambda cell: _with_interval(cell["correlation"], len(cell["values"]))),
            ("paper's", lambda cell: f"{cell['published']['correlation']:.2f}"),
            ("at its spread", lambda cell: f"{_at_the_papers_spread(cell):.2f}"),
        )
        + Html(f"<p>{escape(_compared(list(_last_of_each(cells).values())))}</p>")
        + Html(f"<p>{badge('quiet', 'measured')} {commands}: {layers} layers of width {width}, N = {samples}.</p>")
    )


def _last_of_each(cells: Sequence[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The cell of each activation, of two records the later one."""
    return {cell["activation"]: cell for cell in cells}


def _draw_by_draw(cells: Sequence[dict[str, Any]]) -> Html:
    """Figure 7's way to show them: final over predicted sharpness, a dot a draw."""
    chosen = _last_of_each(cells)
    last = {name: max(zip(cell["predicted_values"], cell["values"], strict=True)) for name, cell in chosen.items()}
    told = []
    with panels(1, 3.8) as (figure, axes):
        for (name, cell), marker in zip(chosen.items(), "osD^v<", strict=False):
            axes.plot(cell["predicted_values"], cell["values"], marker, markersize=3.5, alpha=0.8)
            height = last[name][1]
            above = [height - other for key, (_, other) in last.items() if key != name]
            clear = 5 if min(above, key=abs, default=1.0) > 0 else -5  # of the nearest other name
            axes.annotate(
                name,
                last[name],
                xytext=(7, clear),
                textcoords="offset points",
                va="center",
                color=axes.get_lines()[-1].get_color(),
            )
            told.append(f"{name} from {min(cell['values']):.0f} to {max(cell['values']):.0f}")
        line_of_equals(axes, [value for cell in cells for value in cell["predicted_values"]])
        axes.margins(x=0.12)
        axes.set_ylim(bottom=0)
        axes.set(xlabel="predicted sharpness", ylabel="sharpness after training")
    return picture(
        figure,
        f"Sharpness after training over that predicted, a dot for each draw: {'; '.join(told)}",
        "One dot a draw of images. On the line the prediction is right.",
    )


def normalizations() -> Html:
    """What the draws are centred by, told from the paper's mean sharpness; then how well it is predicted."""
    found = result("normalizations")
    networks = [NetworkRun("cifar10", found["samples"], name, found["depth"], found["width"]) for name in ACTIVATIONS]
    means, told = (
        {network.activation: printed_for("table-5", network, quantity) or math.nan for network in networks}
        for quantity in ("mean", "correlation")
    )
    printed = {name: mean / means["identity"] for name, mean in means.items() if name != "identity"}
    shares, correlations, compared = [], [], []
    for by, summary in found["summary"].items():
        draws = len(found["runs"][by])
        both = math.sqrt(1 + draws / PAPER_DRAWS)  # the paper's mean of so many draws has an error too
        apart = {
            name: (summary[name]["share"] - share) / (both * summary[name]["share_error"])
            for name, share in printed.items()
        }
        shares.append((by, *(f"{summary[name]['share']:.3f} ({far:+.1f})" for name, far in apart.items())))
        correlations.append(
            (
                by,
                *(_with_interval(summary[name]["correlation"], draws) for name in ACTIVATIONS),
                f"{summary['silu']['one_sidedness_and_rest']:.2f}",
            )
        )
        close = sum(abs(summary[name]["correlation"] - told[name]) <= CLOSE for name in ACTIVATIONS)
        farthest = max(map(abs, apart.values()))
        compared.append(f"by the {by} {farthest:.1f} standard errors, and {close} of {len(ACTIVATIONS)} correlations")
    shares.append(("the paper", *(f"{share:.3f}" for share in printed.values())))
    correlations.append(("the paper", *(f"{told[name]:.2f}" for name in ACTIVATIONS), ""))
    return (
        plain_table(("mean sharpness over the linear network's", *printed), shares)
        + Html("<p>In brackets: how many standard errors of the difference it is from the paper's.</p>")
        + plain_table(("correlation, centred by", *ACTIVATIONS, "one-sidedness and what SiLU's leaves"), correlations)
        + Html(
            f"<p>The share farthest from the paper's, and the correlations within {CLOSE} of the paper's: centred "
            f"{'; '.join(compared)}. {badge('quiet', 'measured')} <code>{escape(found['command'])}</code>, "
            f"{found['depth']} layers of width {found['width']}, N = {found['samples']}.</p>"
        )
    )


def _with_interval(correlation: float, draws: int) -> str:
    return "{:.2f} ({:.2f} to {:.2f})".format(correlation, *interval(correlation, draws))


def _at_the_papers_spread(cell: dict[str, Any]) -> float:
    """The correlation were the predicted sharpness to spread as in the paper's Table 3."""
    printed = published("table-3", cell["data"], f"D = {cell['depth']}", cell["samples"])
    assert printed is not None
    return at_spread(cell["correlation"], float(np.std(cell["predicted_values"], ddof=1)), printed.deviation)


def _compared(cells: Sequence[dict[str, Any]]) -> str:
    """How the correlations compare with the paper's, as far as so few draws can tell."""
    close = sum(abs(cell["correlation"] - cell["published"]["correlation"]) <= CLOSE for cell in cells)
    apart = [
        apart_from_the_paper(cell["correlation"], len(cell["values"]), cell["published"]["correlation"]) or 0.0
        for cell in cells
    ]
    return (
        f"Correlations within {CLOSE} of the paper's, by the later record of each activation: {close} of {len(cells)}. "
        f"The paper's, of {PAPER_DRAWS} draws, are uncertain too, and rounded: the farthest from ours is "
        f"{max(apart):.1f} standard errors of the difference away. In brackets stands the interval that holds the "
        "correlation of all possible draws in 95 of 100 cases. The last column is our correlation were the predicted "
        "sharpness to spread from draw to draw as in the paper's Table 3."
    )


def _trained(spectrum: Spectrum, X: Matrix, y: Matrix, width: int) -> tuple[Bounds, float]:
    source = np.random.default_rng(width)
    features = X.shape[1]
    first = source.uniform(-1, 1, size=(width, features)) / np.sqrt(features)
    second = source.uniform(-1, 1, size=width) / np.sqrt(width)
    eigenvalues = np.linalg.eigvalsh(wide_imbalance(spectrum, first, second))
    bounds = wide_minimizer(spectrum, float(eigenvalues[0]), max(float(eigenvalues[-1]), 0.0))
    enough = 1e-8 * layered_loss(X, y, first, second)
    while layered_loss(X, y, first, second) > enough:
        step_size = 0.05 / _sharpness(X, first, second)
        for _ in range(100):
            slopes = wide_gradient(X.T @ layered_residual(X, y, first, second) / len(X), first, second)
            first, second = first - step_size * slopes[0], second - step_size * slopes[1]
    return bounds, _sharpness(X, first, second)


def _sharpness(X: Matrix, first: Matrix, second: Matrix) -> float:
    """That at zero residual, by the tangent kernel."""
    return float(np.linalg.eigvalsh(layered_kernel(X, first, second))[-1]) / len(X)
