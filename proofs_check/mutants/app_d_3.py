"""Wrong versions of Appendix D.3's map."""

from collections.abc import Iterator

from flint import fmpq
from sympy import Expr

from proofs_check.instances.instance import Instance, value_of, with_values
from proofs_check.mutants import Instances, Mutant, with_claim, without_hypothesis
from proofs_check.proofs.app_d_3 import instances
from theory.language.indexed import IndexedArray
from theory.language.relations import equal
from theory.language.statement import Statement
from theory.setting.symbols import eta
from theory.statements.app_d_3 import ALPHA, AMPLITUDE, BETA, CYCLE_BETA, DISPLACEMENT, EXCESS, GRADIENT, UNSTABLE


def mutants(statement: Statement) -> Iterator[Mutant]:
    """Wrong signs, factors, exponents and hypotheses."""
    x, y, claims = DISPLACEMENT, EXCESS, statement.claims

    def claim(name: str, which: str, right: Expr) -> Mutant:
        return Mutant(f"{which}: {name}", with_claim(statement, which, equal(claims[which].left, right)))

    yield claim("sign", "displacement-after", (1 + eta * y) * x)
    yield claim("sign of y", "displacement-after", -(1 - eta * y) * x)
    yield claim("eta lost", "displacement-after", -(1 + y) * x)
    yield claim("beta for beta / 2", "excess-after", y + eta * (ALPHA - BETA * x**2))
    yield claim("x for x^2", "excess-after", y + eta * (ALPHA - BETA / 2 * x))
    yield claim("sign of alpha", "excess-after", y - eta * (ALPHA + BETA / 2 * x**2))
    yield claim("eta lost", "excess-after", y + ALPHA - BETA / 2 * x**2)
    yield claim("no stabilization", "excess-after", y + eta * ALPHA)
    yield claim("fixed point", "cycle-turns", AMPLITUDE)
    yield claim("drift", "cycle-stays", eta * CYCLE_BETA)
    form = claims["quadratic-form"]
    doubled = equal(form.left, 2 * form.right)
    yield Mutant("quadratic form: factor 2", with_claim(statement, "quadratic-form", doubled))
    slope = claims["gradient-of-form"]
    halved = equal(slope.left, slope.right / 2)
    yield Mutant("gradient of the form: factor 1/2", with_claim(statement, "gradient-of-form", halved))
    yield Mutant("unstable direction not a unit vector", without_hypothesis(statement, "unit"), _doubled(UNSTABLE))
    yield Mutant(
        "gradient along the unstable direction",
        without_hypothesis(statement, "not-along-the-gradient"),
        _tilted,
    )
    yield Mutant("another alpha", without_hypothesis(statement, "sharpening"), _doubled(ALPHA))
    yield Mutant("another beta", without_hypothesis(statement, "stabilizing"), _doubled(BETA))
    yield Mutant("another amplitude", without_hypothesis(statement, "amplitude"), _doubled(AMPLITUDE))


def _doubled(letter: IndexedArray | Expr) -> Instances:
    """The true instances with one letter doubled and moved; where it is the direction, the step is taken anew."""

    def moved(statement: Statement) -> Iterator[Instance]:
        for instance in instances(statement):
            if isinstance(letter, IndexedArray):
                yield _again(with_values(instance, (letter, value_of(instance, letter) * fmpq(2))))
            else:
                yield with_values(instance, (letter, 2 * instance.scalars[letter] + 1))

    return moved


def _tilted(statement: Statement) -> Iterator[Instance]:
    for instance in instances(statement):
        tilted = value_of(instance, GRADIENT) + value_of(instance, UNSTABLE)
        yield _again(with_values(instance, (GRADIENT, tilted)))


def _again(instance: Instance) -> Instance:
    """The displacement and the step, from the instance's own letters."""
    from theory.formulas.self_stabilization import local_gradient
    from theory.statements.app_d_3 import NEXT, SHARPNESS_GRADIENT, WEIGHTS

    unstable, weights = value_of(instance, UNSTABLE), value_of(instance, WEIGHTS)
    x, step = unstable @ weights, instance.scalars[eta]
    curvature = 2 / step + instance.scalars[EXCESS]
    slope = local_gradient(value_of(instance, GRADIENT), unstable, value_of(instance, SHARPNESS_GRADIENT), x, curvature)
    return with_values(instance, (DISPLACEMENT, x), (NEXT, weights - slope * step))
