"""Wrong versions of Theorem 5.9."""

from collections.abc import Iterator

from flint import fmpq
from sympy import Expr, Rational

from proofs_check.instances.instance import Instance, value_of, with_values
from proofs_check.mutants import Mutant, with_claim, with_hypothesis, without_hypothesis
from proofs_check.proofs.thm_5_9 import instances, with_batches, with_uniform_batches
from theory.formulas.imbalance import sgd_expected_increment
from theory.language.relations import Relation, at_most, equal, less
from theory.language.statement import Statement
from theory.setting.batches import (
    B,
    expectation,
    inclusion,
    inclusion_probability,
    joint_inclusion,
    joint_inclusion_probability,
    law,
    mask,
    pairwise,
    second_moments,
)
from theory.setting.symbols import N, X, eta, u, v, w, y
from theory.statements.thm_5_9 import (
    AFTER_DESCENT,
    AFTER_SGD,
    BATCH_SLOPE,
    BEFORE,
    DESCENT_INCREMENT,
    SGD_INCREMENT,
    TERMS,
)


def mutants(statement: Statement) -> Iterator[Mutant]:
    """Wrong factors, exponents, signs, roles, senses and hypotheses."""
    for name, claim, relation in (*_descent(), *_sgd(), *_gap(), *_moments(statement), *_bounds(statement)):
        yield Mutant(f"{claim}: {name}", with_claim(statement, claim, relation))
    yield Mutant(
        "batches of one sample more",
        with_hypothesis(statement, "batch-size", equal(mask.row_totals(lambda entry: entry), B + 1)),
        _called_one_smaller,
    )
    yield Mutant("batches of any size", without_hypothesis(statement, "batch-size"), _of_the_next_size)
    yield Mutant("samples preferred", without_hypothesis(statement, "exchangeable"), _first_batch_only)
    yield Mutant("masks other than 0 and 1", without_hypothesis(statement, "binary"), _equal_weights)
    yield Mutant("probabilities that do not sum to 1", without_hypothesis(statement, "probabilities"), _doubled_law)
    yield Mutant("w not orthonormal", without_hypothesis(statement, "right-orthonormal"), _stretched)
    yield Mutant("data of another decomposition", without_hypothesis(statement, "svd"), _other_data)


Change = tuple[str, str, Relation]


def _descent() -> Iterator[Change]:
    first, second = TERMS.full_batch_first, TERMS.full_batch_second

    def increment(name: str, value: Expr) -> Change:
        return name, "descent", equal(AFTER_DESCENT - BEFORE, value)

    yield increment("sign reversed", -DESCENT_INCREMENT)
    yield increment("1/N for 1/N^2", N * DESCENT_INCREMENT)
    yield increment("eta for eta^2", DESCENT_INCREMENT / eta)
    yield increment("v for v^2", eta**2 / N**2 * (v * first - second))
    yield increment("second term lost", eta**2 / N**2 * v**2 * first)
    yield increment("plus for minus", eta**2 / N**2 * (v**2 * first + second))
    yield increment("u^T g not squared", eta**2 / N**2 * (v**2 * first - u @ (X.T @ ((X @ u) * v - y))))
    yield increment("a factor 2", 2 * DESCENT_INCREMENT)
    slope = (BATCH_SLOPE**2).total()
    yield "second term lost", "any-batch", equal(AFTER_SGD - BEFORE, eta**2 * v**2 * slope)
    yield "1/B lost", "any-batch", equal(AFTER_SGD - BEFORE, (eta * B) ** 2 * (v**2 * slope - (u @ BATCH_SLOPE) ** 2))


def _sgd() -> Iterator[Change]:
    single = v**2 * TERMS.single_sample_first - TERMS.single_sample_second
    full = v**2 * TERMS.full_batch_first - TERMS.full_batch_second
    after = expectation(AFTER_SGD) - BEFORE

    def increment(name: str, value: Expr) -> Change:
        return name, "sgd", equal(after, value)

    scale = eta**2 / (B * N * (N - 1))
    yield increment("gradient descent's increment", DESCENT_INCREMENT)
    yield increment("drawn with replacement", eta**2 / (B * N**2) * (N * single + (B - 1) * full))
    yield increment("N for N-1", eta**2 / (B * N**2) * ((N - B) * single + (B - 1) * full))
    yield increment("B for B-1", scale * ((N - B) * single + B * full))
    yield increment("N-1 for N-B", scale * ((N - 1) * single + (B - 1) * full))
    yield increment("roles of the brackets swapped", scale * ((B - 1) * single + (N - B) * full))
    yield increment("1/B^2 for 1/B", SGD_INCREMENT / B)
    yield increment("1/B lost", SGD_INCREMENT * B)
    yield "at most, and less 1", "sgd", at_most(after, SGD_INCREMENT - 1)
    yield (
        "B = 1 in the place of B = N",
        "full-batch",
        equal(sgd_expected_increment(X, y, u, v, eta, 1), DESCENT_INCREMENT),
    )


def _gap() -> Iterator[Change]:
    after = expectation(AFTER_SGD) - AFTER_DESCENT
    gap = v**2 * TERMS.noise_first - TERMS.noise_second
    name = "sgd-less-descent"
    yield "N-1 for N-B", name, equal(after, eta**2 / (B * N) * gap)
    yield "N for N-1", name, equal(after, eta**2 * (N - B) / (B * N**2) * gap)
    yield (
        "T_3 and T_4 swapped",
        name,
        equal(after, eta**2 * (N - B) / (B * N * (N - 1)) * (v**2 * TERMS.noise_second - TERMS.noise_first)),
    )
    yield "never negative", name, at_most(0, after)
    yield "1/N lost in T_3", "noise-first", at_most(0, TERMS.single_sample_first - TERMS.full_batch_first)
    yield "strict", "noise-first", less(0, TERMS.noise_first)
    yield "1/N lost in T_4", "noise-second", at_most(0, TERMS.single_sample_second - TERMS.full_batch_second)
    yield "reversed", "noise-second", at_most(TERMS.noise_second, 0)


def _moments(statement: Statement) -> Iterator[Change]:
    included, both = inclusion_probability(N, B), joint_inclusion_probability(N, B)
    yield "independent samples", "moments", equal(second_moments(), pairwise(included, included**2))
    yield "N for N-1", "moments", equal(second_moments(), pairwise(included, B * (B - 1) / N**2))
    yield "the diagonal as elsewhere", "moments", equal(second_moments(), pairwise(both, both))
    matrix = statement.claims["batch-matrix"]
    yield "drawn with replacement", "batch-matrix", Relation(matrix.left, matrix.sense, matrix.right * (N - 1) / N)


def _bounds(statement: Statement) -> Iterator[Change]:
    """The bounds for every sign of C, without what C takes."""
    yield "C never falls", "descent-at-least", at_most(0, AFTER_DESCENT - BEFORE)
    yield (
        "half of what C can take",
        "descent-at-least",
        at_most(Rational(1, 2) * statement.claims["descent-at-least"].left, AFTER_DESCENT - BEFORE),
    )
    yield (
        "v^2 for ||Pi_W u||^2",
        "full-batch-gap",
        at_most(0, v**2 * TERMS.full_batch_first - TERMS.full_batch_second),
    )
    yield "v^2 for ||Pi_W u||^2", "noise-gap", at_most(0, v**2 * TERMS.noise_first - TERMS.noise_second)
    yield "C for ||Pi_W u||^2", "noise-gap", at_most(0, BEFORE * TERMS.noise_first - TERMS.noise_second)
    claim = statement.claims["sgd-at-least"]
    yield "half of what C can take", "sgd-at-least", at_most(Rational(1, 2) * claim.left, claim.right)
    yield "reversed", "sgd-at-least", at_most(claim.right, claim.left)


def _called_one_smaller(statement: Statement) -> Iterator[Instance]:
    """Batches of B + 1 samples."""
    for instance in instances(statement):
        size = int(instance.scalars[B])
        if size > 1:
            yield with_values(instance, (B, size - 1))


def _of_the_next_size(statement: Statement) -> Iterator[Instance]:
    for instance in instances(statement):
        size = int(instance.scalars[B])
        if size < instance.scalars[N]:
            yield with_values(with_uniform_batches(instance, size + 1), (B, size))


def _first_batch_only(statement: Statement) -> Iterator[Instance]:
    for instance in instances(statement):
        first = tuple(range(instance.scalars[B]))
        yield with_batches(instance, [first], [fmpq(1)])


def _equal_weights(statement: Statement) -> Iterator[Instance]:
    """Every sample in part: p_n = B/N, which is exchangeable and sums to B."""
    for instance in instances(statement):
        size, batch_size = instance.scalars[N], instance.scalars[B]
        share = fmpq(batch_size, size)
        whole = with_batches(instance, [tuple(range(batch_size))], [fmpq(1)])
        masks = value_of(whole, mask) * 0 + share
        yield with_values(whole, (mask, masks), (inclusion, share**2), (joint_inclusion, share**2))


def _doubled_law(statement: Statement) -> Iterator[Instance]:
    for instance in instances(statement):
        yield with_values(
            instance,
            (law, value_of(instance, law) * 2),
            (inclusion, instance.scalars[inclusion] * 2),
            (joint_inclusion, instance.scalars[joint_inclusion] * 2),
        )


def _stretched(statement: Statement) -> Iterator[Instance]:
    """Right vectors of length 2, with the data that they give."""
    for instance in instances(statement):
        yield with_values(instance, (w, value_of(instance, w) * 2), (X, value_of(instance, X) * 2))


def _other_data(statement: Statement) -> Iterator[Instance]:
    """Data with a part outside the row space of w."""
    for instance in instances(statement):
        yield with_values(instance, (X, value_of(instance, X) + fmpq(1)))
