"""Expectations in the normal form: linear, with every product of normal numbers replaced by its moment.

What is random is what the statement's `Initialization` lists; every other letter is fixed. A product of the normal
letters has the mean that Isserlis' pairings give. Anything else random must be a lone letter, whose expectation is
left as it is, or something whose expectation is established.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from sympy import Expr, Symbol

from proofs_check.engine.normal_form import Atom, Index, Key, NormalForm, Setting, Term, normal_form
from proofs_check.engine.proof import State, StepFailure
from theory.language.expectation import Mean
from theory.language.reading import label_of as label
from theory.language.relations import Sense
from theory.language.statement import Initialization, Sharpness


@dataclass(frozen=True)
class RandomVariables:
    """The random letters of a statement: normal ones with their standard deviations, and functions of them."""

    scales: Mapping[Symbol, Symbol]
    functions: frozenset[Symbol]

    @classmethod
    def of(cls, state: State) -> RandomVariables:
        """Those of a statement.

        Raises:
            StepFailure: the statement has no random letters, or takes the sharpness at random weights for fixed.
        """
        hypotheses = state.statement.hypotheses.values()
        found = [hypothesis for hypothesis in hypotheses if isinstance(hypothesis, Initialization)]
        if len(found) != 1:
            raise StepFailure(f"{state.statement.id} has {len(found)} initializations: an expectation needs one")
        scales = {label(letter): scale for letter, scale in found[0].scales}
        letters = cls(scales, frozenset(label(letter) for letter in found[0].functions))
        for hypothesis in hypotheses:
            if isinstance(hypothesis, Sharpness) and letters.names() & {label(part) for part in hypothesis.point}:
                letters.require(hypothesis.symbol)
        return letters

    def names(self) -> frozenset[Symbol]:
        """All random letters."""
        return self.functions | self.scales.keys()

    def require(self, symbol: Symbol) -> None:
        """Refuse a sharpness at random weights that is not listed as random."""
        if symbol not in self.names():
            raise StepFailure(f"{symbol} depends on chance, but is not listed as random")

    def in_atom(self, atom: Atom) -> frozenset[Symbol]:
        """Random letters that a factor holds."""
        if atom[0] in ("scalar", "entry"):
            if atom[1].name.startswith("opaque"):
                raise StepFailure("an expectation of something that the normal form does not open")
            return self.names() & {atom[1]}
        if atom[0] in ("power", "inverse"):
            parts = (part for term in atom[2].terms.values() for part in term.factors)
            return frozenset[Symbol]().union(*(self.in_atom(part) for part in parts))
        if atom[0] in ("delta", "mean"):
            return frozenset()
        raise StepFailure(f"an expectation of a factor of an unknown kind: {atom[0]}")


def with_expectations(setting: Setting, state: State, means: tuple[str, ...] = ()) -> Setting:
    """The setting in which expectations are worked out.

    Args:
        setting: what the normal form may use besides.
        state: gives the random letters and the facts.
        means: names of facts `E[f] = value` with `f` a single product.
    """
    letters = RandomVariables.of(state)
    known: dict[Key, tuple[Fraction, Expr]] = {}
    opened = replace(setting)

    def of_form(form: NormalForm) -> list[Term]:
        return [piece for term in form.terms.values() for piece in _mean(term, letters, known, opened)]

    for name in means:
        relation = state.fact(name)
        if relation.sense is not Sense.EQUAL or not isinstance(relation.left, Mean):
            raise StepFailure(f"{name!r} does not tell an expectation")
        terms = list(normal_form(relation.left.args[0], setting).terms.values())
        if len(terms) != 1:
            raise StepFailure(f"{name!r} does not tell the expectation of a single product")
        known[_key(terms[0], setting)] = (terms[0].coefficient, relation.right)
    opened.operators = {**setting.operators, Mean: of_form}
    return opened


def _key(term: Term, setting: Setting) -> Key:
    return NormalForm([Term(Fraction(1), dict(term.factors), dict(term.bound))], setting).key


def _mean(
    term: Term, letters: RandomVariables, known: Mapping[Key, tuple[Fraction, Expr]], setting: Setting
) -> Iterator[Term]:
    """Expectation of one term of a normal form."""
    random = {atom: exponent for atom, exponent in term.factors.items() if letters.in_atom(atom)}
    normal = {
        atom
        for atom, exponent in random.items()
        if atom[0] in ("scalar", "entry") and atom[1] in letters.scales and exponent > 0
    }
    if len(normal) == len(random):
        yield from _moments(term, letters)
        return
    # Fixed factors that share a summed index with the random ones belong to what the expectation is taken of.
    inside = {
        atom: exponent
        for atom, exponent in term.factors.items()
        if atom in random or any(index in term.bound for index in _indices(atom))
    }
    outside = {atom: exponent for atom, exponent in term.factors.items() if atom not in inside}
    body = Term(Fraction(1), inside, dict(term.bound))
    key = _key(body, setting)
    if key in known:
        coefficient, value = known[key]
        for piece in normal_form(value, setting).terms.values():
            factors = dict(outside)
            for atom, exponent in piece.factors.items():
                factors[atom] = factors.get(atom, 0) + exponent
            yield Term(term.coefficient * piece.coefficient / coefficient, factors, dict(piece.bound))
        return
    if len(inside) != 1 or term.bound or next(iter(inside.values())) != 1 or next(iter(inside))[0] != "scalar":
        raise StepFailure("the expectation of something that is neither a polynomial nor known")
    yield Term(term.coefficient, {**outside, ("mean", key): 1}, {})


def _moments(term: Term, letters: RandomVariables) -> Iterator[Term]:
    """Products of normal numbers: one term for each way to pair them within each letter."""
    fixed: dict[Atom, int] = {}
    indices: dict[Symbol, list[tuple[Index, ...]]] = {}
    for atom, exponent in term.factors.items():
        if letters.in_atom(atom):
            places = tuple(atom[2]) if atom[0] == "entry" else ()
            indices.setdefault(atom[1], []).extend([places] * exponent)
        else:
            fixed[atom] = exponent
    products: list[list[Atom]] = [[]]
    for letter, factors in indices.items():
        pairings = list(_pairings(factors))
        products = [product + deltas for product in products for deltas in pairings]
        scale: Atom = ("scalar", letters.scales[letter])
        fixed[scale] = fixed.get(scale, 0) + len(factors)
    for deltas in products:
        factors_of_term = dict(fixed)
        for delta in deltas:
            factors_of_term[delta] = factors_of_term.get(delta, 0) + 1
        yield Term(term.coefficient, factors_of_term, dict(term.bound))


def _pairings(factors: list[tuple[Index, ...]]) -> Iterator[list[Atom]]:
    """Deltas of each pairing of the factors; none where their number is odd."""
    if not factors:
        yield []
        return
    first, *rest = factors
    for position, partner in enumerate(rest):
        deltas: list[Atom] = [("delta", *sorted(pair, key=repr)) for pair in zip(first, partner, strict=True)]
        for others in _pairings(rest[:position] + rest[position + 1 :]):
            yield deltas + others


def _indices(atom: Any) -> tuple[Index, ...]:
    if atom[0] == "entry":
        return tuple(atom[2])
    return tuple(atom[1:]) if atom[0] == "delta" else ()
