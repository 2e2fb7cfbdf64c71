"""What is printed for Coq is what the ledger means: both are evaluated, on their own, at random numbers."""

import itertools
import re
from fractions import Fraction
from random import Random

import numpy as np
import pytest
from flint import arb, fmpq

from proofs_check.instances.evaluation import evaluate
from proofs_check.instances.instance import Instance
from proofs_check.kernel.printing import every_statement, identifier
from proofs_check.kernel.table import STATEMENTS
from tests.proofs_check.kernel.printed_values import Reader
from theory.errors import StatementError
from theory.language.relations import Relation

UNREAD = re.compile(r"coefficient|Derive|is_derive|is_sharpness|flow_leads|phi|Phi|almost|expected_value")
"""Calculus, the sharpness, gradient flow, activations and chance: what is no arithmetic."""
FILES = sorted(STATEMENTS.glob("*.v"))
SIGNS = {"=": "=", "<=": "<=", "<": "<"}


def sentences(text):
    """The printed hypotheses and claims by name, on one line each."""
    record = re.search(r"Record hypotheses (.*?)\s*:\s*Prop\s*:=\s*\{(.*?)\n\}", text, re.DOTALL)
    fields = re.findall(r"^  ([\w']+) : (.*?);\n", record[2] + "\n", re.DOTALL | re.MULTILINE)
    claims = re.findall(r"Definition ([\w']+) : Prop := forall .*?,\s*hypotheses [^>]*?->\s*(.*?)\.\n", text, re.DOTALL)
    return record[1], {name: " ".join(said.split()) for name, said in [*fields, *claims]}


def letters(binders):
    """Printed letters with the number of their indices; None for a size."""
    found = {}
    for names, kind in re.findall(r"\(([^:]*) : ([^)]*)\)", " ".join(binders.split())):
        for name in names.split():
            found[name] = None if kind == "nat" else kind.count("nat")
    return found


def numbers(found, random):
    """Sizes for the axes, and for every letter an array with room for all of them."""
    drawn = {name: random.randint(1, 2) for name, count in found.items() if count is None}
    for name, count in found.items():
        if count is not None:
            shape = (2,) * count
            flat = [Fraction(random.randint(1, 9), random.randint(1, 4)) for _ in range(2**count)]
            drawn[name] = np.array(flat, dtype=object).reshape(shape) if count else flat[0]
    return drawn


def by_reader(name, value):
    """A value as the reader of the printed text asks for it: one index after the other."""
    if not isinstance(value, np.ndarray):
        return value
    return lambda index: by_reader(name, value[index])


def in_the_ledger(drawn, statement, relations):
    """The same numbers for the letters of the ledger; a letter that has the name of a size has a mark in Coq."""
    labels = {
        symbol for relation in relations for side in (relation.left, relation.right) for symbol in side.free_symbols
    }
    scalars, families = {}, {}
    for symbol in labels:
        plain = re.sub(r"[^\w']+", "_", symbol.name)
        array = getattr(symbol, "axes", None) is not None
        name = next((n for n in (plain, f"{plain}_") if n in drawn and isinstance(drawn[n], np.ndarray) == array), None)
        if name is None:
            continue  # an index
        value = drawn[name]
        if array:
            sizes = tuple(drawn[identifier(str(axis.size))] for axis in symbol.axes)
            room = value[tuple(slice(size) for size in sizes)]
            families[symbol] = np.vectorize(lambda one: fmpq(one.numerator, one.denominator), otypes=[object])(room)
        else:
            scalars[symbol] = value if isinstance(value, int) else fmpq(value.numerator, value.denominator)
    return Instance(scalars, families)


def same(printed, meant):
    if isinstance(meant, fmpq) and isinstance(printed, Fraction):
        return printed == Fraction(int(meant.p), int(meant.q))
    close = float(arb(meant).mid())
    return abs(float(printed) - close) <= 1e-9 * max(1.0, abs(close))


def differences(text, statement, seed):
    """Names of what is printed and means something else, and how many sentences were read."""
    binders, said = sentences(text)
    drawn = numbers(letters(binders), Random(seed))
    relations = {
        identifier(name): one
        for name, one in {**statement.hypotheses, **statement.claims}.items()
        if isinstance(one, Relation)
    }
    instance = in_the_ledger(drawn, statement, relations.values())
    values = {name: by_reader(name, value) for name, value in drawn.items()}
    values["delta"] = lambda i: lambda j: Fraction(int(i == j))
    wrong, count = [], 0
    for name, relation in relations.items():
        if UNREAD.search(said[name]):
            continue
        prefix = re.match(r"forall ([\w' ]+), ((?:\([^)]*\)%nat -> )*)", said[name])
        body = said[name][prefix.end() :] if prefix else said[name]
        ranges = re.findall(r"\((\w+'?) < (\w+)\)%nat", prefix[2]) if prefix else []
        for places in itertools.product(*(range(drawn[size]) for _, size in ranges)):
            here = {index: place for (index, _), place in zip(ranges, places, strict=True)}
            left, sign, right = Reader(body, {**values, **here}).comparison()
            there = {symbol: place + 1 for symbol, place in zip(relation.free_indices, places, strict=True)}
            meant = [evaluate(side, instance, there) for side in (relation.left, relation.right)]
            if sign != SIGNS[relation.sense.value] or not same(left, meant[0]) or not same(right, meant[1]):
                wrong.append(name)
        count += 1
    return wrong, count


def at_some_numbers(text, statement):
    """The differences at the first random numbers at which every root and logarithm has a value."""
    for seed in range(30):
        try:
            return differences(text, statement, seed)
        except (ValueError, ZeroDivisionError, StatementError):
            continue
    raise AssertionError(f"{statement.id} has no values at random numbers")


@pytest.mark.slow
def test_every_printed_sentence_has_the_values_of_the_ledgers_own():
    statements, read = every_statement(), 0
    for file in FILES:
        wrong, count = at_some_numbers(file.read_text(encoding="utf-8"), statements[file.stem])
        assert not wrong, (file.name, wrong)
        read += count
    assert read >= 600


@pytest.mark.parametrize(
    ("old", "new"), [(" - v ^ 2", " + v ^ 2"), ("<= 4", "< 4"), ("INR N", "INR d"), ("s 0%nat", "s i")]
)
def test_another_sign_size_or_sense_is_noticed(old, new):
    """In own-zero-labels, whose sentences have all of them."""
    text = (STATEMENTS / "own_zero_labels.v").read_text(encoding="utf-8")
    changed = text.replace(old, new)
    assert changed != text
    statement = every_statement()["own_zero_labels"]
    try:
        noticed = any(differences(changed, statement, seed)[0] for seed in range(6))
    except KeyError:  # an index that nothing binds
        noticed = True
    assert not differences(text, statement, 1)[0]
    assert noticed
