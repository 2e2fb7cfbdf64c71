"""What is printed for Coq is what the ledger means: both are evaluated, on their own, at random numbers.

The axes have sizes that differ, so that one in the place of another is seen.
"""

import itertools
import re
from fractions import Fraction
from functools import partial
from random import Random

import numpy as np
import pytest
from flint import arb, fmpq
from sympy import Indexed, KroneckerDelta, Symbol

from proofs_check.instances.evaluation import evaluate
from proofs_check.instances.instance import Instance, label
from proofs_check.kernel.printing.names import identifier
from proofs_check.kernel.statement_files import every_statement
from proofs_check.kernel.table import STATEMENTS
from tests.proofs_check.kernel.printed_values import Reader
from theory.errors import StatementError
from theory.language.indexed import IndexedArray, behind
from theory.language.relations import Relation, equal
from theory.language.statement import GradientFlow, Orthonormal, Sharpness
from theory.language.unknown_functions import UnknownFunction

UNREAD = re.compile(r"Derive|is_derive|almost|expected_value")
"""Derivatives of what is no polynomial, and chance."""
UNREAD_SENTENCES = 38
"""How many sentences have one."""
FILES = sorted(STATEMENTS.glob("*.v"))
SIGNS = {"=": "=", "<=": "<=", "<": "<"}
WORD = r"[^\w']+"
"""What no name in Coq has."""
PLACES = 12
"""At how many indices a sentence is compared."""


def sentences(text):
    """The printed hypotheses and claims by name, on one line each."""
    record = re.search(r"Record hypotheses (.*?)\s*:\s*Prop\s*:=\s*\{(.*?)\n\}", text, re.DOTALL)
    fields = re.findall(r"^  ([\w']+) : (.*?);\n", record[2] + "\n", re.DOTALL | re.MULTILINE)
    claims = re.findall(r"Definition ([\w']+) : Prop := forall .*?,\s*hypotheses [^>]*?->\s*(.*?)\.\n", text, re.DOTALL)
    return record[1], {name: " ".join(said.split()) for name, said in [*fields, *claims]}


def letters(binders):
    """Printed letters with the number of their indices; None for a size, and "function" for a function of numbers."""
    found = {}
    for names, kind in re.findall(r"\(([^:]*) : ([^)]*)\)", " ".join(binders.split())):
        for name in names.split():
            found[name] = None if kind == "nat" else "function" if kind == "R -> R" else kind.count("nat")
    return found


def numbers(found, random):
    """A size of its own for each axis, and for every letter an array with room for all of them and what comes next."""
    axes = [name for name, count in found.items() if count is None]
    drawn = dict(zip(axes, random.sample(range(1, len(axes) + 1), len(axes)), strict=True))
    for name, count in found.items():
        if count == "function":
            drawn[name] = partial(polynomial, random.randint(1, 5), random.randint(-5, 5))
        elif count is not None:
            drawn[name] = room(random, (len(axes) + 1,) * count)
    return drawn


def polynomial(first, second, x):
    return x * (first + x * (second + x))


def room(random, shape):
    """Random numbers, or one."""
    flat = [Fraction(random.randint(1, 9), random.randint(1, 4)) for _ in range(int(np.prod(shape)))]
    return np.array(flat, dtype=object).reshape(shape) if shape else flat[0]


def printed_name(letter, drawn):
    """What a letter of the ledger is called in Coq: one that has the name of a size has a mark there."""
    plain, array = re.sub(WORD, "_", letter.name), getattr(letter, "axes", None) is not None
    return next((n for n in (plain, f"{plain}_") if n in drawn and isinstance(drawn[n], np.ndarray) == array), None)


def size_of(axis, drawn):
    return drawn[identifier(str(axis.size))]


def in_the_ledger(drawn, statement, expressions):
    """The same numbers for the letters of the ledger."""
    scalars, families = {}, {}
    for letter in {symbol for one in expressions for symbol in one.free_symbols}:
        name = printed_name(letter, drawn)
        if name is None:
            continue  # an index
        value = drawn[name]
        if isinstance(value, np.ndarray):
            further = [letter.chain, *[False] * len(letter.axes)]
            value = value[tuple(slice(size_of(a, drawn) + f) for a, f in zip(letter.axes, further, strict=False))]
            families[letter] = np.vectorize(exact, otypes=[object])(value)
        else:
            scalars[letter] = value if isinstance(value, int) else exact(value)
    unknown = {type(one) for side in expressions for one in side.atoms(UnknownFunction)}
    names = {kind: re.sub(WORD, "_", str(kind(Symbol("#")))).strip("_") for kind in unknown}
    return Instance(scalars, families, functions={kind: drawn[name] for kind, name in names.items()})


def exact(value):
    return fmpq(value.numerator, value.denominator)


def same(printed, meant):
    if isinstance(meant, int | fmpq) and isinstance(printed, int | Fraction):
        return printed == Fraction(int(fmpq(meant).p), int(fmpq(meant).q))
    close = float(arb(meant).mid())
    return abs(float(printed) - close) <= 1e-9 * max(1.0, abs(close))


def relations_of(statement):
    """Everything that is a relation, by the name that it is printed under."""
    found = {}
    for name, one in {**statement.hypotheses, **statement.claims}.items():
        if isinstance(one, Orthonormal):
            gram = one.family @ one.family.T
            one = equal(gram, IndexedArray(KroneckerDelta(*gram.indices), gram.axes, gram.indices))
        if isinstance(one, Relation):
            found[identifier(name)] = one
    return found


def opened(sentence):
    """The variables of a sentence, each with its size, and what is said of them."""
    prefix = re.match(r"forall ([\w' ]+), ((?:\([^)]*\)%nat -> )*)", sentence)
    if not prefix:
        return [], sentence
    return re.findall(r"\(([\w']+) < ([\w']+)\)%nat", prefix[2]), sentence[prefix.end() :]


def differs(sentence, relation, drawn, instance, random):
    """Whether a printed relation has another sense, other ranges, or other values."""
    ranges, body = opened(sentence)
    axes = axes_of(relation)
    if len(axes) != len(ranges) or any(
        axis is not None and drawn[size] != size_of(axis, drawn) for (_, size), axis in zip(ranges, axes, strict=True)
    ):
        return True
    left, sign, right = Reader(body).comparison()
    if sign != SIGNS[relation.sense.value]:
        return True
    every = list(itertools.product(*(range(drawn[size]) for _, size in ranges)))
    for places in random.sample(every, min(PLACES, len(every))):
        values = {**drawn, **{index: place for (index, _), place in zip(ranges, places, strict=True)}}
        there = {symbol: place + 1 for symbol, place in zip(relation.free_indices, places, strict=True)}
        meant = [evaluate(side, instance, there) for side in (relation.left, relation.right)]
        if not same(left(values), meant[0]) or not same(right(values), meant[1]):
            return True
    return False


def axes_of(relation):
    """The axis of each free index, by an entry that it stands in, or an index that it is compared with."""
    found = {
        behind(index) or index: axis
        for side in (relation.left, relation.right)
        for one in side.atoms(Indexed)
        for index, axis in zip(one.indices, one.base.label.axes, strict=True)
    }
    for side in (relation.left, relation.right):
        for one, other in (delta.args for delta in side.atoms(KroneckerDelta)):
            found |= {one: found[other]} if other in found else {other: found[one]} if one in found else {}
    return [found.get(index) for index in relation.free_indices]


def domain_differs(sentence, letter, sign, drawn):
    """Whether a printed domain is not that of the letter's declaration."""
    name = printed_name(letter, drawn)
    ranges, body = opened(sentence)
    places = " ".join([name, *(index for index, _ in ranges)])
    said = {"positive": f"0 < {places}", "nonnegative": f"0 <= {places}", "whole and positive": f"1 <= {places}"}[sign]
    sizes = [size_of(axis, drawn) for axis in getattr(letter, "axes", None) or ()]
    return [drawn[size] for _, size in ranges] != sizes or body != said


def shape_of(part, drawn):
    return tuple(size_of(axis, drawn) for axis in part.axes) if isinstance(part, IndexedArray) else ()


def name_of(part, drawn):
    return printed_name(label(part) if isinstance(part, IndexedArray) else part, drawn)


def layers_of(shape):
    """The shape of each layer that weights of this shape are: of a family of matrices as many as it has."""
    return [shape[1:]] * shape[0] if shape[2:] else [shape]


def in_layers(part, shape, drawn):
    """The values of each of these layers."""
    here = drawn[name_of(part, drawn)]
    return here[: shape[0]] if shape[2:] else [here]


def loss_differs(sentence, hypothesis, drawn, statement, random):
    """Whether a printed loss has another value at other weights, other shapes, or is spoken of at other points."""
    sharpness = isinstance(hypothesis, Sharpness)
    points = [hypothesis.point] if sharpness else [hypothesis.start, hypothesis.end]
    shapes = [shape_of(part, drawn) for part in points[0]]
    name, arguments = Reader(sentence).predicate()
    loss, *rest = (one(drawn) for one in arguments)
    layered, count = "_of_layers" in name, len(shapes)
    if name.replace("_of_layers", "") != ("is_sharpness" if sharpness else "flow_leads"):
        return True
    indices = 2 if layered else 1
    full = [(*one, 1, 1)[:indices] for shape in shapes for one in layers_of(shape)]
    if layered:
        said, ends, number = (
            [tuple(map(int, one)) for one in rest[0]],
            rest[1 : 1 + len(points)],
            rest[1 + len(points) :],
        )
    else:
        said = [(int(one),) for one in rest[:count]]
        ends = [rest[count * place : count * (place + 1)] for place in range(1, 1 + len(points))]
        number = rest[count * (1 + len(points)) :]
    if said != full or number != ([drawn[name_of(hypothesis.symbol, drawn)]] if sharpness else []):
        return True
    for end, point in zip(ends, points, strict=True):
        parts = [here for part, shape in zip(point, shapes, strict=True) for here in in_layers(part, shape, drawn)]
        for layer, here, shape in zip(end, parts, full, strict=True):
            for places in itertools.product(*map(range, shape)):
                found = layer(*places) if callable(layer) else layer[places]
                if found != (here[places[: here.ndim]] if isinstance(here, np.ndarray) else here):
                    return True
    weights = [room(random, shape) for shape in shapes]
    moved = {**drawn, **{name_of(part, drawn): one for part, one in zip(points[0], weights, strict=True)}}
    every = [one for weight, shape in zip(weights, shapes, strict=True) for one in (weight if shape[2:] else [weight])]
    given = [np.array(one, dtype=object).reshape(shape) for one, shape in zip(every, full, strict=True)]
    meant = hypothesis.loss(*points[0])
    return not same(loss(given) if layered else loss(*given), evaluate(meant, in_the_ledger(moved, statement, [meant])))


def differences(text, statement, seed):
    """Names of what is printed and means something else, and how many sentences were read."""
    random = Random(seed)
    binders, said = sentences(text)
    drawn = numbers(letters(binders), random)
    relations = relations_of(statement)
    instance = in_the_ledger(drawn, statement, [side for one in relations.values() for side in (one.left, one.right)])
    axes = {name for name, kind in letters(binders).items() if kind is None}
    domains = {
        f"domain_of_{re.sub(WORD, '_', letter.name)}": (letter, sign)
        for letter, sign in statement.domains.items()
        if identifier(letter.name) not in axes
    }
    others = {identifier(name): one for name, one in statement.hypotheses.items()}
    wrong, count = [], 0
    for name, sentence in said.items():
        if UNREAD.search(sentence):
            continue
        if name in relations:
            differ = differs(sentence, relations[name], drawn, instance, random)
        elif name in domains:
            differ = domain_differs(sentence, *domains[name], drawn)
        elif name.removeprefix("size_") in axes:
            differ = sentence != f"(0 < {name.removeprefix('size_')})%nat"
            axes.discard(name.removeprefix("size_"))
        elif isinstance(others.get(name), Sharpness | GradientFlow):
            differ = loss_differs(sentence, others[name], drawn, statement, random)
        else:
            continue
        wrong += [name] * differ
        count += 1
    return [*wrong, *axes, *(relations.keys() - said.keys()), *(domains.keys() - said.keys())], count


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
    said = sum(len(sentences(file.read_text(encoding="utf-8"))[1]) for file in FILES)
    assert said - read <= UNREAD_SENTENCES


PLANTED = {
    "own_zero_labels": [
        *((" - v ^ 2", " + v ^ 2"), ("<= 4", "< 4"), ("INR N", "INR d"), ("s 0%nat", "s i")),
        *(("(∑ k < d", "(∑ k < N"), ("X n k", "X k n"), ("(k < d)%nat", "(k < N)%nat"), ("delta j i", "delta i i")),
        *(("0 < eta;", "0 <= eta;"), ("0 < s i", "0 <= s i"), ("size_d : (0 < d)", "size_d : (0 < r)")),
    ],
    "own_minimizer": [
        *(("d M u v S", "M d u v S"), ("d M u v S", "d M v u S"), ("d M u v S", "d M u v (INR N)")),
        *(("u_ k * X n k", "u k * X n k"), ("is_sharpness (fun u_ v_", "is_sharpness (fun v_ u_")),
    ],
    "own_wide_imbalance": [
        *(("[(H, d); (H, 1%nat)]", "[(d, H); (H, 1%nat)]"), ("(H, 1%nat)]", "(d, 1%nat)]")),
        *(("[W_0; ", "[W_t; "), ("w_ 1%nat b 0%nat", "w_ 1%nat 0%nat b"), ("w_ 0%nat b k", "W_0 b k")),
        *(("coefficient 1", "coefficient 2"), ("flow_of_layers_leads", "is_sharpness_of_layers")),
    ],
    "own_balanced_network": [
        *(
            ("repeat (H, H) L", "repeat (H, H) H"),
            ("map U (seq 0 L)", "map U' (seq 0 L)"),
            ("w_ (1 + L)", "w_ (0 + L)"),
        ),
        *(("A (1 + c)%nat n b", "A c n b"), ("B L b = a b", "B 0%nat b = a b"), ("w_ (1 + b)%nat c a1", "w_ b c a1")),
    ],
}
"""Mistakes in printed statements: signs, senses, sizes, indices, axes, domains, shapes, points and losses."""


@pytest.mark.parametrize(("name", "old", "new"), [(name, *pair) for name, pairs in PLANTED.items() for pair in pairs])
def test_a_planted_mistake_is_noticed(name, old, new):
    text, statement = (STATEMENTS / f"{name}.v").read_text(encoding="utf-8"), every_statement()[name]
    changed = text.replace(old, new)
    assert changed != text
    assert not differences(text, statement, 1)[0]
    try:
        noticed = any(differences(changed, statement, seed)[0] for seed in range(6))
    except (KeyError, IndexError):  # an index that nothing binds, or that leaves its range
        noticed = True
    assert noticed
