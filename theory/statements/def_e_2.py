"""Definition E.2: what an activation needs, and that the identity, tanh and the sigmoid have it."""

from sympy import Derivative, Symbol

from theory.formulas.nonlinear import IDENTITY, SIGMOID, TANH, ActivationFunction, nonlinear_output
from theory.language.relations import Relation, SpecialCase, equal, equal_in_case, less
from theory.language.statement import Statement
from theory.language.unknown_activation import Activation
from theory.setting.nonlinear_model import GENERAL
from theory.setting.symbols import X, u, v

POINT = Symbol("x", real=True)


def _conditions(activation: ActivationFunction) -> dict[str, Relation]:
    value, slope = activation.value(POINT), activation.slope(POINT)
    antiderivative = activation.antiderivative(POINT)
    return {
        f"{activation.name}-slope": equal(Derivative(value, POINT), slope),
        f"{activation.name}-rises": less(0, slope),
        f"{activation.name}-antiderivative": equal(Derivative(antiderivative, POINT), value / slope),
        f"{activation.name}-of-value": equal(activation.antiderivative_of_value(value), antiderivative),
    }


_linear = _conditions(IDENTITY)

STATEMENT = Statement(
    id="def-e.2",
    title="Activations of the two-layer nonlinear model",
    source="Definition E.2, and the two activations after Proposition E.5",
    hypotheses={},
    claims={
        "linear-model": equal_in_case(
            SpecialCase(nonlinear_output(X, u, v, GENERAL), (equal(Activation(POINT), IDENTITY.value(POINT)),)),
            (X @ u) * v,
        ),
        "identity-antiderivative": _linear["identity-antiderivative"],
        **_conditions(TANH),
        **_conditions(SIGMOID),
    },
    variables={"x": "any number: an entry of X u"},
    remark="A slope that is positive everywhere makes the activation injective. Phi = x + e^x for the sigmoid.",
)
