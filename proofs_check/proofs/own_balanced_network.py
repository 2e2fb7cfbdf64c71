"""Proof: traces and what is a multiple of itself are handed back from the last layer, and so every layer has rank one.

All Gram matrices have the trace `V`, and `G_j B_j = V B_j`; hence `||B_j||^2 = V ||B_(j+1)||^2`, which telescopes, and
`U_j ||B_(j+1)||^2 - B_(j+1) B_j^T` has norm 0. Since `B_j . A_j` is `y` at every layer, `A_j ||B_j||^2` is `B_j y^T`,
and the kernel is a sum of equal parts.
"""

from dataclasses import replace

from sympy import Expr, Integer, KroneckerDelta, Sum, Symbol

from proofs_check.engine.proof import Step, fact
from proofs_check.lemmas.minors import minors
from proofs_check.lemmas.modes import smaller_modes
from proofs_check.lemmas.sharpness_of_kernel import sharpness_at_least, sharpness_at_most
from proofs_check.methods.chains import HandedBack, Telescoping
from proofs_check.methods.combination import Combination, identity
from proofs_check.methods.positive_factor import PositiveFactor
from proofs_check.methods.positive_power import PositivePower
from proofs_check.methods.rayleigh import squared_norm
from proofs_check.methods.specialization import Specialization
from proofs_check.methods.squares import ZeroSquare
from proofs_check.proofs import Claim, claims_of
from theory.language.indexed import IndexedArray, moved_on
from theory.language.relations import Relation, Sense, at_most, equal, less
from theory.language.statement import Statement
from theory.setting.balanced_network import (
    DIRECTION,
    A,
    B,
    G,
    T,
    U,
    n_square_layers,
    network_kernel,
    projected,
    slopes,
    square_layers,
)
from theory.setting.symbols import N, S, X, e, label_coefficients, modes, rank, s, samples, spectrum, y
from theory.setting.wide_model import V, a, neurons, width
from theory.statements.own_balanced_network import FIRST_COEFFICIENT, INVERSE_WEIGHT, SECOND

_j, _b, _c = U.indices
_z = neurons.index({_b.name, _c.name})
_x = neurons.index({_b.name, _c.name, _z.name})
_n, _m = samples.index(set()), samples.index({"n"})
_i, _k = modes.index(set()), modes.index({"i"})
_L, _H, _Q, _d = n_square_layers, width, spectrum.difficulty, label_coefficients


def _over(*indices: object) -> tuple[tuple[object, int, object], ...]:
    """The ranges of a sum over neurons."""
    return tuple((index, 1, _H) for index in indices)


_SIZE = Sum(B.at(_j, _b) ** 2, *_over(_b))
"""`||B_j||^2`."""
_NEXT_SIZE = moved_on(_SIZE, _j)
_FIRST_SIZE, _END_SIZE = (B.row(1) ** 2).total(), (B.end**2).total()
_OFF = IndexedArray(
    Sum(G.at(_j, _b, _c) * B.at(_j, _c), *_over(_c)) - V * B.at(_j, _b), (square_layers, neurons), (_j, _b)
)
"""`G_j B_j - V B_j`, shape (L, H)."""
_ANY = IndexedArray.named("rho", square_layers)
"""Any numbers, shape (L,)."""
_SAMPLES = IndexedArray.named("rho_n", samples)
"""Any vector, shape (N,)."""
_t: IndexedArray = B.row(1) @ projected
"""`t_i = B_1 . W w_i`, shape (r,)."""
_formula = ("first-coefficient", "inverse-weight")


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claim = claims_of(statement)
    return [
        *_slopes(claim),
        *_traces(),
        *_images(),
        *_sizes(),
        *_difficulty(),
        *_powers(claim),
        *_rank_one(statement),
        *_given(),
        *_kernel(claim),
        _gram(),
        *_lower(claim),
        *_upper(claim),
    ]


def _slopes(claim: Claim) -> list[Step]:
    """`sum_j (B_(j+1) . T_(j+1) - B_j . T_j)` telescopes."""
    handed = IndexedArray(Sum(B.at(_j, _b) * T.at(_j, _n, _b), *_over(_b)), (square_layers,), (_j,))
    telescoped = equal(handed[0] + handed.next.total(), handed.total() + handed.end.expression)
    return [
        Step("rates-telescope", telescoped, Telescoping(handed)),
        claim(
            "slopes",
            Combination(-fact("rates-telescope", _n), ("rates-first", "rates-next", "later-previous", "later-last")),
        ),
        claim("curvature", Combination(Sum(fact("minimizer", _n) * SECOND.at(_n), (_n, 1, N)) / N)),
    ]


def _traces() -> list[Step]:
    """`tr G_j = tr G_(j+1)`, and `tr a a^T = V`."""
    below, above = (Sum(fact(name, _b, _b, _j), *_over(_b)) for name in ("gram-below", "gram-above"))
    trace = equal(Sum(G.at(_j, _b, _b), *_over(_b)), V)
    end = Sum(fact("balanced-last", _b, _b), *_over(_b)) - fact("size")
    return [
        Step("trace", trace, HandedBack(trace, _j, below - above, end)),
        Step("norm", equal(Sum(U.at(_j, _b, _c) ** 2, *_over(_c, _b)), V), Combination(fact("trace", _j) - below)),
    ]


def _images() -> list[Step]:
    """`||G_j B_j - V B_j||^2 = ||U_j^T (G_(j+1) B_(j+1) - V B_(j+1))||^2`, which is at most `V` times the next one."""
    off, following, handed_back = _OFF.row(_j), _OFF.next.row(_j), U.row(_j).T
    image: IndexedArray = handed_back @ following
    distance = at_most((off**2).total(), 0)
    rows = Sum(minors(handed_back.row(_b), following), *_over(_b))
    both = Sum(fact("off", _b, _j) * (image + off).at(_b), *_over(_b))
    handed = HandedBack(
        distance,
        _j,
        rows + (following**2).total() * fact("norm", _j) + both,
        factor=V,
        rewrite=("balanced-last", "later-last", "size"),
        given=("size-nonnegative",),
    )
    return [
        Step("size-nonnegative", at_most(0, V), Combination((a**2).total() - fact("size"))),
        Step("off", equal(off, image), identity("later-previous", "gram-below", "gram-above")),
        Step("distance", distance, handed),
        Step("distance-of-next", _moved(distance), handed),
        *_each_zero("image", equal(off, 0), fact("distance", _j), (_b, _z, _H)),
        *_each_zero("image-of-next", equal(following, 0), fact("distance-of-next", _j), (_b, _z, _H)),
    ]


def _moved(relation: Relation) -> Relation:
    return replace(relation, left=moved_on(relation.left, _j), right=moved_on(relation.right, _j))


def _each_zero(name: str, claim: Relation, distance: Expr, *ranges: tuple[Symbol, Symbol, Symbol]) -> list[Step]:
    """A relation holds entry by entry where the squares of its differences add up to at most 0.

    Args:
        name: of the relation.
        claim: the relation.
        distance: the fact that says what the squares add up to.
        ranges: each index that is summed over, another name for it, and its size.
    """
    entry, others = claim.left - claim.right, Integer(0)
    for place, (index, other, _) in enumerate(ranges):
        names = {one: new for one, new, _ in ranges[place:]}
        there = entry.xreplace(names) ** 2
        others += Sum((1 - KroneckerDelta(index, other)) * there, *((new, 1, size) for _, new, size in ranges[place:]))
    return [
        Step(f"{name}-squares", at_most(entry**2, 0), Combination(distance + others)),
        Step(name, claim, ZeroSquare(f"{name}-squares")),
    ]


def _sizes() -> list[Step]:
    """`||B_j||^2 = B_(j+1)^T G_(j+1) B_(j+1) = V ||B_(j+1)||^2`."""
    after, before = B.next.at(_j, _b), B.next.at(_j, _c)
    handed = Sum(after * fact("image-of-next", _b, _j), *_over(_b))
    above = Sum(after * before * fact("gram-above", _b, _c, _j), *_over(_b, _c))
    return [Step("size-of-later", equal(_SIZE, V * _NEXT_SIZE), Combination(handed - above, ("later-previous",)))]


def _difficulty() -> list[Step]:
    """`d_i = s_i t_i`, and so `Q = ||t||^2 = B_1^T G_1 B_1 = V ||B_1||^2`."""
    through = equal(Sum(B.at(_j, _b) * A.at(_j, _n, _b), *_over(_b)), y.at(_n))
    first = B.row(1)
    both = Sum(first.at(_b) * first.at(_c) * fact("balanced-first", _b, _c), *_over(_b, _c))
    handed = HandedBack(through, _j, end=fact("minimizer", _n), rewrite=("given-next", "later-previous", "later-last"))
    residual = Sum(e.at(_i, _n) * -fact("labels-through", 1, _n), (_n, 1, N))
    positive = less(0, _SIZE)
    positive_end = fact("weight-positive") + fact("size")
    positive_handed = HandedBack(
        positive, _j, -fact("size-of-later", _j), positive_end, V, ("later-last",), ("weight-positive",)
    )
    return [
        Step("labels-through", through, handed),
        Step("zero-residual-in-modes", equal(_d, _t * s), Combination(residual, ("svd", "labels", "given-first"))),
        Step("difficulty-of-weights", equal(_Q, (_t**2).total()), identity("zero-residual-in-modes")),
        Step(
            "modes-norm",
            equal((_t**2).total(), V * _FIRST_SIZE),
            Combination(Sum(first.at(_b) * fact("image", _b, 1), *_over(_b)) - both),
        ),
        Step(
            "weight-positive",
            less(0, V),
            PositiveFactor("nonzero-labels", _FIRST_SIZE, ("difficulty-of-weights", "modes-norm")),
        ),
        Step("later-positive", positive, positive_handed),
        Step("next-positive", _moved(positive), positive_handed),
    ]


def _powers(claim: Claim) -> list[Step]:
    """`||B_1||^2 prod_j ||B_(j+1)||^2 = prod_j ||B_j||^2 V`, and each factor `||B_j||^2` is `V ||B_(j+1)||^2`."""
    sizes = IndexedArray(_SIZE, (square_layers,), (_j,))
    nexts, in_weight = sizes.next.product(), PositivePower("difficulty", ("weight-positive",))
    scaled = IndexedArray(V * _NEXT_SIZE, (square_layers,), (_j,)).product()
    return [
        Step("end-size", equal(_END_SIZE, V), Combination(fact("size") * -1, ("later-last",))),
        Step("scaled-product", equal((_ANY * V).product(), V**_L * _ANY.product()), identity()),
        Step("scaled-sizes", equal(scaled, V**_L * nexts), Specialization("scaled-product", {_ANY: sizes.next})),
        Step(
            "sizes-telescope",
            equal(_FIRST_SIZE * nexts, sizes.product() * _END_SIZE),
            Telescoping(sizes, product=True),
        ),
        Step(
            "size-of-first",
            equal(_FIRST_SIZE, V ** (_L + 1)),
            Combination(
                (fact("sizes-telescope") + V * fact("scaled-sizes")) / nexts,
                ("size-of-later", "end-size"),
                given=("next-positive",),
            ),
        ),
        claim(
            "size-to-the-depth",
            Combination(-fact("difficulty-of-weights") - fact("modes-norm") - V * fact("size-of-first")),
        ),
        Step("difficulty", equal(_Q, V ** (_L + 2)), Combination(-fact("size-to-the-depth"))),
        Step("first-coefficient", equal(FIRST_COEFFICIENT, V ** (_L + 1)), in_weight),
        Step("inverse-weight", equal(INVERSE_WEIGHT, 1 / V), in_weight),
    ]


def _rank_one(statement: Statement) -> list[Step]:
    """`||U ||B||^2 - B B^T||^2` is worked out, for the square layers and for the first."""
    square, first = statement.claims["square-layers"], statement.claims["first-layer"]
    size, later = _NEXT_SIZE, B.at(_j, _c)
    distance = Sum((square.left - square.right) ** 2, *_over(_c, _b))
    below = Sum(fact("balanced-first", _b, _b), *_over(_b))
    start = first.left - first.right
    start_distance = Sum(start**2, (_i, 1, rank), *_over(_b))
    return [
        Step(
            "square-distance",
            at_most(distance, 0),
            Combination(
                size**2 * fact("norm", _j)
                - size * fact("size-of-later", _j)
                + 2 * size * Sum(later * fact("later-previous", _c, _j), *_over(_c))
            ),
        ),
        *_each_zero("square-layers", square, fact("square-distance", _j), (_b, _z, _H), (_c, _x, _H)),
        Step(
            "first-distance",
            at_most(start_distance, 0),
            Combination(_FIRST_SIZE**2 * (fact("trace", 1) - below) - _FIRST_SIZE * fact("modes-norm")),
        ),
        *_each_zero("first-layer", first, fact("first-distance"), (_b, _z, _H), (_i, _k, rank)),
    ]


def _given() -> list[Step]:
    """`A_1 ||B_1||^2 = y B_1^T`, and `A_(j+1) ||B_(j+1)||^2 = A_j B_j B_(j+1)^T = y B_(j+1)^T`."""
    return [
        Step(
            "given-at-first",
            equal(A.row(1).at(_n, _b) * _FIRST_SIZE, B.row(1).at(_b) * y.at(_n)),
            Combination(
                B.row(1).at(_b) * fact("labels-through", 1, _n)
                + Sum(s.at(_i) * e.at(_i, _n) * fact("first-layer", _b, _i), (_i, 1, rank)),
                ("given-first", "svd"),
            ),
        ),
        Step(
            "given-at-next",
            equal(A.next.at(_j, _n, _b) * _NEXT_SIZE, B.next.at(_j, _b) * y.at(_n)),
            Combination(
                B.next.at(_j, _b) * fact("labels-through", _j, _n)
                + Sum(A.at(_j, _n, _c) * fact("square-layers", _b, _c, _j), *_over(_c)),
                ("given-next",),
            ),
        ),
    ]


def _kernel(claim: Claim) -> list[Step]:
    """`sum_j ||B_j||^2 A_j A_j^T` telescopes to `L y y^T`."""
    inner = Sum(A.at(_j, _n, _b) * A.at(_j, _m, _b), *_over(_b))
    part = IndexedArray(_SIZE * inner, (square_layers,), (_j,))
    labels, gram = y.at(_n) * y.at(_m), (X @ X.T).at(_n, _m)
    end_inner = moved_on(inner, _j).xreplace({_j: _L})
    telescoped = equal(part[0] + part.next.total(), part.total() + part.end.expression)
    in_weights = equal(network_kernel().at(_n, _m), gram * _FIRST_SIZE + labels * (_L + 1) / V)
    first = A.row(1)
    return [
        Step("pairs-telescope", telescoped, Telescoping(part)),
        Step(
            "pair-at-first",
            equal(part[0], labels),
            Combination(
                Sum(
                    fact("given-at-first", _b, _m) * first.at(_n, _b) * _FIRST_SIZE
                    + fact("given-at-first", _b, _n) * B.row(1).at(_b) * y.at(_m),
                    *_over(_b),
                )
                / _FIRST_SIZE,
                given=("later-positive",),
            ),
        ),
        Step(
            "pair-at-next",
            equal(part.next.expression, labels),
            Combination(
                Sum(
                    fact("given-at-next", _b, _j, _m) * A.next.at(_j, _n, _b) * _NEXT_SIZE
                    + fact("given-at-next", _b, _j, _n) * B.next.at(_j, _b) * y.at(_m),
                    *_over(_b),
                )
                / _NEXT_SIZE,
                given=("next-positive",),
            ),
        ),
        Step(
            "pairs",
            equal(part.total(), _L * labels),
            Combination(
                Sum(fact("pair-at-next", _j, _m, _n), (_j, 1, _L))
                - fact("pairs-telescope", _m, _n)
                + fact("pair-at-first", _m, _n)
                - fact("pair-at-next", _L, _m, _n)
            ),
        ),
        Step(
            "kernel-in-weights",
            in_weights,
            Combination(
                (
                    fact("pairs", _m, _n)
                    - Sum(fact("size-of-later", _j) * inner, (_j, 1, _L))
                    + fact("pair-at-next", _L, _m, _n)
                    - fact("end-size") * end_inner
                )
                / V,
                given=("weight-positive",),
            ),
        ),
        claim(
            "kernel",
            Combination(
                fact("kernel-in-weights", _m, _n) + gram * fact("size-of-first"), _formula, given=("weight-positive",)
            ),
        ),
    ]


def _gram_direction(along: IndexedArray) -> tuple[IndexedArray, IndexedArray, IndexedArray]:
    """`J^T q` for one number per sample."""
    images = along @ A.end
    between = Sum(along.at(_n) * A.at(_j, _n, _c), (_n, 1, N)) * B.next.at(_j, _b)
    square = IndexedArray(between, (square_layers, neurons, neurons), (_j, _b, _c))
    return B.row(1).outer(along @ X), square, images


def _gram() -> Step:
    """`||J^T q||^2 = ||B_1||^2 ||X^T q||^2 + (L + 1) (q.y)^2 / V`."""
    pairs = Sum(_SAMPLES.at(_n) * _SAMPLES.at(_m) * fact("kernel-in-weights", _m, _n), (_n, 1, N), (_m, 1, N))
    form = _FIRST_SIZE * ((_SAMPLES @ X) ** 2).total() + (_L + 1) / V * (_SAMPLES @ y) ** 2
    claim = equal(form, squared_norm(_gram_direction(_SAMPLES)))
    return Step("gram", claim, Combination(-pairs, given=("weight-positive",)))


def _lower(claim: Claim) -> list[Step]:
    """The quotient at `J^T e_1`, whose squared length is the kernel's first entry."""
    direction = _gram_direction(e.row(1))
    return [
        *sharpness_at_least(
            "lower-in-weights",
            _FIRST_SIZE * s[0] ** 2 + (_L + 1) / V * _d[0] ** 2,
            direction=direction,
            slopes=slopes(*direction),
            first=e.row(1),
            kernel=("gram", _SAMPLES),
            sense=Sense.EQUAL,
            rewrite=("svd", "labels"),
            given=("weight-positive", "later-positive"),
        ),
        claim(
            "lower",
            Combination(
                fact("lower-in-weights") - s[0] ** 2 * fact("size-of-first") / N, _formula, given=("weight-positive",)
            ),
        ),
    ]


def _upper(claim: Claim) -> list[Step]:
    """From the kernel along any numbers of the samples."""
    h = tuple(IndexedArray.named(name, *part.axes) for name, part in zip(("F", "F_2", "f"), DIRECTION, strict=True))
    of_labels = (_L + 1) / V
    top = _FIRST_SIZE * s[0] ** 2 + of_labels * (_d**2).total()
    along = slopes(*h)
    in_modes: IndexedArray = e @ _SAMPLES
    beside = ((_SAMPLES - in_modes @ e) ** 2).total()
    gram = squared_norm(_gram_direction(_SAMPLES))
    return [
        Step(
            "gram-at-most",
            at_most(gram, top * (_SAMPLES**2).total()),
            Combination(
                _FIRST_SIZE * (s[0] ** 2 * beside + smaller_modes(in_modes))
                + of_labels * (minors(_d, in_modes) + (_d**2).total() * beside)
                - fact("gram"),
                ("svd", "labels"),
                given=("weight-positive",),
            ),
        ),
        *sharpness_at_most(
            "upper-in-weights",
            at_most(S, top / N),
            direction=h,
            slopes=along,
            transposed=_gram_direction(along),
            kernel=("gram-at-most", _SAMPLES),
            bound=top,
            given=("weight-positive", "later-positive"),
        ),
        claim(
            "upper",
            Combination(
                fact("upper-in-weights") + s[0] ** 2 * fact("size-of-first") / N, _formula, given=("weight-positive",)
            ),
        ),
    ]
