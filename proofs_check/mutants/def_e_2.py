"""Wrong versions of Definition E.2's activations."""

from collections.abc import Iterator

from sympy import Derivative, Expr, exp, log, sinh, tanh

from proofs_check.mutants import Mutant, with_claim
from theory.formulas.nonlinear import SIGMOID, TANH
from theory.language.relations import equal, less
from theory.language.statement import Statement
from theory.statements.def_e_2 import POINT


def mutants(statement: Statement) -> Iterator[Mutant]:
    """Wrong antiderivatives, slopes and inverses."""
    x, claims = POINT, statement.claims

    def value(name: str, claim: str, right: Expr) -> Mutant:
        return Mutant(f"{claim}: {name}", with_claim(statement, claim, equal(claims[claim].left, right)))

    def antiderivative(name: str, claim: str, left: Expr) -> Mutant:
        return Mutant(f"{claim}: {name}", with_claim(statement, claim, equal(Derivative(left, x), claims[claim].right)))

    yield value("sign", "tanh-slope", tanh(x) ** 2 - 1)
    yield value("exponent", "tanh-slope", 1 - tanh(x))
    yield antiderivative("factor 1/2 lost", "tanh-antiderivative", sinh(x) ** 2)
    yield antiderivative("tanh for sinh", "tanh-antiderivative", tanh(x) ** 2 / 2)
    yield antiderivative("sinh for its square", "tanh-antiderivative", sinh(x) / 2)
    yield value("denominator lost", "tanh-of-value", tanh(x) ** 2 / 2)
    yield Mutant("tanh falls", with_claim(statement, "tanh-rises", less(TANH.slope(x), 0)))
    yield value("square for product", "sigmoid-slope", SIGMOID.value(x) ** 2)
    yield antiderivative("x lost", "sigmoid-antiderivative", exp(x))
    yield antiderivative("e^-x for e^x", "sigmoid-antiderivative", x + exp(-x))
    yield antiderivative("sign", "sigmoid-antiderivative", x - exp(x))
    yield antiderivative("x^2/2, the identity's", "identity-antiderivative", x**3 / 2)
    yield value("logarithm lost", "sigmoid-of-value", exp(x))
    yield value("exponential lost", "sigmoid-of-value", x)
    yield value("log of the sigmoid", "sigmoid-of-value", log(SIGMOID.value(x)) + exp(x))
    yield Mutant("sigmoid's slope above 1/2", with_claim(statement, "sigmoid-rises", less(1, 2 * SIGMOID.slope(x))))
