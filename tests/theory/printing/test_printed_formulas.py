"""Every printed formula says what its expression says: read back by an independent reader and evaluated at random.

All hypotheses, claims and proof steps of every statement, and all errata. The values are rationals, so that two sides
differ exactly where the print is wrong, or balls that are far apart.
"""

import contextlib
import itertools
import random
import re
from functools import cache

import numpy as np
import pytest
from flint import arb, ctx, fmpq
from sympy import Indexed, IndexedBase, Integer, Product, Rational, Sum, Symbol, sqrt

from proofs_check.instances.evaluation import at_precision, evaluate
from proofs_check.instances.instance import Instance
from tests.rows import ROWS, with_its_steps
from tests.theory.printing.latex_reader import UnreadableError, Values, read
from theory.formulas.deep_model import product_of_others
from theory.language.expectation import Mean
from theory.language.indexed import Axis, FamilySymbol, IndexedArray
from theory.language.relations import Relation, Sense, equal
from theory.language.statement import GradientFlow, Initialization, Orthonormal, Sharpness
from theory.language.unknown_activation import Activation, ActivationSlope, Antiderivative, AntiderivativeOfValue
from theory.printing.notation import latex
from theory.printing.relations import latex_of
from theory.setting.symbols import C, later_layers, spectrum, u, v, w
from theory.statements import statement

SIGNS = {Sense.EQUAL: "=", Sense.AT_MOST: r"\le", Sense.LESS: "<"}


def relations(identifier):
    said, steps = with_its_steps(identifier)
    found = {name: h for name, h in said.hypotheses.items() if isinstance(h, Relation)}
    return {**found, **said.claims, **{f"step {step.id}": step.claim for step in steps}}


def exponential(factor, scale):
    def function(x):
        value = (x if hasattr(x, "exp") else arb(x)) * factor
        return value.exp() * scale

    return function


# phi = e^(2x): its slope, the antiderivative x/2 of phi/phi', and log(t)/4 are four different functions.
FUNCTIONS = {
    Activation: ("phi", exponential(2, 1)),
    ActivationSlope: ("phi'", exponential(2, 2)),
    Antiderivative: ("Phi", lambda x: x / 2),
    AntiderivativeOfValue: ("Phi(phi^-1)", lambda t: (t if hasattr(t, "log") else arb(t)).log() / 4),
}


def number(source, letter):
    value = fmpq(source.randint(1, 60), source.randint(7, 13))
    return value if letter.is_nonnegative or source.random() < 0.6 else -value


@cache
def letters_of(*expressions):
    """The letters in order; every family with its number of axes, and for each axis the size of the sums over it."""
    found, sizes = {}, {}
    for expression in expressions:
        for entry in expression.atoms(Indexed):
            found[entry.base.label] = len(entry.indices)
        for ranged in expression.atoms(Sum, Product):
            for index, _, high in ranged.limits:
                for entry in ranged.function.atoms(Indexed):
                    for axis, place in enumerate(entry.indices):
                        if place == index:
                            sizes.setdefault((entry.base.label, axis), set()).add(high)
    letters = {s for one in expressions for s in one.free_symbols if isinstance(s, Symbol) and s not in found}
    letters |= {s for highs in sizes.values() for high in highs for s in high.free_symbols}
    return sorted(letters, key=lambda s: (s.name, str(s.assumptions0))), found, sizes


AXES = {("X", 0): "N", ("X", 1): "d", ("w", 0): "r", ("w", 1): "d", ("u", 0): "d", ("y", 0): "N", ("s", 0): "r"} | {
    ("d", 0): "r",
    ("e", 0): "r",
    ("e", 1): "N",
}
"""Axes of the families that an abbreviation speaks of, where the relation itself does not show their range."""


def instance(relation, source):
    """Random values for a relation's letters: as an instance for its expression, and by name for its print."""
    expressions = [relation.left, relation.right]
    means = [mean for side in expressions for mean in side.atoms(Mean)]
    letters, families, sizes = letters_of(*expressions)
    wide = {high for highs in sizes.values() for high in highs}
    whole = {symbol: source.randint(2, 3) for symbol in sorted(wide, key=str) if symbol.is_Symbol}
    scalars = {
        letter: whole.get(letter, source.randint(2, 5)) if letter.is_integer else number(source, letter)
        for letter in letters
        if letter not in relation.free_indices
    }
    by_name = {}
    for letter, value in scalars.items():
        assert letter.name not in by_name, f"two letters are printed as {letter.name}"
        by_name[letter.name] = fmpq(value)
    fixed = {name: scalars.get(Symbol(name, integer=True, positive=True), 3) for name in set(AXES.values())}
    arrays = {}
    for label, axes in families.items():
        shape = []
        for axis in range(axes):
            ranges = sizes.get((label, axis), set())
            assert len(ranges) <= 1, f"{label} runs over {ranges}"
            own = label.axes[axis].size if isinstance(label, FamilySymbol) else None
            size = scalars.get(next(iter(ranges), own))
            size = size or fixed.get(AXES.get((label.name, axis), ""), 3)
            shape.append(size + (axis == 0 and getattr(label, "chain", False)))
        entries = [number(source, label) for _ in range(int(np.prod(shape)))]
        arrays[label] = np.array(entries, dtype=object).reshape(shape)
    named = {}
    for label, array in arrays.items():
        assert label.name not in named, f"two families are printed as {label.name}"
        named[label.name] = array
    functions = {kind: function for kind, (_, function) in FUNCTIONS.items()}
    values = Values(by_name, named, dict(FUNCTIONS.values()))
    point = Instance(scalars, arrays, "random", functions)
    if means:
        # Any functional will do that both sides share: an expectation is what it is of, at other values.
        other, values.mean = instance(
            Relation(
                relation.left.replace(Mean, lambda x: x), relation.sense, relation.right.replace(Mean, lambda x: x)
            ),
            source,
        )
        point = Instance({**scalars, **{mean: evaluate(mean.args[0], other) for mean in means}}, arrays, "", functions)
    return point, values


def agree(left, right):
    if isinstance(left, fmpq) and isinstance(right, fmpq):
        return left == right
    difference = arb(left) - arb(right)
    scale = 1 + abs(arb(left))
    if not (difference.is_finite() and float(difference.rad() / scale) < 1e-20):
        raise ArithmeticError("the balls tell nothing")
    return difference.contains(0)


def says_the_same(relation, text, seed, draws=3):
    """Whether a text says what a relation says, at a few random instances and all values of the free indices."""
    source = random.Random(seed)
    left, sign, right, indices = read(text)
    if sign != SIGNS[relation.sense] or sorted(indices) != sorted(index.name for index in relation.free_indices):
        return False
    done = 0
    for _ in range(200):
        with at_precision(400):
            point, values = instance(relation, source)
            try:
                for case in itertools.product((1, 2), repeat=len(indices)):
                    free = dict(zip(relation.free_indices, case, strict=True))
                    named = values.at(**{index.name: place for index, place in free.items()})
                    for side, reader in ((relation.left, left), (relation.right, right)):
                        if not agree(evaluate(side, point, free), reader(named)):
                            return False
            except (ArithmeticError, ValueError):  # a root of a negative number, a division by zero: draw again
                continue
        done += 1
        if done == draws:
            return True
    raise AssertionError(f"no instance at which {text} has a value")


IN_A_CASE = re.compile(r"\\left\.(?P<general>.*)\\right\|_\{(?P<values>.*?)\}(?P<rest> = .*)")


def pieces(relation):
    """What is to be read of a relation, each with its text: of one in a special case the formula and every value."""
    text = latex_of(relation)
    if relation.case is None:
        return [(relation, text)]
    found = IN_A_CASE.fullmatch(text)
    values = found["values"].split(", ")
    general = relation.case.general
    general = general.expression if isinstance(general, IndexedArray) else general
    return [
        (Relation(general, relation.sense, relation.right), found["general"] + found["rest"]),
        *(
            (one, value.replace("=", " = ", 1) + latex_of(one)[len(latex_of(one).partition(r" \quad")[0]) :])
            for one, value in zip(relation.case.values, values, strict=True)
        ),
    ]


@pytest.mark.slow
@pytest.mark.parametrize("identifier", ROWS)
def test_what_is_printed_is_what_is_meant(identifier):
    for name, relation in relations(identifier).items():
        for place, (piece, text) in enumerate(pieces(relation)):
            assert says_the_same(piece, text, f"{identifier} {name} {place or ''}".strip()), f"{name}: {text}"


def test_a_misprinted_case_is_found():
    ((_, general), (depth, value)) = pieces(statement("def-5.8").claims["two-layers"])
    assert says_the_same(depth, value, "case")
    assert not says_the_same(depth, value.replace("2", "3"), "case")
    assert "D - 1" in general


MISPRINTS = [
    (r"C^{2}", "C"),
    ("- C", "+ C"),
    ("4 Q", "2 Q"),
    ("d_{1}", "d_{2}"),
    (r"{y}", r"{\Pi_W u}"),
    (r"\frac{1}{N}", r"\frac{1}{2 N}"),
    (r"\le", "<"),
]


@pytest.mark.parametrize(("right", "wrong"), MISPRINTS)
def test_a_misprint_is_found(right, wrong):
    found = 0
    for name, relation in statement("thm-4.3").claims.items():
        text = latex_of(relation)
        if right in text:
            found += 1
            with contextlib.suppress(UnreadableError, KeyError):
                assert not says_the_same(relation, text.replace(right, wrong, 1), name), text
    assert found


def test_a_lost_transpose_and_a_lost_bracket_are_found():
    product = equal((w @ u).total(), C)
    text = latex_of(product)
    assert says_the_same(product, text, "rows")
    with pytest.raises(UnreadableError):
        says_the_same(product, text.replace(r"^{\top}", ""), "rows")
    bracket = equal(spectrum.difficulty * (C + v), 2)
    text = latex_of(bracket)
    assert says_the_same(bracket, text, "brackets")
    assert not says_the_same(bracket, text.replace(r"\left(", "").replace(r"\right)", ""), "brackets")


@pytest.mark.parametrize("identifier", ROWS)
def test_conditions_that_are_no_relations_name_their_letters(identifier):
    said, _ = with_its_steps(identifier)
    for hypothesis in said.hypotheses.values():
        text = latex_of(hypothesis)
        if isinstance(hypothesis, Orthonormal):
            letter = hypothesis.family.expression.base.label.name
            assert re.fullmatch(
                rf"\{{?{letter}_\{{i\}}\}}?\^\{{\\top\}} \{{?{letter}_\{{j\}}\}}? = \\delta_\{{i,j\}} .*", text
            )
        elif isinstance(hypothesis, Sharpness):
            assert text.count("lambda_{\\max}") == 1
            assert text.count(",") == len(hypothesis.point) - 1
        elif isinstance(hypothesis, GradientFlow):
            assert text.count(",") == 2 * (len(hypothesis.start) - 1)
        elif isinstance(hypothesis, Initialization):
            assert text.count(r"\sim") == len(hypothesis.scales)


def test_a_standard_deviation_is_printed_squared():
    x, first, p = (Symbol(name, positive=True) for name in ("x", "sigma_1", "p"))
    end = IndexedArray.chain("A", LAYERS).end.expression
    printed = [(first, r"\left(\sigma^{(1)}\right)^{2}"), (end, "A_{L + 1}^{2}"), (2 * p, "4 p^{2}")]
    for scale, square in [*printed, (p + 1, r"\left(p + 1\right)^{2}")]:
        assert latex_of(Initialization(((x, scale),))) == rf"x \sim N(0, {square})"


def test_numbers_and_powers_are_told_apart():
    x, n = Symbol("x", positive=True), Symbol("n", integer=True, positive=True)
    a = IndexedBase(Symbol("a", real=True))
    tricky = [
        equal(Integer(2) * 2**n * 3, x),
        equal(-((x + 1) ** 2), sqrt(x) / 3 - x ** Rational(-3, 2)),
        equal((-x) ** 3 * (1 - x), x**-n),
        equal(Sum(a[n] + 1, (n, 1, 3)) * Sum(a[n], (n, 1, 3)) * x, Product(a[n] * x, (n, 1, 3)) ** 2),
        equal(Sum(x * Sum(a[n], (n, 1, 3)) * x, (n, 1, 3)), 1),
    ]
    for relation in tricky:
        assert says_the_same(relation, latex_of(relation), "tricky"), latex_of(relation)


def test_the_precision_is_put_back():
    before = ctx.prec
    with at_precision(400):
        assert ctx.prec == 400
    assert ctx.prec == before


LAYERS, WIDTHS = (Axis(Symbol(name, integer=True, positive=True), names) for name, names in (("L", "jg"), ("H", "bc")))


def test_places_in_chains_are_printed_as_they_are():
    chain, row = IndexedArray.chain("A", LAYERS, WIDTHS), IndexedArray.chain("B", LAYERS)
    square, vector = IndexedArray.named("M", LAYERS, WIDTHS, WIDTHS), IndexedArray.named("v", WIDTHS)
    (j, b), layer = chain.indices, LAYERS.size
    c = square.indices[2]
    (g,), over = row.indices, LAYERS.index({"j"})
    tricky = [
        equal(chain.next, (chain @ vector).at(j)),
        equal(chain.end @ vector, row.at(2) * row.at(layer)),
        equal(chain.next @ vector, row.next**2),
        equal(Sum(chain.next.at(over, b) * row.at(over), (over, 1, layer)), chain.end),
        equal(Sum(chain.at(over, b) * row.next.at(over), (over, 1, layer)), chain.row(layer)),
        equal(Sum(square.at(j, b, c) * vector.at(b), (b, 1, WIDTHS.size)), chain.next.at(j, c)),
        equal(Sum(square.at(j, b, c) * chain.next.at(j, b), (b, 1, WIDTHS.size)), chain.at(j, c)),
        equal(Sum(row.next.at(g) * row.at(g) + row.next.at(g) ** 2, (g, 1, layer)), row.end**2),
    ]
    for relation in tricky:
        text = latex_of(relation)
        assert says_the_same(relation, text, "chains"), text
        for place in (" + 1", "L"):
            with contextlib.suppress(UnreadableError, KeyError, IndexError):
                assert place not in text or not says_the_same(relation, text.replace(place, "", 1), "chains"), text


def test_a_family_of_ones_own_is_no_product_of_other_layers():
    assert r"\setminus" in latex_of(equal(product_of_others(later_layers), later_layers))
    assert r"\setminus" not in latex_of(equal(IndexedArray.chain("P_other", LAYERS).next, 1))


def test_an_index_along_a_chain_ends_before_the_chain():
    chain, plain = IndexedArray.chain("A", LAYERS, WIDTHS), IndexedArray.named("v", WIDTHS)
    (j, b), size = chain.indices, LAYERS.size
    bound = Sum(chain.at(b, 1), (b, 1, size))  # another b than the free one
    for relation, indices in (
        (equal(chain.next, chain), r" \quad \forall b, j \le L"),
        (equal(chain.at(j, 1), IndexedArray.named("t", LAYERS).at(j)), r" \quad \forall j \le L"),
        (equal(chain.end, plain), r" \quad \forall b"),
        (Relation(bound, Sense.EQUAL, plain.at(b)), r" \quad \forall b"),
        (equal(chain.total(), 1), ""),
    ):
        assert latex_of(relation).endswith(f"{latex(relation.right)}{indices}")


def test_a_sum_along_a_chain_is_printed_as_no_product_and_no_norm():
    """It leaves out the last entry, which the product of a matrix or a vector with another would not."""
    chain, row, other = (
        IndexedArray.chain(name, *axes) for name, *axes in (("A", LAYERS, WIDTHS), ("B", LAYERS), ("C", LAYERS))
    )
    plain, square = IndexedArray.named("t", LAYERS), IndexedArray.named("M", LAYERS, LAYERS)
    diagonal = IndexedArray.chain("D", LAYERS, LAYERS)
    (j,) = plain.indices
    for summed in (
        row @ row,
        row @ other,
        row @ plain,
        chain.T @ plain,
        chain.T @ row,
        square @ row,
        plain @ (chain @ IndexedArray.named("v", WIDTHS)),
        Sum(diagonal.at(j + 1, j) * plain.at(j), (j, 1, LAYERS.size)),
        Sum(diagonal.at(j, j) * plain.at(j), (j, 1, LAYERS.size)),
    ):
        text = latex_of(equal(summed, 0))
        assert text.startswith(r"\sum_{"), text
