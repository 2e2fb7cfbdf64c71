"""The second layer at a minimizer of zero loss, for three activations."""

from __future__ import annotations

import numpy as np

from book.rendering.formulas import Html
from book.rendering.picture import panels, picture
from theory.formulas.nonlinear import IDENTITY, SIGMOID, TANH, zero_loss_side


def second_layer_over_imbalance(norms: tuple[float, ...], labels: tuple[float, ...]) -> Html:
    """The imbalance of a minimizer of zero loss whose second layer is v, read the other way round: v over C."""
    layers = np.geomspace(0.3, 12.0, 400)
    told = []
    with panels(1, 3.4) as (figure, axes):
        for activation in (IDENTITY, TANH, SIGMOID):
            reaching = layers if activation is IDENTITY else layers[layers > 1.001 * max(labels)]
            side = [zero_loss_side(np.array(norms), np.array(labels), float(v), activation) for v in reaching]
            imbalance = np.array(side, dtype=float) - reaching**2
            axes.plot(imbalance, reaching, label=activation.name)
            told.append(f"{activation.name} {np.interp(0.0, imbalance[::-1], reaching[::-1]):.3g}")
        axes.axhline(max(labels), color="black", linestyle="dotted", linewidth=1.0, label="largest label")
        axes.set(xlim=(-30, 30), ylim=(0, 7), xlabel="layer imbalance $C$", ylabel="second layer $v$")
    return picture(
        figure,
        f"Second layer at a minimizer of zero loss over the imbalance; at imbalance 0: {', '.join(told)}",
        f"Norms {', '.join(f'{s:g}' for s in norms)}, labels {', '.join(f'{y:g}' for y in labels)}. With the "
        "identity the second layer may be any; the range of tanh and of the sigmoid keeps it above each label.",
    )
