"""True statements that say what is proved in other words: multiplied out, turned, scaled, weakened."""

from collections.abc import Iterator
from dataclasses import replace

from sympy import Symbol, sqrt

from tests.proofs_check.false_statements import False_, changed
from theory.bounds import balanced_minimizer, two_layer_minimizer
from theory.formulas.imbalance import layer_imbalance
from theory.formulas.model import two_layer_kernel
from theory.formulas.nonlinear import zero_loss_side
from theory.formulas.radical import radical
from theory.language.expectation import Mean
from theory.language.numbers import power
from theory.language.relations import at_most, equal, less
from theory.setting.batches import expectation
from theory.setting.deep_hypotheses import layer_differences
from theory.setting.hypotheses import squared_projection
from theory.setting.nonlinear_model import GENERAL, NORMS
from theory.setting.symbols import (
    C,
    D,
    N,
    S,
    X,
    eta,
    label_coefficients,
    later_layers,
    n_later_layers,
    rank,
    s,
    spectrum,
    u,
    v,
    y,
)
from theory.statements import (
    app_b_1,
    def_5_8,
    eq_17,
    lem_5_2,
    lem_5_2_two_layer,
    lem_b_2,
    own_above_four,
    own_curvatures,
    own_imbalance_decides,
    rem_4_4,
    rem_5_9,
    thm_5_6,
    thm_5_9,
)
from theory.statements.def_4_1 import LEAST_SOLUTION, SOLUTION
from theory.statements.own_above_four import NEXT_RADIUS, RADIUS
from theory.statements.own_size import NEXT_SIZE, SIZE, TOP_RATE
from theory.statements.thm_5_6 import ALPHA, BETA

Q, NORM = spectrum.difficulty, spectrum.label_norm_squared


def instead(identifier: str, name: str, **claims) -> False_:
    """A true statement with other claims in the place of its own."""
    label, statement = changed(identifier, name)
    return label, replace(statement, claims=claims)


def all_rewordings() -> Iterator[False_]:
    """Each with its name."""
    yield from _two_layers()
    yield from _any_depth()
    yield from _chance_and_steps()
    yield from _others()
    yield from _between_statements()


def _two_layers() -> Iterator[False_]:
    name, bounds = "thm-4.3", two_layer_minimizer(spectrum, C)
    yield instead(name, "a quadratic", quadratic=equal(v**4 + C * v**2, Q))
    yield instead(name, "times N", upper=at_most(N * S, N * bounds.upper))
    yield instead(name, "N multiplied out", lower=at_most(2 * N * bounds.lower, 2 * N * S))
    yield instead(name, "one more", upper=at_most(S, bounds.upper + 1))
    yield instead(name, "twice the bound", upper=at_most(S, 2 * bounds.upper))
    yield instead(name, "bounds in order", order=at_most(bounds.lower, bounds.upper))
    yield instead(name, "the root", root=equal(2 * v**2 + C, sqrt(C**2 + 4 * Q)))
    yield changed(name, "minimizer turned", hypotheses={"minimizer": equal(y, (X @ u) * v)})
    yield changed(name, "imbalance moved", hypotheses={"imbalance": equal(C + v**2, squared_projection())})
    yield changed(name, "difficult labels", hypotheses={"nonzero-labels": less(1, Q)})
    yield instead("cor-5.3", "a quadratic", quadratic=equal(v**4 + C * v**2, Q))
    yield instead("def-4.1", "through the solutions", least=at_most((LEAST_SOLUTION**2).total(), (SOLUTION**2).total()))
    yield instead(
        "def-4.2", "three times", sign=at_most(0, 3 * ((u**2).total() - v**2 - layer_imbalance(spectrum, u, v)))
    )
    difference = two_layer_kernel(X, u, v) - (X @ X.T) * eq_17.WEIGHT - y.outer(y) * eq_17.INVERSE_WEIGHT
    yield instead("eq-17", "moved", kernel=equal(difference, 0))
    falls = rem_4_4.STATEMENT.claims["lower-falls"]
    yield instead("rem-4.4", "not strictly", falls=at_most(falls.left, falls.right))


def _any_depth() -> Iterator[False_]:
    bounds = balanced_minimizer(spectrum, D)
    yield instead("thm-4.6", "times N", lower=at_most(N * bounds.lower, N * S))
    yield instead(
        "thm-4.6", "sum of all layers", total=equal((later_layers**2).total(), n_later_layers * power(Q, 1, D))
    )
    yield instead("thm-4.6", "first layer as the next", same=equal(squared_projection(), later_layers[0] ** 2))
    yield instead("def-5.8", "difference", below=at_most(0, S - def_5_8.PREDICTED))
    (_, start), (_, end) = lem_5_2.START, lem_5_2.END
    yield instead("lem-5.2", "by layer", moved=equal(layer_differences(None, end) - layer_differences(None, start), 0))
    curvature = own_curvatures.FIRST_CURVATURE * N
    yield instead("own-curvatures", "times N", first=at_most(curvature, N * S))
    deep = {key: at_most(claim.left, claim.right) for key, claim in changed("rem-4.6-hard", "")[1].claims.items()}
    yield instead("rem-4.6-hard", "not strictly", **deep)


def _chance_and_steps() -> Iterator[False_]:
    yield instead("thm-5.6", "twice", upper=at_most(2 * Mean(S), 2 * thm_5_6.BOUNDS.upper))
    yield instead("thm-5.7", "moved", mean=equal(Mean(C) + BETA**2, rank * ALPHA**2))
    after, before, terms = thm_5_9.AFTER_DESCENT, thm_5_9.BEFORE, thm_5_9.TERMS
    yield instead("thm-5.9", "moved", descent=equal(after, before + thm_5_9.DESCENT_INCREMENT))
    yield instead("thm-5.9", "times N", noise=at_most(terms.full_batch_first, N * terms.single_sample_first))
    yield instead("rem-5.9", "weaker", descent=at_most(rem_5_9.BEFORE - 1, rem_5_9.AFTER_DESCENT))


def _others() -> Iterator[False_]:
    m = lem_5_2_two_layer
    (first, second), (end, last) = m.START, m.END
    conserved = equal(squared_projection(end) + second**2, squared_projection(first) + last**2)
    yield instead("lem-5.2-two-layer", "moved", conserved=conserved)
    yield instead(
        "own-size", "moved", size=equal(NEXT_SIZE, SIZE + changed("own-size", "")[1].claims["increment"].right)
    )
    p, after = own_above_four.PRODUCT_SQUARED, (own_above_four.NEXT[0] * own_above_four.NEXT[1]) ** 2
    yield instead("own-above-four", "difference", grows=at_most(0, after - 4 * p))
    yield instead("own-zero-labels", "one more", grows=at_most(NEXT_SIZE, SIZE + 1))
    n = own_imbalance_decides
    yield changed("own-imbalance-decides", "factored", hypotheses={"root": equal(n.ROOT * (n.ROOT + C), Q)})
    b = lem_b_2
    mixed = b.SHARE * radical(b.FIRST, b.DIFFICULTY) + (1 - b.SHARE) * radical(b.SECOND, b.DIFFICULTY)
    yield instead("lem-b.2", "twice", convex=at_most(0, 2 * mixed - 2 * radical(b.MIDDLE, b.DIFFICULTY)))
    yield instead("prop-e.5", "twice", side=equal(2 * v**2 + 2 * C, 2 * zero_loss_side(NORMS, y, v, GENERAL)))
    yield instead("app-b.1", "times 2N", loss=equal(2 * N * app_b_1.LOSS, (app_b_1.MODE_RESIDUAL**2).total()))
    yield instead("own-escape", "four over eta", edge=at_most(4 / eta, S))
    yield instead("own-escape", "times eta", edge=at_most(6, eta * S))


def _between_statements() -> Iterator[False_]:
    """Weaker, chained, or with a letter of their own."""
    bounds, root = two_layer_minimizer(spectrum, C), Symbol("V", positive=True)
    label, named = changed("thm-4.3", "a letter for v^2", hypotheses={"named": equal(root, v**2)})
    lower = at_most(s[0] ** 2 * root + label_coefficients[0] ** 2 / root, N * S)
    yield label, replace(named, claims={"lower": lower})
    yield instead("thm-4.3", "first term alone", first=at_most(s[0] ** 2 * v**2, N * S))
    yield instead("thm-4.3", "how far", gap=at_most(bounds.upper - S, bounds.upper - bounds.lower))
    yield instead("thm-4.6", "half", half=at_most(balanced_minimizer(spectrum, D).lower / 2, S))
    (start, first), (end, last) = lem_5_2_two_layer.START, lem_5_2_two_layer.END
    both = [lem_5_2_two_layer.imbalance(*point) for point in ((start, first), (end, last))]
    yield instead("lem-5.2-two-layer", "squares", squares=equal(both[1] ** 2, both[0] ** 2))
    p, after = own_above_four.PRODUCT_SQUARED, (own_above_four.NEXT[0] * own_above_four.NEXT[1]) ** 2
    yield instead("own-above-four", "twofold", twofold=at_most(2 * p, after))
    hard = changed("rem-4.6-hard", "")[1].claims["lower"]
    yield instead("rem-4.6-hard", "difference", rises=less(0, hard.right - hard.left))
    yield instead("own-balanced-blow-up", "multiplied out", grows=at_most(5 * RADIUS - 16, NEXT_RADIUS))
    yield instead("own-size-sharpness", "two for three halves", upper=at_most(eta * S, 2 * TOP_RATE * SIZE))
    yield instead("rem-5.9", "in two steps", sgd=at_most(rem_5_9.BEFORE, expectation(rem_5_9.AFTER_SGD)))
    kernel = two_layer_kernel(X, u, v) * eq_17.WEIGHT
    squared = (X @ X.T) * eq_17.WEIGHT**2 + y.outer(y)
    yield instead("eq-17", "times the weight", kernel=equal(kernel, squared))
