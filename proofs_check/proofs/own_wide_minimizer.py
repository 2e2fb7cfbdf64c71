"""Proof: the root from the quadratic equation, one direction below, and three parts of every direction above.

With `A_i = W w_i` a minimizer has `d_i = s_i a.A_i`. Along `(F, f)` the Hessian's quadratic form is
`sum_i s_i^2 (a.alpha_i + f.A_i)^2 / N` with `alpha_i = F w_i`, and `V f = x + (a.f) a` with `x` orthogonal to `a`.
"""

from sympy import Expr, KroneckerDelta, Sum

from proofs_check.engine.proof import Step, fact
from proofs_check.lemmas.minors import minors
from proofs_check.lemmas.modes import smaller_modes
from proofs_check.lemmas.roots import root_positive
from proofs_check.lemmas.sharpness_of_kernel import sharpness_at_least, sharpness_at_most
from proofs_check.methods.combination import Combination, identity
from proofs_check.methods.positive_factor import PositiveFactor
from proofs_check.methods.rayleigh import squared_norm
from proofs_check.proofs import Claim, claims_of
from theory.bounds import positive_root
from theory.language.indexed import IndexedArray
from theory.language.relations import Relation, at_most, equal, less
from theory.language.statement import Statement
from theory.setting.symbols import N, X, e, features, label_coefficients, modes, rank, s, samples, spectrum, w, y
from theory.setting.wide_model import (
    GREATEST,
    LEAST,
    V,
    W,
    a,
    eigenvectors,
    neurons,
    width,
)
from theory.statements.own_wide_minimizer import VECTOR

_i, _n, _b = modes.index(set()), samples.index(set()), neurons.index(set())
_c = neurons.index({_b.name})
_A = W @ w.T
"""`A_i = W w_i` as columns, shape (H, r)."""
_along: IndexedArray = a @ _A
"""`a.A_i`, shape (r,)."""
_Q, _d = spectrum.difficulty, label_coefficients
_at_minimizer = ("svd", "labels", "zero-residual-in-modes")
_MODES = IndexedArray.named("rho", modes)
"""Any vector in the modes, shape (r,)."""
_positive = ("weight-positive", "greatest-positive")


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claim = claims_of(statement)
    return [
        *_weight(statement),
        *_kernel(claim),
        *_lower(),
        *_upper(statement.claims["upper"]),
        *_from_the_start(statement),
    ]


def _weight(statement: Statement) -> list[Step]:
    """`V^2 + a^T M a = Q`, and `a^T M a` lies between `m_min V` and `m_max V`."""
    claim = claims_of(statement)
    residual_in_modes = Sum(e.at(_i, _n) * -fact("minimizer", _n), (_n, 1, N))
    return [
        Step("zero-residual-in-modes", equal(_d, _along * s), Combination(residual_in_modes, ("svd", "labels"))),
        Step("difficulty-of-weights", equal(_Q, (_along**2).total()), identity("zero-residual-in-modes")),
        Step(
            "difficulty-positive",
            less(0, V * (_A**2).total()),
            Combination(
                fact("nonzero-labels") + fact("difficulty-of-weights") + Sum(minors(a, _A.T.row(_i)), (_i, 1, rank)),
                ("size",),
            ),
        ),
        Step("weight-positive", less(0, V), PositiveFactor("difficulty-positive", (_A**2).total())),
        claim("quadratic", identity("size", "difficulty-of-weights")),
        *_between_roots(claim),
    ]


def _between_roots(claim: Claim) -> list[Step]:
    """`(V - rho)(V + rho + m) = V^2 + m V - Q` for the positive root `rho`; the second factor is positive."""
    given = ("weight-positive", "nonzero-labels")
    over_greatest, over_least = positive_root(-GREATEST, _Q), positive_root(-LEAST, _Q)
    # m_max V - a^T M a, and a^T M a - m_min V
    greatest, least = _bounded(a, "greatest") - GREATEST * fact("size"), _bounded(a, "least") + LEAST * fact("size")
    return [
        root_positive("greatest-root", -GREATEST, _Q, "nonzero-labels"),
        root_positive("least-root", -LEAST, _Q, "nonzero-labels"),
        *(
            Step(f"{name}-factor", less(0, V + root), Combination(V + fact(f"{name}-root"), given=given))
            for name, root in (("greatest", over_greatest), ("least", over_least))
        ),
        claim(
            "weight-at-least",
            Combination((greatest - fact("quadratic")) / (V + over_greatest), given=(*given, "greatest-factor")),
        ),
        claim(
            "weight-at-most",
            Combination((least + fact("quadratic")) / (V + over_least), given=(*given, "least-factor")),
        ),
    ]


def _bounded(vector: IndexedArray, which: str) -> Expr:
    """`x^T M x - m_min ||x||^2` or `m_max ||x||^2 - x^T M x`, from `x^T M x = sum_b m_b (o_b.x)^2` and `||x||^2`."""
    products, squares = vector.at(_b) * vector.at(_c), (eigenvectors @ vector) ** 2
    number, sign = (LEAST, -1) if which == "least" else (GREATEST, 1)
    exact = Sum(
        products * (fact("eigenvalues", _b, _c) + number * fact("complete", _b, _c)), (_b, 1, width), (_c, 1, width)
    )
    return Sum(fact(which, _b) * squares.at(_b), (_b, 1, width)) + sign * exact


def _kernel(claim: Claim) -> list[Step]:
    """Cauchy-Schwarz for `y.q = a.(W X^T q)`."""
    hidden = W @ (X.T @ VECTOR)
    return [
        Step("labels-of-weights", equal(y, X @ W.T @ a), Combination(-fact("minimizer", _n))),
        claim(
            "kernel-at-least", Combination(minors(a, hidden) / V, ("labels-of-weights", "size"), ("weight-positive",))
        ),
    ]


def _slopes(first: IndexedArray, second: IndexedArray) -> IndexedArray:
    """`J h` in the modes along a direction `h = (F, f)`."""
    slopes: IndexedArray = ((a @ (first @ w.T)) + (second @ _A)) * s
    return slopes


def _transposed(vector: IndexedArray) -> tuple[IndexedArray, IndexedArray]:
    """`J^T x` for `x` in the modes."""
    weighted: IndexedArray = vector * s
    return a.outer(weighted @ w), _A @ weighted


def _lower() -> list[Step]:
    """The quotient at `J^T e_1`, whose squared length is the first entry of the kernel in the modes."""
    first = IndexedArray(KroneckerDelta(_i, 1), (modes,), (_i,))
    direction = _transposed(first)
    return sharpness_at_least(
        "lower",
        s[0] ** 2 * V + _d[0] ** 2 / V,
        direction=direction,
        slopes=_slopes(*direction),
        first=first,
        kernel=("kernel-at-least", VECTOR),
        rewrite=_at_minimizer,
        given=("weight-positive",),
    )


def _upper(claim: Relation) -> list[Step]:
    """With `k_i = s_i x_i` and `z = A k`, `V z = (a.z) a + z'`: Cauchy-Schwarz along `a`, and across it.

    `||A^T z'||^2 <= m ||z'||^2` for `m = m_max`, as `z'` is orthogonal to `a`; and then
    `m^2 ||V k||^2 - m ||z'||^2 = ||m V k - A^T z'||^2 + m ||z'||^2 - ||A^T z'||^2`.
    """
    direction = IndexedArray.named("F", neurons, features), IndexedArray.named("f", neurons)
    slopes = _slopes(*direction)
    weighted = _MODES * s
    hidden: IndexedArray = _A @ weighted
    along: Expr = a @ hidden
    across = hidden * V - a * along
    through: IndexedArray = across @ _A
    apart = ((weighted * (V * GREATEST) - through) ** 2).total()
    top = s[0] ** 2 * (V + GREATEST) + (_d**2).total() / V
    return [
        Step("orthogonal", equal(a @ across, 0), Combination(along * fact("size"))),
        Step(
            "across-at-most",
            at_most((through**2).total(), GREATEST * (across**2).total()),
            Combination(_bounded(across, "greatest") + (a @ across) * fact("orthogonal")),
        ),
        Step(
            "across",
            at_most((across**2).total(), GREATEST * V**2 * (weighted**2).total()),
            Combination((apart + fact("across-at-most")) / GREATEST - 2 * along * fact("orthogonal"), given=_positive),
        ),
        Step(
            "gram-at-most",
            at_most(squared_norm(_transposed(_MODES)), top * (_MODES**2).total()),
            Combination(
                (V + GREATEST) * smaller_modes(_MODES)
                + minors(_d, _MODES) / V
                + fact("across") / V**2
                - fact("size") * ((weighted**2).total() - along**2 / V**2),
                ("zero-residual-in-modes",),
                _positive,
            ),
        ),
        *sharpness_at_most(
            "upper",
            claim,
            direction=direction,
            slopes=slopes,
            transposed=_transposed(slopes),
            kernel=("gram-at-most", _MODES),
            bound=top,
            rewrite=_at_minimizer,
            given=_positive,
        ),
    ]


def _from_the_start(statement: Statement) -> list[Step]:
    """`V` and `1 / V` lie between roots: `1 / rho(m) = rho(-m) / Q`."""
    claim = claims_of(statement)
    given = ("weight-positive", "nonzero-labels")
    least, most = (positive_root(-number, _Q) / _Q for number in (LEAST, GREATEST))
    return [
        Step(
            "inverse-at-least",
            at_most(least, 1 / V),
            Combination(fact("weight-at-most") * fact("least-root") / (_Q * V), given=given),
        ),
        Step(
            "inverse-at-most",
            at_most(1 / V, most),
            Combination(fact("weight-at-least") * fact("greatest-root") / (_Q * V), given=given),
        ),
        claim(
            "lower-from-start",
            Combination(
                fact("lower") + (s[0] ** 2 * fact("weight-at-least") + _d[0] ** 2 * fact("inverse-at-least")) / N,
                given=given,
            ),
        ),
        claim(
            "upper-from-start",
            Combination(
                fact("upper") + (s[0] ** 2 * fact("weight-at-most") + (_d**2).total() * fact("inverse-at-most")) / N,
                given=given,
            ),
        ),
    ]
