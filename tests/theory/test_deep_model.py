"""The model of any depth on numbers: the same as the symbolic formulas, and as the Hessian by Taylor arithmetic."""

import random
from fractions import Fraction

import numpy as np
import pytest

from proofs_check.instances.data_sets import data_set, vector
from proofs_check.instances.evaluation import evaluate
from proofs_check.instances.hessian import exact_hessian
from proofs_check.instances.instance import value_of, with_values
from theory.formulas.deep_model import (
    gradient,
    jacobian,
    layer_product,
    product_of_others,
    rank_one_border,
    reduced_hessian,
    tangent_kernel,
)
from theory.formulas.model import loss
from theory.setting.deep_hypotheses import deep_loss, deep_sharpness
from theory.setting.symbols import N, X, label_coefficients, later_layers, n_later_layers, s, spectrum, u, w, y
from theory.spectrum import Spectrum
from theory.statements import eq_18, lem_5_2, sec_3_hessian


def points():
    """Data sets with arbitrary weights; a later layer may be zero."""
    source = random.Random(21)
    for number in range(24):
        instance, _ = data_set(source)
        first, later = vector(source, value_of(instance, w).shape[1]), vector(source, 1 + number % 4)
        yield with_values(instance, (u, first), (later_layers, later), (n_later_layers, len(later)))


POINTS = list(points())


def at(array, instance):
    """The entries of a symbolic array at an instance."""
    sizes = [int(evaluate(axis.size, instance).p) for axis in array.axes]
    result = np.empty(sizes, dtype=object)
    for where in np.ndindex(*sizes):
        result[where] = number(array.at(*(position + 1 for position in where)), instance)
    return result.tolist()


def number(expression, instance):
    value = evaluate(expression, instance)
    return Fraction(int(value.p), int(value.q))


class ExactSpectrum:
    """Only what the formulas read, in rationals of the package that the instances are made with."""

    def __init__(self, instance):
        self.singular_values = fractions(instance, s)
        self.label_coefficients = fractions(instance, label_coefficients)
        self.n_samples = Fraction(instance.scalars[N])


def weights(instance):
    return fractions(instance, u), fractions(instance, later_layers)


def fractions(instance, family):
    """The entries as Python's own rationals."""
    entries = value_of(instance, family)
    result = np.empty(entries.shape, dtype=object)
    for where, entry in np.ndenumerate(entries):
        result[where] = Fraction(int(entry.p), int(entry.q))
    return result


@pytest.mark.parametrize("instance", POINTS[:12], ids=str)
def test_the_numbers_are_those_of_the_symbols(instance):
    data, labels = fractions(instance, X), fractions(instance, y)
    first, later = weights(instance)
    product = layer_product(later)
    assert loss(data, labels, first, product) == number(deep_loss(u, later_layers), instance)
    slopes = gradient(data, labels, first, product, product_of_others(later))
    assert [part.tolist() for part in slopes] == [at(part, instance) for part in lem_5_2.GRADIENT]
    assert [part.tolist() for part in jacobian(data, first, later)] == [
        at(eq_18.FIRST, instance),
        at(eq_18.LATER, instance),
    ]
    assert tangent_kernel(data, first, later).tolist() == at(eq_18.KERNEL, instance)
    coefficients = fractions(instance, w) @ first
    blocks = reduced_hessian(ExactSpectrum(instance), coefficients, later)
    assert [part.tolist() for part in blocks] == [at(part, instance) for part in sec_3_hessian.BLOCKS]
    parts = rank_one_border(ExactSpectrum(instance), coefficients, product)
    assert parts.diagonal.tolist() == at(sec_3_hessian.PARTS.diagonal, instance)
    assert parts.output == number(sec_3_hessian.PARTS.output, instance)
    assert parts.residual == number(sec_3_hessian.PARTS.residual, instance)


@pytest.mark.parametrize("instance", POINTS, ids=str)
def test_the_reduced_hessian_is_the_hessian_in_the_coordinates(instance):
    """`B^T H B` with the right singular vectors beside the unit vectors of the later layers."""
    first, later = weights(instance)
    right = fractions(instance, w)
    basis = np.full((len(first) + len(later), len(right) + len(later)), Fraction(0), dtype=object)
    basis[: len(first), : len(right)] = right.T
    for place in range(len(later)):
        basis[len(first) + place, len(right) + place] = Fraction(1)
    whole = np.vectorize(lambda entry: Fraction(int(entry.p), int(entry.q)), otypes=[object])(
        exact_hessian(deep_sharpness(), instance)
    )
    blocks = reduced_hessian(ExactSpectrum(instance), right @ first, later)
    reduced = np.block([[np.diag(blocks.diagonal), blocks.border], [blocks.border.T, blocks.corner]])
    assert (basis.T @ whole @ basis).tolist() == reduced.tolist()
    # H maps nothing out of those coordinates.
    assert (whole @ basis).tolist() == (basis @ reduced).tolist()


@pytest.mark.parametrize("depth", [2, 3, 5, 8])
def test_the_border_has_rank_one_in_floating_point(depth):
    source = np.random.default_rng(depth)
    data = Spectrum(np.sort(source.uniform(0.1, 2, 4))[::-1], source.normal(size=4), n_samples=5)
    coefficients, later = source.normal(size=4), source.normal(size=depth - 1)
    blocks = reduced_hessian(data, coefficients, later)
    parts = rank_one_border(data, coefficients, layer_product(later))
    inverse = 1 / later
    corner = (parts.output + parts.residual) * np.outer(inverse, inverse) - parts.residual * np.diag(inverse**2)
    assert np.allclose(blocks.border, np.outer(parts.border, inverse), rtol=1e-10)
    assert np.allclose(blocks.corner, corner, rtol=1e-9, atol=1e-12)
    assert np.allclose(blocks.diagonal, parts.diagonal)


def test_the_letters_are_the_statements_own():
    assert reduced_hessian(spectrum, w @ u, later_layers) == sec_3_hessian.BLOCKS
