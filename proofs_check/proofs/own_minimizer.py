"""Sharpness at any minimizer, from the loss: one direction below, two Lagrange gaps above.

Notation: `c_i = w_i^T u`, `V = ||Pi_W u||^2`, `P` the product of the later layers, `O_j = P/v_j`. At a minimizer
`d_i = s_i c_i P`, so that the Hessian's quadratic form along `(a, b)` is
`(1/N) sum_i s_i^2 (P alpha_i + beta c_i)^2` with `alpha_i = w_i^T a` and `beta = sum_j O_j b_j`.
"""

from sympy import Expr, Integer, KroneckerDelta, Rational, Sum, Symbol

from proofs_check.engine.proof import Step, fact
from proofs_check.lemmas import layer_products
from proofs_check.lemmas.deep_tangent_kernel import DeepMinimizer
from proofs_check.methods.cancellation import Cancellation
from proofs_check.methods.combination import Combination
from proofs_check.methods.induction import LAST, Induction, before
from proofs_check.methods.rayleigh import LeastUpperBound, RayleighQuotient, squared_norm
from proofs_check.methods.specialization import Specialization
from theory.formulas.deep_model import layer_product, product_of_others
from theory.language.calculus import EPSILON, coefficient
from theory.language.indexed import IndexedArray
from theory.language.relations import Relation, at_most, equal, less
from theory.language.statement import Statement
from theory.setting.hypotheses import squared_projection
from theory.setting.symbols import (
    N,
    S,
    X,
    features,
    later_layers,
    layers,
    modes,
    n_later_layers,
    rank,
    s,
    samples,
    spectrum,
    u,
    w,
    y,
)

_i, _n, _j = modes.index(set()), samples.index(set()), layers.index(set())
_h, _k = modes.index({_i.name, _j.name}), layers.index({_j.name})
_c, _Q, _V, _M = w @ u, spectrum.difficulty, squared_projection(), n_later_layers
_P, _others = layer_product(later_layers), product_of_others(later_layers)
_stretch = (_others**2).total()
_MINIMIZER = DeepMinimizer("", u, later_layers, S)
_at_minimizer = ("svd", "labels", "residual")
_squares = layer_product(later_layers**2)
_letters = (
    Symbol("p", real=True),
    IndexedArray.named("alpha", modes),
    IndexedArray.named("gamma", modes),
    IndexedArray.named("o", layers),
    layer_products.DIRECTION,
)


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    return [*_weights(statement), *_kernel(statement), *_lower(statement), *_upper(statement)]


def _weights(statement: Statement) -> list[Step]:
    """No layer is zero, `P^2 = prod_j v_j^2`, and `sum_j (P/v_j)^2 = P^2 sum_j 1/v_j^2`."""
    return [
        *_MINIMIZER.weights(),
        _MINIMIZER.stretched(),
        Step("product-squared", equal(_P**2, _squares), Induction(_M, later_layers.at(LAST) ** 2 * before())),
        Step(
            "difficulty",
            statement.claims["difficulty"],
            Combination(-fact("difficulty-of-weights") - _V * fact("product-squared")),
        ),
    ]


def _kernel(statement: Statement) -> list[Step]:
    """The neural tangent kernel."""
    output = X @ u
    first, second = statement.claims["kernel"].free_indices
    gram, square = (X @ X.T).at(first, second), output.at(first) * output.at(second)
    return [
        Step("labels-of-weights", equal(y, output * _P), Combination(-fact("minimizer", _n))),
        Step(
            "kernel",
            statement.claims["kernel"],
            Combination(
                fact("product-squared") * gram + fact("stretch") * square,
                ("labels-of-weights",),
                given=("layers-positive",),
            ),
        ),
    ]


def _form(alpha: Expr, beta: Expr, product: Expr, gamma: Expr) -> Expr:
    """Summand of a mode in the Hessian's quadratic form, times N."""
    return (product * alpha + gamma * beta) ** 2 * s.at(_i) ** 2


def _lower(statement: Statement) -> list[Step]:
    """The quotient at `(P s_1 w_1, s_1 c_1 P/v_j)`, the image of `e_1` under the transposed Jacobian."""
    later = _others * (s[0] * _c[0])
    direction = (w.row(1) * (_P * s[0]), later)
    norm = s[0] ** 2 * _P**2 + s[0] ** 2 * _c[0] ** 2 * _stretch
    form = _form(_P * s[0] * KroneckerDelta(_i, 1), s[0] * _c[0] * _stretch, _P, _c.at(_i))
    other_modes = Sum((1 - KroneckerDelta(_i, 1)) * form, (_i, 1, rank))
    whole = Sum(form, (_i, 1, rank))
    return [
        layer_products.first_order(),
        Step(
            "product-along-quotient",
            equal(coefficient(layer_product(later_layers + later * EPSILON), 1), (later * _others).total()),
            Specialization("product-first-order", {layer_products.DIRECTION: later}),
        ),
        Step(
            "quotient",
            at_most(whole / N, S * squared_norm(direction)),
            RayleighQuotient(direction, (*_at_minimizer, "product-along-quotient")),
        ),
        Step("first-mode", at_most(norm**2 / N, whole / N), Combination(other_modes / N)),
        Step("lower-scaled", at_most(norm * norm / N, norm * S), Combination(fact("first-mode") + fact("quotient"))),
        Step(
            "lower-in-weights",
            at_most(norm / N, S),
            Cancellation("lower-scaled", norm, given=("product-positive",)),
        ),
        Step(
            "lower",
            statement.claims["lower"],
            Combination(
                fact("lower-in-weights") - s[0] ** 2 * (_c[0] ** 2 * fact("stretch") + fact("product-squared")) / N,
                ("residual",),
                given=("layers-positive",),
            ),
        ),
    ]


def _upper(statement: Statement) -> list[Step]:
    """For every direction the form is at most `(s_1^2 P^2 + ||Xu||^2 sum_j (P/v_j)^2) (||a||^2 + ||b||^2) / N`."""
    return [*_upper_in_letters(), *_upper_at_weights(statement)]


def _upper_in_letters() -> list[Step]:
    """The inequality in letters of its own: no weights, no features."""
    p, alpha, gamma, o, b = _letters
    beta, output, smaller = (b * o).total(), ((gamma * s) ** 2).total(), fact("descending-squares", _i)
    cross = (alpha * gamma * s**2).total()
    smaller_modes = Sum(smaller * alpha.at(_i) ** 2, (_i, 1, rank))
    modes_gap = Sum(
        (s.at(_i) * s.at(_h) * (gamma.at(_i) * alpha.at(_h) - gamma.at(_h) * alpha.at(_i))) ** 2,
        (_i, 1, rank),
        (_h, 1, rank),
    )
    layers_gap = Rational(1, 2) * Sum((b.at(_j) * o.at(_k) - b.at(_k) * o.at(_j)) ** 2, (_j, 1, _M), (_k, 1, _M))
    stretch = (o**2).total()
    gap = (
        (stretch * p**2 + stretch**2 * output / s[0] ** 2) * smaller_modes
        + (stretch * output + s[0] ** 2 * p**2) * layers_gap
        + (s[0] * p * beta - cross * stretch / s[0]) ** 2
        + stretch**2 * modes_gap / (2 * s[0] ** 2)
    )
    return [
        Step("descending-squares", at_most(s**2, s[0] ** 2), Combination(fact("descending", _i) * (s[0] + s.at(_i)))),
        Step("upper-in-letters", _bound_on_form(p, alpha, gamma, o, b, stretch), Combination(gap / N)),
    ]


def _bound_on_form(
    p: Expr, alpha: IndexedArray, gamma: IndexedArray, o: IndexedArray, b: IndexedArray, scale: Expr
) -> Relation:
    """`scale * form <= scale * bound * (|alpha|^2 + |b|^2)`."""
    form = Sum(_form(alpha.at(_i), (b * o).total(), p, gamma.at(_i)), (_i, 1, rank)) / N
    bound = (s[0] ** 2 * p**2 + ((gamma * s) ** 2).total() * (o**2).total()) / N
    return at_most(scale * form, scale * bound * ((alpha**2).total() + (b**2).total()))


def _upper_at_weights(statement: Statement) -> list[Step]:
    p, alpha, gamma, o, b = _letters
    a = IndexedArray.named("a", features)
    inner = w @ a
    at_weights = (_P, inner, _c, _others, b)
    output = ((_c * s) ** 2).total()
    bound = (s[0] ** 2 * _P**2 + output * _stretch) / N
    upper_in_modes = _bound_on_form(*at_weights, Integer(1))
    completion = a - inner @ w
    return [
        Step(
            "upper-scaled",
            _bound_on_form(*at_weights, _stretch),
            Specialization("upper-in-letters", {p: _P, alpha: inner, gamma: _c, o: _others}),
        ),
        Step(
            "stretch-positive",
            less(0, _stretch),
            Combination(
                _P**2 * (later_layers**-2).total() - fact("stretch"), given=("layers-positive", "product-positive")
            ),
        ),
        Step("upper-in-modes", upper_in_modes, Cancellation("upper-scaled", _stretch, given=("stretch-positive",))),
        Step("bessel", at_most((inner**2).total(), (a**2).total()), Combination((completion**2).total())),
        Step(
            "upper-form",
            at_most(upper_in_modes.left, bound * squared_norm((a, b))),
            Combination(fact("upper-in-modes") + bound * fact("bessel")),
        ),
        Step(
            "upper-in-weights",
            at_most(S, bound),
            LeastUpperBound("upper-form", (a, b), (*_at_minimizer, "product-first-order")),
        ),
        Step(
            "upper",
            statement.claims["upper"],
            Combination(
                fact("upper-in-weights") + (s[0] ** 2 * fact("product-squared") + output * fact("stretch")) / N,
                ("residual",),
                given=("layers-positive",),
            ),
        ),
    ]
