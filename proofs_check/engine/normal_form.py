"""Normal form of polynomials in finite sums over ranges of symbolic size: equality for every size at once.

An expression is brought to a sum of terms: a rational coefficient times a product of factors, summed over bound
indices. Factors are entries of indexed families, scalars, Kronecker deltas, roots and powers of positive bases, and
inverses of nonzero sums. Sums are distributed, deltas eliminated, `sum 1` replaced by the size of its range, entries
of orthonormal families contracted, bound indices renamed canonically. Two expressions with the same normal form are
equal for all values of their symbols, which is the only thing claimed; different normal forms refute nothing.

What makes an equality conditional is kept in a `Setting`: definitions to unfold, orthonormal families, and what is
known to be nonzero. A division by anything else is refused.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import Any

import sympy
from sympy import Expr, Indexed, KroneckerDelta, Product, Sum, Symbol

from proofs_check.engine.series import series
from proofs_check.engine.uninterpreted import FUNCTIONS, UNINTERPRETED, as_entry
from theory.errors import StatementError

Index = tuple[str, Any]
"""("bound", number), ("free", name) or ("constant", position)."""

Atom = tuple[Any, ...]
"""("scalar", symbol), ("entry", base, indices), ("delta", i, j), ("power", base key, base, exponent)
or ("inverse", base key, base)."""

Key = tuple[Any, ...]


@dataclass
class Term:
    """`coefficient * product(atom ** exponent)`, summed over the bound indices."""

    coefficient: Fraction
    factors: dict[Atom, int]
    bound: dict[Index, Symbol]


@dataclass(frozen=True)
class Orthonormal:
    """Rows of a family are orthonormal along one axis: `sum_n e[i, n] e[j, n] = delta_ij`."""

    base: Symbol
    summed: int
    """Position of the axis that is summed: 1 for `e[i, n]`."""


@dataclass
class Setting:
    """What an equality may use beyond the rules of arithmetic."""

    definitions: dict[Any, Callable[..., Expr]] = field(default_factory=dict)
    """Symbol of a scalar or of a family -> function of its indices that gives the expression it stands for."""
    orthonormal: tuple[Orthonormal, ...] = ()
    nonzero: Callable[[Expr], bool] = lambda expression: expression.is_zero is False
    """Whether an expression is known to differ from zero."""
    nonnegative: Callable[[Expr], bool] = lambda expression: expression.is_nonnegative is True
    """Whether an expression is known not to be negative."""
    roots: tuple[tuple[Expr, Expr], ...] = ()
    """Pairs (power, expression) known to be equal, where the power is a root such as `sqrt(a)`."""
    operators: dict[type[Expr], Callable[[NormalForm], list[Term]]] = field(default_factory=dict)
    """Kind of a function of one argument -> what it makes of the argument's normal form."""


_counter = itertools.count()


@lru_cache(maxsize=4096)
def _identity(symbol: Symbol) -> str:
    """A text that differs for symbols of one name with different assumptions."""
    return str(sympy.srepr(symbol))


class NormalForm:
    """Terms by canonical key. Equal normal forms mean equal expressions."""

    def __init__(self, terms: Iterable[Term], setting: Setting) -> None:
        self.setting = setting
        self.terms: dict[Key, Term] = {}
        for term in terms:
            self._add(term)

    def _add(self, term: Term) -> None:
        for simple in _simplify(term, self.setting):
            key = _canonical_key(simple)
            if key in self.terms:
                simple.coefficient += self.terms[key].coefficient
            if simple.coefficient:
                self.terms[key] = simple
            else:
                self.terms.pop(key, None)

    @property
    def key(self) -> Key:
        """A hashable value that is the same for equal normal forms."""
        return tuple(sorted(((key, term.coefficient) for key, term in self.terms.items()), key=repr))

    @property
    def is_zero(self) -> bool:
        """Whether the expression is zero for certain; inverses are multiplied out first."""
        return not self.without_inverses()[0].terms

    def times(self, other: NormalForm) -> NormalForm:
        """The product."""
        return NormalForm((_product(a, b) for a in self.terms.values() for b in other.terms.values()), self.setting)

    def without_inverses(self, even: bool = False) -> tuple[NormalForm, list[NormalForm]]:
        """Return this times a product of nonzero factors that leaves no inverse, and those factors.

        With `even`, each factor is a square, so that the sign is kept.
        """
        current: NormalForm = self
        used: list[NormalForm] = []
        while True:
            inverses = {atom for term in current.terms.values() for atom in term.factors if atom[0] == "inverse"}
            if not inverses:
                return current, used
            atom = min(inverses, key=repr)
            degree = max(term.factors.get(atom, 0) for term in current.terms.values())
            degree += degree % 2 if even else 0
            base = atom[2]
            factor = NormalForm([], self.setting)
            powers = [_one(self.setting)]
            for _ in range(degree):
                powers.append(powers[-1].times(base))
            for term in current.terms.values():
                rest = {a: e for a, e in term.factors.items() if a != atom}
                missing = degree - term.factors.get(atom, 0)
                lone = NormalForm([Term(term.coefficient, rest, dict(term.bound))], self.setting)
                for piece in lone.times(powers[missing]).terms.values():
                    factor._add(piece)
            current = factor
            used.append(powers[degree])

    def __str__(self) -> str:
        parts = [f"{term.coefficient}*{dict(term.factors)}" for term in self.terms.values()]
        return " + ".join(parts) or "0"


def _one(setting: Setting) -> NormalForm:
    return NormalForm([Term(Fraction(1), {}, {})], setting)


def normal_form(expression: Expr, setting: Setting | None = None) -> NormalForm:
    """Normal form of a SymPy expression.

    Raises:
        StatementError: a division by something not known to be nonzero, or a function with no rule.

    Examples:
        >>> from sympy import IndexedBase, Symbol, Sum, symbols
        >>> i, j = symbols("i j", integer=True, positive=True)
        >>> n, a = Symbol("n", integer=True, positive=True), IndexedBase("a")
        >>> square = Sum(a[i], (i, 1, n)) ** 2 - Sum(a[i] * a[j], (i, 1, n), (j, 1, n))
        >>> normal_form(square).is_zero
        True
    """
    setting = setting or Setting()
    return NormalForm(_terms(sympy.sympify(expression), setting, {}), setting)


def _terms(expression: Expr, setting: Setting, bound: Mapping[Symbol, Index]) -> list[Term]:
    """Terms of an expression. `bound` maps the index symbols of the enclosing sums to their numbers."""
    if expression.is_Rational:
        value = Fraction(int(expression.p), int(expression.q))
        return [Term(value, {}, {})] if value else []
    if expression.is_Add:
        return [term for argument in expression.args for term in _terms(argument, setting, bound)]
    if expression.is_Mul:
        return _multiply([_terms(argument, setting, bound) for argument in expression.args])
    if isinstance(expression, Sum):
        return _sum_terms(expression, setting, bound)
    if isinstance(expression, Indexed):
        return _entry_terms(expression, setting, bound)
    if isinstance(expression, KroneckerDelta):
        first, second = (_index(argument, bound) for argument in expression.args[:2])
        return [Term(Fraction(1), {("delta", *sorted((first, second), key=repr)): 1}, {})]
    if expression.is_Pow:
        return _power_terms(expression, setting, bound)
    if expression.is_Symbol:
        if expression in bound:
            raise StatementError(f"the index {expression} stands where a number is needed")
        if expression in setting.definitions:
            return _terms(setting.definitions[expression](), setting, bound)
        return [Term(Fraction(1), {("scalar", expression): 1}, {})]
    if type(expression) in setting.operators:
        argument = NormalForm(_terms(expression.args[0], setting, bound), setting)
        return setting.operators[type(expression)](argument)
    if isinstance(expression, UNINTERPRETED):
        return _terms(opened(expression), setting, bound)
    raise StatementError(f"the normal form has no rule for {type(expression).__name__}: {expression}")


def opened(expression: Expr) -> Expr:
    """A product over a range, a coefficient or a function, worked out as far as rules go; the rest as an entry.

    The factors of a product over a range are multiplied only where they are all the same.
    """
    if isinstance(expression, Product):
        ((index, low, high),) = expression.limits
        constant = low == 1 and index not in expression.function.free_symbols
        return expression.function**high if constant else as_entry(expression)
    if isinstance(expression, sympy.exp):
        factor, rest = expression.args[0].as_coeff_Mul()
        return as_entry(sympy.exp(rest)) ** factor if factor.is_Integer else as_entry(expression)
    if isinstance(expression, FUNCTIONS):
        return as_entry(expression)
    if isinstance(expression, sympy.sinh | sympy.cosh | sympy.tanh):
        return expression.rewrite(sympy.exp)
    polynomial, variable, order = expression.args
    result = series(polynomial, variable, int(order))[int(order)]
    return as_entry(result) if isinstance(result, UNINTERPRETED) else result


def _index(index: Expr, bound: Mapping[Symbol, Index]) -> Index:
    if index.is_Integer:
        return ("constant", int(index))
    if index.is_Symbol:
        return bound.get(index, ("free", index.name))
    raise StatementError(f"an index must be a symbol or a whole number, not {index}")


def _sum_terms(expression: Sum, setting: Setting, bound: Mapping[Symbol, Index]) -> list[Term]:
    inner = dict(bound)
    fresh: dict[Index, Symbol] = {}
    for limits in expression.limits:
        index, low, high = limits
        if low != 1:
            raise StatementError(f"a sum must start at 1, not at {low}")
        number: Index = ("bound", next(_counter))
        inner[index] = number
        fresh[number] = high
    terms = _terms(expression.function, setting, inner)
    for term in terms:
        term.bound.update(fresh)
    return terms


def _entry_terms(expression: Indexed, setting: Setting, bound: Mapping[Symbol, Index]) -> list[Term]:
    base = expression.base.label
    definition = setting.definitions.get(base)
    if definition is None:
        indices = tuple(_index(index, bound) for index in expression.indices)
        return [Term(Fraction(1), {("entry", base, indices): 1}, {})]
    # The definition is a function of index symbols; its own bound indices must not capture the ones given here.
    stand_ins = [sympy.Dummy(integer=True, positive=True) for _ in expression.indices]
    inner = dict(bound)
    arguments = []
    for stand_in, index in zip(stand_ins, expression.indices, strict=True):
        if index.is_Symbol:
            inner[stand_in] = _index(index, bound)
            arguments.append(stand_in)
        else:
            arguments.append(index)
    return _terms(definition(*arguments), setting, inner)


def _power_terms(expression: Expr, setting: Setting, bound: Mapping[Symbol, Index]) -> list[Term]:
    base, exponent = expression.base, expression.exp
    if exponent.is_Integer and exponent >= 0:
        return _multiply([_terms(base, setting, bound) for _ in range(int(exponent))])
    if exponent.is_Integer:
        inverse = _inverse_terms(base, setting, bound)
        return _multiply([[_copy(term) for term in inverse] for _ in range(-int(exponent))])
    for power, value in setting.roots:
        if power == expression:
            return _terms(value, setting, bound)
    if bound.keys() & base.free_symbols:
        raise StatementError(f"a root of something that depends on a bound index: {expression}")
    if not setting.nonnegative(base):
        raise StatementError(f"not known to be nonnegative under a root or a power: {base}")
    form = normal_form(base, setting)
    exponent = sympy.expand(exponent)
    whole = sympy.floor(exponent.as_coeff_Add()[0])
    factors = [[Term(Fraction(1), {("power", form.key, form, exponent - whole): 1}, {})]]
    if whole > 0:
        factors += [_terms(base, setting, bound) for _ in range(int(whole))]
    elif whole < 0:
        factors += [_inverse_terms(base, setting, bound) for _ in range(-int(whole))]
    return _multiply(factors)


def _inverse_terms(base: Expr, setting: Setting, bound: Mapping[Symbol, Index]) -> list[Term]:
    if not setting.nonzero(base):
        raise StatementError(f"a division by {base}, which is not known to be nonzero")
    form_terms = _terms(base, setting, bound)
    if len(form_terms) == 1 and not form_terms[0].bound:
        (term,) = form_terms
        # Only atoms that a power of -1 leaves polynomial: scalars and entries. The rest is a sum.
        if all(atom[0] in ("scalar", "entry") for atom in term.factors):
            return [Term(1 / term.coefficient, {a: -e for a, e in term.factors.items()}, {})]
    if any(bound[index][0] == "bound" for index in bound.keys() & base.free_symbols):
        return _terms(as_entry(1 / base), setting, bound)
    form = NormalForm(form_terms, setting)
    if len(form.terms) == 1:
        (term,) = form.terms.values()
        if not term.bound and all(atom[0] in ("scalar", "entry") for atom in term.factors):
            return [Term(1 / term.coefficient, {a: -e for a, e in term.factors.items()}, {})]
    if not form.terms:
        raise StatementError(f"a division by zero: {base}")
    return [Term(Fraction(1), {("inverse", form.key, form): 1}, {})]


def _copy(term: Term) -> Term:
    """A copy with bound indices renamed apart, so that a product of sums is a sum over pairs."""
    if not term.bound:
        return Term(term.coefficient, dict(term.factors), {})
    renaming = {index: ("bound", next(_counter)) for index in term.bound}
    return _rename(term, renaming)


def _rename(term: Term, renaming: Mapping[Index, Index]) -> Term:
    factors: dict[Atom, int] = {}
    for atom, exponent in term.factors.items():
        renamed = _rename_atom(atom, renaming)
        factors[renamed] = factors.get(renamed, 0) + exponent
    bound = {renaming.get(index, index): size for index, size in term.bound.items()}
    return Term(term.coefficient, {atom: exponent for atom, exponent in factors.items() if exponent}, bound)


def _rename_atom(atom: Atom, renaming: Mapping[Index, Index]) -> Atom:
    if atom[0] == "entry":
        return ("entry", atom[1], tuple(renaming.get(index, index) for index in atom[2]))
    if atom[0] == "delta":
        return ("delta", *sorted((renaming.get(index, index) for index in atom[1:]), key=repr))
    return atom


def _product(first: Term, second: Term) -> Term:
    second = _copy(second)
    factors = dict(first.factors)
    for atom, exponent in second.factors.items():
        factors[atom] = factors.get(atom, 0) + exponent
    return Term(
        first.coefficient * second.coefficient,
        {atom: exponent for atom, exponent in factors.items() if exponent},
        {**first.bound, **second.bound},
    )


def _multiply(groups: list[list[Term]]) -> list[Term]:
    result = [Term(Fraction(1), {}, {})]
    for group in groups:
        result = [_product(a, b) for a in result for b in group]
    return result


def _simplify(term: Term, setting: Setting) -> list[Term]:
    """Apply deltas, orthonormality, sums of ones and powers until none applies; a power can split a term."""
    term = Term(term.coefficient, {a: e for a, e in term.factors.items() if e}, dict(term.bound))
    while True:
        if not term.coefficient:
            return []
        outcome = _apply_delta(term)
        if outcome is None:
            outcome = _apply_orthonormality(term, setting)
        if outcome is not None:
            term = outcome
            continue
        split = _apply_powers(term, setting)
        if split is not None:
            return [simple for piece in split for simple in _simplify(piece, setting)]
        break
    used = {index for atom in term.factors for index in _indices(atom)}
    for index in [index for index in term.bound if index not in used]:
        size = term.bound.pop(index)
        atom: Atom = ("scalar", size)
        if size.is_Integer:
            term.coefficient *= int(size)
        else:
            term.factors[atom] = term.factors.get(atom, 0) + 1
            if not term.factors[atom]:
                del term.factors[atom]
    return [term]


def _indices(atom: Atom) -> tuple[Index, ...]:
    if atom[0] == "entry":
        return tuple(atom[2])
    if atom[0] == "delta":
        return tuple(atom[1:])
    return ()


def _apply_delta(term: Term) -> Term | None:
    for atom, exponent in term.factors.items():
        if atom[0] != "delta":
            continue
        _, first, second = atom
        rest = {a: e for a, e in term.factors.items() if a != atom}
        if first == second:
            return Term(term.coefficient, rest, term.bound)
        if first[0] == "constant" and second[0] == "constant":
            return Term(Fraction(0), rest, term.bound)
        for index, value in ((first, second), (second, first)):
            if index in term.bound:
                bound = {i: size for i, size in term.bound.items() if i != index}
                renamed = _rename(Term(term.coefficient, rest, {}), {index: value})
                return Term(renamed.coefficient, renamed.factors, bound)
        if exponent > 1:
            return Term(term.coefficient, {**rest, atom: 1}, term.bound)
        # Neither index is summed: the other factors speak of one of the two only, so that the form is canonical.
        if any(second in _indices(a) for a in rest):
            renamed = _rename(Term(term.coefficient, rest, {}), {second: first})
            factors = {**renamed.factors, atom: renamed.factors.get(atom, 0) + 1}
            return Term(renamed.coefficient, factors, term.bound)
    return None


def _apply_orthonormality(term: Term, setting: Setting) -> Term | None:
    for rule in setting.orthonormal:
        entries = [(a, e) for a, e in term.factors.items() if a[0] == "entry" and a[1] == rule.base]
        for summed in {a[2][rule.summed] for a, _ in entries}:
            if summed not in term.bound:
                continue
            carriers = [(a, e) for a, e in term.factors.items() if summed in _indices(a)]
            if sum(e for _, e in carriers) != 2 or any(a[0] != "entry" or a[1] != rule.base for a, _ in carriers):
                continue
            if any(e not in (1, 2) or a[2].count(summed) != 1 or a[2][rule.summed] != summed for a, e in carriers):
                continue
            rows = [tuple(i for p, i in enumerate(a[2]) if p != rule.summed) for a, e in carriers for _ in range(e)]
            factors = {a: e for a, e in term.factors.items() if summed not in _indices(a)}
            for first, second in zip(*rows, strict=True):
                delta: Atom = ("delta", *sorted((first, second), key=repr))
                factors[delta] = factors.get(delta, 0) + 1
            bound = {i: size for i, size in term.bound.items() if i != summed}
            return Term(term.coefficient, factors, bound)
    return None


def _apply_powers(term: Term, setting: Setting) -> list[Term] | None:
    """Join powers of the same base, and expand the whole part of the joint exponent."""
    by_base: dict[Key, list[tuple[Atom, int]]] = {}
    for atom, exponent in term.factors.items():
        if atom[0] == "power":
            by_base.setdefault(atom[1], []).append((atom, exponent))
    for group in by_base.values():
        form = group[0][0][2]
        joint = sympy.expand(sum(exponent * atom[3] for atom, exponent in group))
        whole = sympy.floor(joint.as_coeff_Add()[0])
        remainder = joint - whole
        if len(group) == 1 and group[0][1] == 1 and whole == 0 and remainder == group[0][0][3] and remainder != 0:
            continue
        rest = {a: e for a, e in term.factors.items() if a not in [atom for atom, _ in group]}
        if remainder != 0:
            rest[("power", form.key, form, remainder)] = 1
        pieces = [Term(term.coefficient, rest, dict(term.bound))]
        if whole >= 0:
            for _ in range(int(whole)):
                pieces = [_product(piece, other) for piece in pieces for other in form.terms.values()]
            return pieces
        if len(form.terms) == 1:
            (single,) = form.terms.values()
            if not single.bound and all(a[0] in ("scalar", "entry") for a in single.factors):
                inverse = Term(1 / single.coefficient, {a: -e for a, e in single.factors.items()}, {})
                for _ in range(-int(whole)):
                    pieces = [_product(piece, inverse) for piece in pieces]
                return pieces
        inverse_atom: Atom = ("inverse", form.key, form)
        return [_product(piece, Term(Fraction(1), {inverse_atom: -int(whole)}, {})) for piece in pieces]
    return None


def _canonical_key(term: Term) -> Key:
    """The same for all renamings of the bound indices, and for no two different terms.

    Bound indices that share no factor belong to sums that multiply: each such sum has a key of its own, and the
    order of the sums does not matter.
    """
    unbound = {atom: exponent for atom, exponent in term.factors.items() if not set(_indices(atom)) & term.bound.keys()}
    if not term.bound:
        return (_written(unbound, {}), ())
    parts = [_component_key(term, indices) for indices in _components(term)]
    return (_written(unbound, {}), tuple(sorted(parts, key=repr)))


def _components(term: Term) -> list[set[Index]]:
    """Bound indices, grouped by whether a chain of factors links them."""
    groups: list[set[Index]] = [{index} for index in term.bound]
    for atom in term.factors:
        linked = {index for index in _indices(atom) if index in term.bound}
        touched = [group for group in groups if group & linked]
        if len(touched) > 1:
            groups = [group for group in groups if not group & linked] + [set().union(*touched)]
    return groups


def _component_key(term: Term, indices: set[Index]) -> Key:
    """Least writing of one sum over all namings of its indices that their roles do not tell apart."""
    factors = {atom: exponent for atom, exponent in term.factors.items() if set(_indices(atom)) & indices}
    sizes = {index: _identity(term.bound[index]) for index in indices}

    def refine(colours: dict[Index, Any]) -> dict[Index, int]:
        while True:
            signature = {
                index: repr(
                    (
                        colours[index],
                        sorted(
                            repr((_coloured(atom, colours, index), exponent))
                            for atom, exponent in factors.items()
                            if index in _indices(atom)
                        ),
                    )
                )
                for index in indices
            }
            ranks = {value: rank for rank, value in enumerate(sorted(set(signature.values())))}
            refined = {index: ranks[signature[index]] for index in indices}
            if len(ranks) == len(set(map(repr, colours.values()))):
                return refined
            colours = refined

    def search(colours: dict[Index, Any]) -> Key:
        refined = refine(colours)
        classes: dict[int, list[Index]] = {}
        for index, colour in refined.items():
            classes.setdefault(colour, []).append(index)
        tied = next((classes[colour] for colour in sorted(classes) if len(classes[colour]) > 1), None)
        if tied is None:
            numbering: dict[Index, Index] = {index: ("bound", colour) for index, colour in refined.items()}
            return (
                _written(factors, numbering),
                tuple(sorted((number, sizes[index]) for index, number in numbering.items())),
            )
        # Give each of the tied indices a role of its own in turn; the least outcome does not depend on the order.
        return min((search({**refined, chosen: -1}) for chosen in tied), key=repr)

    return search(dict(sizes))


def _coloured(atom: Atom, colours: Mapping[Index, Any], marked: Index) -> Any:
    def colour(index: Index) -> Any:
        return "*" if index == marked else colours.get(index, index)

    if atom[0] == "entry":
        return ("entry", _identity(atom[1]), tuple(colour(index) for index in atom[2]))
    return ("delta", sorted(repr(colour(index)) for index in atom[1:]))


def _written(factors: Mapping[Atom, int], numbering: Mapping[Index, Index]) -> Key:
    parts = []
    for atom, exponent in factors.items():
        renamed = _rename_atom(atom, numbering)
        if renamed[0] == "power":
            renamed = ("power", renamed[1], repr(renamed[3]))
        elif renamed[0] == "inverse":
            renamed = ("inverse", renamed[1])
        elif renamed[0] == "entry":
            renamed = ("entry", _identity(renamed[1]), renamed[2])
        elif renamed[0] == "scalar":
            renamed = ("scalar", _identity(renamed[1]))
        parts.append((renamed, exponent))
    return tuple(sorted(parts, key=repr))
