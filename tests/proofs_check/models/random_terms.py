"""Random terms in two numbers and a family, and random values for them in both kinds of model."""

from fractions import Fraction

import numpy as np
from flint import fmpq
from hypothesis import strategies as st

from proofs_check.models.values import Model
from proofs_check.soundness.semantics.model import Model as Judged
from theory.language import terms
from theory.language.terms import Axis, Letter

N = Axis("N")
A, B, F = Letter("a"), Letter("b"), Letter("f", (N,))
PLACE = terms.bound(0, N)


def _built(leaves, roots):
    def larger(inner):
        pairs = st.tuples(inner, inner)
        ways = [
            pairs.map(lambda two: terms.add(*two)),
            pairs.map(lambda two: terms.multiply(*two)),
            st.tuples(inner, st.integers(0, 3)).map(lambda two: terms.power(*two)),
            *[inner.map(terms.inverse)] * 2,
        ]
        if roots:
            ways.append(inner.map(lambda one: terms.real_power(one, terms.number(Fraction(1, 2)))))
        return st.one_of(ways)

    return st.recursive(st.sampled_from(leaves), larger, max_leaves=6)


def random_terms(roots=False):
    """Sums, products, whole powers, inverses and sums over the family's axis; where they are wanted, roots too."""
    leaves = [*map(terms.number, (-1, 0, 1, 2, Fraction(1, 2))), terms.entry(A), terms.entry(B), terms.size(N)]
    sums = _built([*leaves, *[terms.entry(F, PLACE)] * 4], roots).map(lambda body: terms.total(N, body))
    plain = _built(leaves, roots)
    return st.one_of(plain, sums, st.tuples(plain, sums).map(lambda two: terms.multiply(*two)))


@st.composite
def both_models(draw):
    """The same small numbers as a model to search in and as one to judge by."""
    size = draw(st.integers(1, 3))
    numbers = st.sampled_from([*map(Fraction, (0, 0, 0, 1, 1, -1, 2, -2)), Fraction(1, 2), Fraction(-3, 2)])
    a, b, *family = (draw(numbers) for _ in range(2 + size))
    exact = [fmpq(one.numerator, one.denominator) for one in (a, b, *family)]
    arrays = {A: np.array(exact[0], dtype=object), B: np.array(exact[1], dtype=object)}
    arrays[F] = np.array(exact[2:], dtype=object)
    letters = {A: a, B: b, F: {(k,): one for k, one in enumerate(family)}}
    return Model({"N": size}, arrays), Judged({"N": size}, letters)
