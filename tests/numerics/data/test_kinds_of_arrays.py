"""Arrays of every type, structured, sparse, of frames and tensors: the right rank and Q, or one line of what to do.

The right numbers come from Gauss's elimination in rationals.
"""

import importlib.util
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas
import polars
import pyarrow
import pytest
import scipy.sparse
from flint import fmpq, fmpq_mat

from numerics.data import Dataset
from theory import Spectrum
from theory.errors import SharpnessError

BIG = 2**53
ROWS = [[1, 2, 4], [3, 5, 1], [2, 2, 7], [1, 0, 3]]
LABELS = [1, -1, 2, 5]
WHOLE = np.array(ROWS)


def rank_and_difficulty(X, y):
    """The rank, and Q: the squared norm of the solution in the row space of `X^T X u = X^T y`."""

    def rational(value):
        value = Fraction(value)
        return fmpq(value.numerator, value.denominator)

    A, b = fmpq_mat([[rational(x) for x in row] for row in X]), fmpq_mat([[rational(z)] for z in y])
    reduced, rank = A.rref()
    basis = fmpq_mat([[reduced[i, j] for j in range(A.ncols())] for i in range(rank)]).transpose()
    gram = basis.transpose() * A.transpose() * A * basis
    u = basis * gram.solve(basis.transpose() * A.transpose() * b)
    Q = (u.transpose() * u)[0, 0]
    return rank, Fraction(int(Q.p), int(Q.q))


def both_doors(X, y):
    yield Dataset("data", X, y).spectrum()
    yield Spectrum.from_data(X, y)


def structured(rows, kinds="f8,i4,i8"):
    return np.array([tuple(row) for row in rows], dtype=kinds)


SAME = {
    "fortran": np.asfortranarray(WHOLE.astype(float)),
    "big endian": WHOLE.astype(">f8"),
    "big endian whole": WHOLE.astype(">i2"),
    "half": WHOLE.astype(np.float16),
    "long double": WHOLE.astype(np.longdouble),
    "backwards": WHOLE[::-1][::-1],
    "matrix": np.asmatrix(WHOLE),
    "structured": structured(ROWS),
    "record": np.rec.array(structured(ROWS)),
    "masked nowhere": np.ma.masked_array(WHOLE),
    "memory view": memoryview(np.ascontiguousarray(WHOLE)),
    "ranges": [tuple(row) for row in ROWS],
    "nullable": pandas.DataFrame(ROWS).astype("Int64"),
    "nullable float": pandas.DataFrame(ROWS).astype("Float32"),
    "arrow in pandas": pandas.DataFrame(ROWS).astype("int64[pyarrow]"),
    "categories": pandas.DataFrame(ROWS).astype({0: "category"}),
    "sparse in pandas": pandas.DataFrame(ROWS).astype(pandas.SparseDtype("float", 0.0)),
    "columns of two levels": pandas.DataFrame(ROWS, columns=pandas.MultiIndex.from_product([["u"], [1, 2, 3]])),
    "columns of one name": pandas.DataFrame(ROWS, columns=["a", "a", "b"]),
    "polars": polars.DataFrame(ROWS, schema=["a", "b", "c"], orient="row").cast(polars.Float32),
    "arrow": pyarrow.table({name: WHOLE[:, place] for place, name in enumerate("abc")}),
    "record batch": pyarrow.record_batch({name: WHOLE[:, place] for place, name in enumerate("abc")}),
    "dictionary": pyarrow.table(
        {name: pyarrow.array(WHOLE[:, place]).dictionary_encode() for place, name in enumerate("abc")}
    ),
    **{
        f"sparse {kind}": getattr(scipy.sparse, f"{kind}_matrix")(WHOLE) for kind in ("csr", "lil", "dok", "dia", "bsr")
    },
}


def _tensors():
    """The libraries themselves, where they are installed; test_formats.py has what stands in for them."""
    if importlib.util.find_spec("torch"):
        import torch

        tensor = torch.tensor(ROWS, dtype=torch.float64, requires_grad=True)
        yield from {"torch": tensor, "torch bfloat16": tensor.bfloat16(), "torch sparse": tensor.to_sparse()}.items()
        yield "torch transposed", tensor.t().contiguous().t()
    if importlib.util.find_spec("jax"):
        import jax.numpy
        from jax.experimental import sparse

        array = jax.numpy.asarray(WHOLE.astype(np.float32))
        yield from {"jax": array, "jax bfloat16": array.astype(jax.numpy.bfloat16)}.items()
        yield "jax sparse", sparse.BCOO.fromdense(array)


SAME |= dict(_tensors())


@pytest.mark.parametrize("kind", SAME)
def test_the_same_numbers_in_another_type_are_the_same_data(kind):
    rank, Q = rank_and_difficulty(ROWS, LABELS)
    for spectrum in both_doors(SAME[kind], LABELS):
        assert spectrum.rank == rank
        assert spectrum.difficulty == pytest.approx(float(Q), rel=1e-13)


EXACT = {
    "whole": ([[BIG, BIG + 1], [BIG, BIG]], np.array([[BIG, BIG + 1], [BIG, BIG]])),
    "unsigned": ([[2**64 - 1, 1], [2**64 - 2, 1]], np.array([[2**64 - 1, 1], [2**64 - 2, 1]], dtype=np.uint64)),
    "objects": ([[10**30, 1], [10**30 + 1, 1]], np.array([[10**30, 1], [10**30 + 1, 1]], dtype=object)),
    "lists": ([[BIG, BIG + 1], [BIG, BIG]], [[BIG, BIG + 1], [BIG, BIG]]),
    "fractions": ([[Fraction(1, 3), 1], [Fraction(2, 3), 2]], [[Fraction(1, 3), 1], [Fraction(2, 3), 2]]),
    "decimals": (
        [[Fraction(1, 10), Fraction(1, 5)], [Fraction(3, 10), Fraction(3, 5)]],
        [[Decimal("0.1"), Decimal("0.2")], [Decimal("0.3"), Decimal("0.6")]],
    ),
    "sparse": ([[BIG, BIG + 1], [BIG, BIG]], scipy.sparse.csr_array(np.array([[BIG, BIG + 1], [BIG, BIG]]))),
    "frame": ([[BIG + 1, Fraction(1, 2)], [BIG, Fraction(1, 2)]], pandas.DataFrame({"a": [BIG + 1, BIG], "b": 0.5})),
    "structured": (
        [[BIG + 1, Fraction(1, 2)], [BIG, Fraction(1, 2)]],
        structured([[BIG + 1, 0.5], [BIG, 0.5]], "i8,f8"),
    ),
    "whole of 128 bits": (
        [[2**80 + 1, 1], [2**80, 1]],
        polars.DataFrame({"a": [2**80 + 1, 2**80], "b": [1, 1]}, schema={"a": polars.Int128, "b": polars.Int8}),
    ),
    "decimals of Arrow": (
        [[Fraction(1, 10)], [Fraction(3, 10)]],
        pyarrow.table({"a": [Decimal("0.1"), Decimal("0.3")]}),
    ),
}


@pytest.mark.parametrize("kind", EXACT)
def test_numbers_that_float64_rounds_are_taken_exactly_through_both_doors(kind):
    rows, given = EXACT[kind]
    rank, Q = rank_and_difficulty(rows, [1, 2])
    for spectrum in both_doors(given, [1, 2]):
        assert spectrum.rank == rank
        assert spectrum.difficulty == pytest.approx(float(Q), rel=1e-13)


def test_labels_that_float64_rounds_are_taken_exactly_too():
    assert Dataset("data", [[1], [1]], np.array([BIG + 1, BIG + 1])).numbers.exact.labels_inside
    assert not Dataset("data", [[1], [1]], np.array([BIG + 1, BIG])).numbers.exact.labels_inside
    assert Spectrum.from_data([[1], [1]], np.array([BIG + 1, BIG])).label_residual_share > 0


def _masked_field():
    table = np.ma.masked_array(structured(ROWS))
    table["f1"][2] = np.ma.masked
    return table


@pytest.mark.parametrize(
    ("X", "words"),
    [
        (WHOLE.astype(complex), "complex128"),
        (_masked_field(), "'f1' has 1 masked value"),
        (structured([[(1, 2)], [(3, 4)]], [("pair", "f8", (2,))]), "'pair', holds arrays of shape"),
        (np.array([["1", "2"], ["3", "4"]]), "real numbers"),
        (WHOLE.astype("datetime64[D]"), "real numbers"),
        (pandas.DataFrame({"a": pandas.date_range("2020", "2021", 2, tz="UTC")}), "'a', holds '2020-01-01"),
        (pandas.DataFrame({"a": pandas.period_range("2020", periods=2, freq="D")}), "'a', holds '2020-01-01"),
        (pandas.DataFrame({"a": pandas.Categorical(["u", "v"])}), "'a', holds 'u'"),
        (polars.DataFrame({"a": [[1, 2], [3, 4]]}), "'a', holds"),
        (polars.DataFrame({"a": [{"u": 1}, {"u": 2}]}), "'a', holds"),
        (pyarrow.table({"a": pyarrow.nulls(2)}), "'a', has a missing value in row 1"),
        (pyarrow.table({"a": pyarrow.array([True, None])}), "'a', has a missing value in row 2"),
        ([[10**400, 1], [1, 2]], "beyond the range of float64"),
        ([[Decimal("nan"), 1], [1, 2]], "nan"),
        (np.array([[1.7e308, 0], [1.7e308, 1.7e308]]), "range of float64: rescale"),
        (scipy.sparse.csr_array((10**6, 10**5)), "GiB if it is not sparse; take fewer samples"),
        ({1, 2}, "real numbers|numbers of type"),
        (None, "real numbers|numbers of type"),
    ],
)
@pytest.mark.parametrize("door", [0, 1])
def test_what_no_kind_of_number_stands_for_is_one_line(X, words, door, recwarn):
    decompose = Spectrum.from_data if door else lambda X, y: Dataset("data", X, y).spectrum()
    with pytest.raises(SharpnessError, match=words) as caught:
        decompose(X, [1, 2])
    assert "\n" not in str(caught.value)
    assert not recwarn.list
