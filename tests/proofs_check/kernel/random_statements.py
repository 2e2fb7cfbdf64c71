"""Statements that are in no ledger: identities of polynomials in sums, inequalities with certificates, and false ones.

Every seed gives one statement. What is claimed is written in another way than it was made: products of sums are
multiplied out, factors pulled in and out of sums, and sums taken in another order.
"""

from random import Random

import sympy
from sympy import Expr, Rational, Sum, Symbol

from proofs_check.engine.proof import Step
from proofs_check.methods.combination import Combination, identity
from theory.language.indexed import Axis, IndexedArray
from theory.language.relations import Relation, at_most, equal
from theory.language.statement import Statement

n, m = (Symbol(name, integer=True, positive=True) for name in ("n", "m"))
rows, columns = Axis(n, "ijh"), Axis(m, "klp")
x, z = Symbol("x", real=True), Symbol("z", positive=True)
a, b = IndexedArray.named("a", rows), IndexedArray.named("b", rows, positive=True)
c = IndexedArray.named("c", columns)
A = IndexedArray.named("A", rows, columns)
i, j, k = (Symbol(name, integer=True, positive=True) for name in ("i", "j", "k"))


def _coefficient(random: Random) -> Rational:
    return Rational(random.choice([-3, -2, -1, 1, 2, 3]), random.choice([1, 1, 1, 2]))


def _total(random: Random) -> tuple[Expr, Expr]:
    """A sum, and the same sum in another writing."""
    first, second = (_coefficient(random) for _ in range(2))
    power = random.choice([1, 2])
    ai, bi, ck, aik = a.at(i), b.at(i), c.at(k), A.at(i, k)
    return random.choice(
        [
            (Sum(ai * (first * x + second * bi), (i, 1, n)), first * x * a.total() + second * Sum(ai * bi, (i, 1, n))),
            (
                Sum(Sum(first * aik * ck, (k, 1, m)) * ai, (i, 1, n)),
                first * Sum(Sum(aik * ai, (i, 1, n)) * ck, (k, 1, m)),
            ),
            (Sum((ai + second) ** 2, (i, 1, n)), Sum(ai**2 + 2 * second * ai, (i, 1, n)) + second**2 * n),
            (
                Sum(Sum(ai * a.at(j) * x**power, (i, 1, n)), (j, 1, n)),
                x**power * a.total() ** 2,
            ),
            (Sum(ai * z / bi, (i, 1, n)) / z, Sum(ai / bi, (i, 1, n))),
            (Sum(first * ai * bi / bi, (i, 1, n)), first * a.total()),
        ]
    )


def _sides(random: Random) -> tuple[Expr, Expr]:
    """Two writings of a polynomial in sums."""
    parts = [_total(random) for _ in range(2)]
    factor, power = _coefficient(random) * x + _coefficient(random), random.choice([1, 2])
    left = factor * parts[0][0] ** power + parts[1][0] * parts[0][1]
    right = sympy.expand(factor) * parts[0][1] ** power + parts[0][0] * parts[1][1]
    return left, sympy.expand(right)


def _statement(seed: int, claim: Relation) -> Statement:
    return Statement(id=f"own-random-{seed}", title="", source="", hypotheses={}, claims={"claim": claim})


def an_identity(seed: int) -> tuple[Statement, list[Step]]:
    """An identity with its proof."""
    claim = equal(*_sides(Random(seed)))
    return _statement(seed, claim), [Step("claim", claim, identity())]


def an_inequality(seed: int) -> tuple[Statement, list[Step]]:
    """`L <= R` where `R - L` is a sum of squares and of products of what is positive, with that certificate."""
    random = Random(1000 + seed)
    left, other = _sides(random)
    first, second = (_coefficient(random) for _ in range(2))
    weight = Rational(random.choice([1, 2, 3]), random.choice([1, 2]))
    gap = random.choice(
        [
            weight * Sum((first * a.at(i) + second * x) ** 2, (i, 1, n)),
            weight * z * (first * a.total() + second * c.total()) ** 2,
            Sum(b.at(i) * (a.at(i) + first) ** 2, (i, 1, n)) + weight * (x + second) ** 2,
            z * b.total() + weight * Sum(Sum(A.at(i, k) ** 2, (k, 1, m)), (i, 1, n)),
            (first * x + second * a.total()) ** 4 / z,
        ]
    )
    claim = at_most(left, other + sympy.expand(gap))
    return _statement(seed, claim), [Step("claim", claim, Combination(gap))]


def a_false_one(seed: int) -> tuple[Statement, list[Step]]:
    """A true one with a small mistake, or in the wrong direction, and the proof of the true one."""
    random = Random(2000 + seed)
    statement, steps = (an_identity if seed % 2 else an_inequality)(seed)
    claim = statement.claims["claim"]
    slip = random.choice([Rational(1, 100), (1 + x) ** 2, 1 + c.total() ** 2])
    wrong = equal(claim.left + slip, claim.right) if seed % 2 else at_most(claim.right, claim.left)
    return _statement(seed, wrong), [Step("claim", wrong, steps[0].method)]
