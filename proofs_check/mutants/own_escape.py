"""Wrong versions of the escape region."""

import random
from collections.abc import Callable, Iterator

import numpy as np
from flint import fmpq

from proofs_check.instances.data_sets import data_set, rational
from proofs_check.instances.instance import Instance, value_of, with_values
from proofs_check.instances.sharpness import with_sharpness
from proofs_check.mutants import Mutant, with_claim, with_hypothesis, without_hypothesis
from proofs_check.proofs.own_escape import after_a_step, instances
from theory.formulas.escape import escape_margin, loss_floor, sharpness_floor
from theory.formulas.model import loss
from theory.language.relations import Relation, at_most, equal
from theory.language.statement import Statement
from theory.setting.symbols import N, S, X, e, eta, label_coefficients, s, u, v, w, y
from theory.statements.own_escape import C1, LABELS, NEXT_C1, NEXT_OUTPUT, NEXT_U, NEXT_V, OUTPUT, RATE

_MARGINS = {"first-outside": C1, "second-outside": v}
_NEARLY_ALL = fmpq(99, 100)
_Instances = Callable[[Statement], Iterator[Instance]]


def mutants(statement: Statement) -> Iterator[Mutant]:
    """Wrong factors, signs, thresholds, senses and hypotheses."""
    step_first = statement.hypotheses["step-first"]
    assert isinstance(step_first, Relation)

    def claim(name: str, which: str, relation: Relation, made: _Instances | None = None) -> Mutant:
        return Mutant(name, with_claim(statement, which, relation), made)

    def outside(name: str, margin: Callable[[str], Relation], made: _Instances) -> Mutant:
        wrong = statement
        for hypothesis in _MARGINS:
            wrong = with_hypothesis(wrong, hypothesis, margin(hypothesis))
        return Mutant(name, wrong, made)

    near = _at_the_border(fmpq(6))
    yield claim("first triples", "doubles-first", at_most(9 * C1**2, NEXT_C1**2), near)
    yield claim("second triples", "doubles-second", at_most(9 * v**2, NEXT_V**2), near)
    yield claim("first halves", "doubles-first", at_most(4 * NEXT_C1**2, C1**2))
    yield claim("output: factor 20 for 16", "output-grows", at_most(20 * OUTPUT**2, NEXT_OUTPUT**2), near)
    yield claim("output: sense reversed", "output-grows", at_most(NEXT_OUTPUT**2, 16 * OUTPUT**2))
    comes_back = at_most(escape_margin(NEXT_OUTPUT, LABELS, NEXT_C1, RATE), 0)
    yield claim("first comes back", "first-stays-outside", comes_back)
    only_grows = at_most(0, escape_margin(OUTPUT, LABELS, NEXT_V, RATE))
    yield claim("second: output of before", "second-stays-outside", only_grows)
    yield claim("loss: label lost", "loss", at_most(loss_floor(OUTPUT, 0, N), loss(X, y, u, v)), near)
    half_label = _at_the_border(fmpq(6), fmpq(1, 2))
    yield claim("loss: factor 2", "loss", at_most(2 * loss_floor(OUTPUT, LABELS, N), loss(X, y, u, v)), half_label)
    yield claim("sharpness: factor 3", "sharpness", at_most(3 * sharpness_floor(s[0], v, N), S), _second_layer_large)
    yield claim("edge: 40 for 6", "above-the-edge", at_most(40 / eta, S), _at_the_border(fmpq(6), fmpq(1, 100)))
    yield claim("edge: sense reversed", "above-the-edge", at_most(S, 6 / eta))

    yield outside(
        "margin: 5 for 6",
        lambda name: at_most(0, escape_margin(OUTPUT, LABELS, _MARGINS[name], RATE) + _MARGINS[name] ** 2),
        _at_the_border(fmpq(5)),
    )
    yield outside(
        "margin: label lost",
        lambda name: at_most(0, escape_margin(OUTPUT, 0, _MARGINS[name], RATE)),
        _label_equal_to_the_output,
    )
    yield outside(
        "margin: sense reversed",
        lambda name: at_most(escape_margin(OUTPUT, LABELS, _MARGINS[name], RATE), 0),
        _anywhere,
    )
    for name in _MARGINS:
        yield Mutant(f"without {name}", without_hypothesis(statement, name), _anywhere)
    yield Mutant("without an output", without_hypothesis(statement, "output"), _at_the_origin)
    half_first = equal(NEXT_U, u / 2 + step_first.right / 2)
    yield Mutant("half a step", with_hypothesis(statement, "step-first", half_first), _half_a_step)
    yield Mutant("second layer frozen", with_hypothesis(statement, "step-second", equal(NEXT_V, v)), _frozen)


def _placed(statement: Statement, instance: Instance, first: fmpq, second: fmpq, label: fmpq, rate: fmpq) -> Instance:
    """A data set of rank 1 at the given weights `c_1`, `v`, label `d_1` and rate `h`."""
    labels = np.array([label], dtype=object)
    placed = with_values(
        instance,
        (label_coefficients, labels),
        (y, labels @ value_of(instance, e)),
        (u, value_of(instance, w)[0] * first),
        (v, second),
        (eta, rate * instance.scalars[N]),
    )
    return with_sharpness(after_a_step(placed), statement.sharpness())


def _rank_one() -> Iterator[Instance]:
    source = random.Random(1)
    for _ in range(4):
        yield data_set(source, np.array([fmpq(1)], dtype=object))[0]


def _at_the_border(factor: fmpq, share: fmpq = _NEARLY_ALL) -> _Instances:
    """Where `h (b^2 - d^2) = factor w^2` with `d = share b`: just below b, a step does little more than it must."""

    def made(statement: Statement) -> Iterator[Instance]:
        for instance in _rank_one():
            weight = fmpq(2)
            output = value_of(instance, s)[0] * weight * weight
            label = output * share
            rate = factor * weight**2 / (output**2 - label**2)
            yield _placed(statement, instance, weight, weight, label, rate)

    return made


def _label_equal_to_the_output(statement: Statement) -> Iterator[Instance]:
    """A minimizer, where nothing moves however large the step size."""
    for instance in _rank_one():
        weight = fmpq(2)
        output = value_of(instance, s)[0] * weight * weight
        yield _placed(statement, instance, weight, weight, output, 6 * weight**2 / output**2)


def _second_layer_large(statement: Statement) -> Iterator[Instance]:
    for instance in _rank_one():
        output = value_of(instance, s)[0] * 100
        yield _placed(statement, instance, fmpq(1), fmpq(100), fmpq(1), 60000 / (output**2 - 1) + 1)


def _anywhere(statement: Statement) -> Iterator[Instance]:
    source = random.Random(2)
    for instance in _rank_one():
        for first, second in ((fmpq(1), fmpq(1, 9)), (fmpq(1, 9), fmpq(1)), (fmpq(50), fmpq(1)), (fmpq(1), fmpq(50))):
            output = value_of(instance, s)[0] * first * second
            for rate in (fmpq(1, 10), 6 * min(first, second) ** 2 / output**2 * 2, abs(rational(source)) + 1):
                yield _placed(statement, instance, first, second, output / 2, rate)


def _at_the_origin(statement: Statement) -> Iterator[Instance]:
    for instance in _rank_one():
        yield _placed(statement, instance, fmpq(0), fmpq(0), fmpq(0), fmpq(1))


def _half_a_step(statement: Statement) -> Iterator[Instance]:
    for instance in _at_the_border(fmpq(6))(statement):
        middle = (value_of(instance, NEXT_U) + value_of(instance, u)) * fmpq(1, 2)
        yield with_values(instance, (NEXT_U, middle))


def _frozen(statement: Statement) -> Iterator[Instance]:
    for instance in instances(statement):
        yield with_values(instance, (NEXT_V, instance.scalars[v]))
