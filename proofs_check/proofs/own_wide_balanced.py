"""Proof: what the layers are beside a product of two vectors has squared norm zero, and so have its images.

With `p = U^T a`, `A_i = W w_i` and `t_i = p.A_i`, a minimizer has `d_i = s_i t_i`. The kernel along `c` in the modes is
`||p||^2 ||c||^2 + ||a||^2 ||A c||^2 + ||U A c||^2`, and `||J h||^2 <= lambda ||h||^2` follows from
`||J^T q||^2 <= lambda ||q||^2` with `q = J h`.
"""

from sympy import KroneckerDelta, Sum

from proofs_check.engine.proof import Step, fact
from proofs_check.lemmas.minors import minors
from proofs_check.lemmas.modes import smaller_modes
from proofs_check.lemmas.sharpness_of_kernel import sharpness_at_least, sharpness_at_most
from proofs_check.methods.combination import Combination, identity
from proofs_check.methods.positive_factor import PositiveFactor
from proofs_check.methods.positive_power import PositivePower
from proofs_check.methods.rayleigh import squared_norm
from proofs_check.methods.specialization import Specialization
from proofs_check.proofs import Claim, claims_of
from theory.language.indexed import IndexedArray
from theory.language.numbers import power
from theory.language.relations import at_most, equal, less
from theory.language.statement import Statement
from theory.setting.symbols import N, S, e, features, label_coefficients, modes, s, samples, spectrum, w
from theory.setting.wide_model import V, neurons, width
from theory.statements.own_wide_balanced import IMAGE, VECTOR, U, a, projected, second_neurons, second_width

_i, _n, _b, _z = modes.index(set()), samples.index(set()), neurons.index(set()), second_neurons.index(set())
_c, _x = neurons.index({_b.name}), second_neurons.index({_z.name})
_p, _A, _d, _Q = IMAGE, projected, label_coefficients, spectrum.difficulty
_t: IndexedArray = _p @ _A
"""`t_i = p.A_i`, shape (r,)."""
_at_minimizer = ("svd", "labels", "zero-residual-in-modes")
_formula = ("first-coefficient", "inverse-weight")
_along: IndexedArray = (e @ VECTOR) * s
_hidden: IndexedArray = _A @ _along
_MODES = IndexedArray.named("rho", modes)
"""Any vector in the modes, shape (r,)."""


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claim = claims_of(statement)
    return [
        *_size(claim),
        *_rank_one(claim),
        *_images(),
        *_kernel(claim),
        *_lower(claim),
        *_upper(claim),
    ]


def _size(claim: Claim) -> list[Step]:
    """`||p||^2 = V^2`, `U p = V a`, and so `Q = ||t||^2 = ||U p||^2 = V^3`."""
    residual_in_modes = Sum(e.at(_i, _n) * -fact("minimizer", _n), (_n, 1, N))
    image, in_weight = U @ _p, PositivePower("difficulty", ("weight-positive",))
    both = Sum(a.at(_z) * a.at(_x) * fact("balanced-second", _z, _x), (_z, 1, second_width), (_x, 1, second_width))
    return [
        Step("zero-residual-in-modes", equal(_d, _t * s), Combination(residual_in_modes, ("svd", "labels"))),
        Step("difficulty-of-weights", equal(_Q, (_t**2).total()), identity("zero-residual-in-modes")),
        Step(
            "image-norm",
            equal((_p**2).total(), V**2),
            Combination(-both - fact("size") * (V + (a**2).total())),
        ),
        Step(
            "image-of-image",
            equal(image, a * V),
            Combination(
                -Sum(a.at(_x) * fact("balanced-second", _z, _x), (_x, 1, second_width)) - a.at(_z) * fact("size")
            ),
        ),
        Step(
            "modes-norm",
            equal((_t**2).total(), V**3),
            Combination(
                -Sum(_p.at(_b) * _p.at(_c) * fact("balanced-first", _b, _c), (_b, 1, width), (_c, 1, width))
                + Sum((image.at(_z) + a.at(_z) * V) * fact("image-of-image", _z), (_z, 1, second_width))
                - V**2 * fact("size")
            ),
        ),
        claim("size-cubed", Combination(-fact("difficulty-of-weights") - fact("modes-norm"))),
        Step("difficulty", equal(_Q, V**3), Combination(-fact("size-cubed"))),
        Step("weight-positive", less(0, V), PositiveFactor("nonzero-labels", V**2, ("difficulty",))),
        Step("first-coefficient", equal(power(_Q, 2, 3), V**2), in_weight),
        Step("inverse-weight", equal(power(_Q, -1, 3), 1 / V), in_weight),
    ]


def _rank_one(claim: Claim) -> list[Step]:
    """The squared norms of all layers are traces of one another: `V`."""
    first_norm = fact("second-norm") - Sum(fact("balanced-first", _b, _b), (_b, 1, width))
    return [
        Step(
            "second-norm",
            equal((U**2).total(), V),
            Combination(-Sum(fact("balanced-second", _z, _z), (_z, 1, second_width)) - fact("size")),
        ),
        claim(
            "first-layer-rank-one",
            Combination(V**4 * first_norm + (_t**2).total() * fact("image-norm") - V**2 * fact("modes-norm")),
        ),
        claim(
            "second-layer-rank-one",
            Combination(V**2 * fact("second-norm") - V * fact("image-norm") - (_p**2).total() * fact("size")),
        ),
    ]


def _images() -> list[Step]:
    """`V ||A k||^2 + ||U A k||^2 = 2 (t.k)^2 / V`, each way, where `k_i = s_i (e_i.q)`."""
    product, hidden, output = _t @ _along, _hidden, U @ _hidden
    first = _A * V**2 - _p.outer(_t)
    second = U * V - a.outer(_p)
    first_rows = Sum(minors(first.row(_b), _along), (_b, 1, width))
    second_rows = Sum(minors(second.row(_z), hidden), (_z, 1, second_width))
    return [
        Step(
            "hidden-at-most",
            at_most(V**4 * (hidden**2).total(), V**2 * product**2),
            Combination(
                first_rows - product**2 * fact("image-norm") + (_along**2).total() * fact("first-layer-rank-one")
            ),
        ),
        Step(
            "output-at-most",
            at_most(V**2 * (output**2).total(), V * product**2),
            Combination(second_rows + product**2 * fact("size") + (hidden**2).total() * fact("second-layer-rank-one")),
        ),
        Step(
            "hidden-at-least",
            at_most(product**2, V**2 * (hidden**2).total()),
            Combination(minors(_p, hidden) + (hidden**2).total() * fact("image-norm")),
        ),
        Step(
            "output-at-least",
            at_most(product**2, V * (output**2).total()),
            Combination(minors(a, output) - (output**2).total() * fact("size")),
        ),
    ]


def _kernel(claim: Claim) -> list[Step]:
    """The kernel along `q`."""
    least = (fact("hidden-at-least") + fact("output-at-least")) / V
    most = fact("hidden-at-most") / V**3 + fact("output-at-most") / V**2
    rest = fact("image-norm") * (_along**2).total() - fact("size") * (_hidden**2).total()
    return [
        claim("kernel-at-least", Combination(least - rest, _at_minimizer, ("weight-positive",))),
        claim("kernel-at-most", Combination(most + rest, _at_minimizer, ("weight-positive",))),
    ]


def _slopes(first: IndexedArray, second: IndexedArray, third: IndexedArray) -> IndexedArray:
    """`J h` in the modes along a direction `h`."""
    slopes: IndexedArray = ((_p @ (first @ w.T)) + ((a @ second) @ _A) + (third @ (U @ _A))) * s
    return slopes


def _transposed(vector: IndexedArray) -> tuple[IndexedArray, IndexedArray, IndexedArray]:
    """`J^T x` for `x` in the modes."""
    weighted: IndexedArray = vector * s
    hidden: IndexedArray = _A @ weighted
    return _p.outer(weighted @ w), a.outer(hidden), U @ hidden


def _lower(claim: Claim) -> list[Step]:
    """The quotient at `J^T e_1`, whose squared length is the first entry of the kernel in the modes."""
    first = IndexedArray(KroneckerDelta(_i, 1), (modes,), (_i,))
    direction = _transposed(first)
    return [
        *sharpness_at_least(
            "lower-in-weights",
            s[0] ** 2 * V**2 + 2 * _d[0] ** 2 / V,
            direction=direction,
            slopes=_slopes(*direction),
            first=first,
            kernel=("kernel-at-least", VECTOR),
            rewrite=_at_minimizer,
            given=("weight-positive",),
        ),
        claim("lower", Combination(fact("lower-in-weights"), _formula, ("weight-positive",))),
    ]


def _upper(claim: Claim) -> list[Step]:
    """From the kernel in the modes."""
    F = IndexedArray.named("F", neurons, features)
    F_2 = IndexedArray.named("F_2", second_neurons, neurons)
    f = IndexedArray.named("f", second_neurons)
    direction = (F, F_2, f)
    slopes = _slopes(*direction)
    top = s[0] ** 2 * V**2 + 2 * (_d**2).total() / V
    kernel, labels = squared_norm(_transposed(_MODES)), (_d @ _MODES) ** 2
    return [
        Step(
            "kernel-in-modes",
            at_most(kernel, V**2 * ((_MODES * s) ** 2).total() + 2 * labels / V),
            Specialization("kernel-at-most", {VECTOR: _MODES @ e}, _at_minimizer, ("weight-positive",)),
        ),
        Step(
            "gram-at-most",
            at_most(kernel, top * (_MODES**2).total()),
            Combination(
                fact("kernel-in-modes") + V**2 * smaller_modes(_MODES) + 2 * minors(_d, _MODES) / V,
                given=("weight-positive",),
            ),
        ),
        *sharpness_at_most(
            "upper-in-weights",
            at_most(S, top / N),
            direction=direction,
            slopes=slopes,
            transposed=_transposed(slopes),
            kernel=("gram-at-most", _MODES),
            bound=top,
            rewrite=_at_minimizer,
            given=("weight-positive",),
        ),
        claim("upper", Combination(fact("upper-in-weights"), _formula, given=("weight-positive",))),
    ]
