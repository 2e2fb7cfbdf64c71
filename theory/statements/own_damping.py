"""Self-stabilization with the pull of the loss on the slow weights: its cycle loses energy. Not in the paper."""

from sympy import Symbol

from theory.language.indexed import IndexedArray
from theory.language.relations import at_most, equal
from theory.language.statement import Statement
from theory.setting.symbols import eta
from theory.statements.app_d_3 import SHARPNESS_GRADIENT, parameters

CURVATURE = IndexedArray.named("H", parameters, parameters)
SLOW, SLOW_RATE = IndexedArray.named("y", parameters), IndexedArray.named("y_rate", parameters)
AMPLITUDE, REST = Symbol("W", positive=True), Symbol("W_0", positive=True)
AMPLITUDE_RATE = Symbol("W_rate", real=True)

PULL = SLOW @ (CURVATURE @ SLOW)
ENERGY_RATE = SLOW @ SLOW_RATE + (1 - REST / AMPLITUDE) * AMPLITUDE_RATE / 4
"""Rate of `||y||^2 / 2 + (W - W_0 - W_0 log(W / W_0)) / 4`, by the chain rule."""

STATEMENT = Statement(
    id="own-damping",
    title="The cycle of self-stabilization loses energy to the loss",
    source="this package; without H it is the cycle of Damian et al. (2023)",
    hypotheses={
        "growth": equal(AMPLITUDE_RATE, 2 * eta * (SHARPNESS_GRADIENT @ SLOW) * AMPLITUDE),
        "drift": equal(SLOW_RATE, -(CURVATURE @ SLOW) * eta - SHARPNESS_GRADIENT * (eta / 2 * (AMPLITUDE - REST))),
        "convex": at_most(0, PULL),
    },
    claims={
        "energy-rate": equal(ENERGY_RATE, -eta * PULL),
        "energy-falls": at_most(ENERGY_RATE, 0),
    },
    variables={
        "W, W_0": "squared amplitude of the oscillation, and where it rests",
        "y": "the other weights, from where they rest",
        "G": "gradient of the sharpness across the sharpest direction",
        "H": "Hessian of the loss across it",
        "y_rate, W_rate": "their rates per step",
    },
    remark=(
        "In continuous time: the sharpness lies G.y above 2/eta, so that a step multiplies W by (1 + eta G.y)^2, and "
        "the oscillation drives the weights by -(eta/2) W G (Damian et al.), the loss by its gradient. Without H the "
        "energy is kept, and the oscillations last for ever; with it they decay where the loss is convex across the "
        "sharpest direction. That the motion has this form, with G and H constant, is a model near the point of rest."
    ),
)
