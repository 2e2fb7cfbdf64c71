"""How expressions are printed: the paper's abbreviations for sums that it has a letter for."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from functools import cache, lru_cache

from sympy import Add, Expr, Indexed, IndexedBase, Product, Symbol

from theory.formulas.deep_model import layer_product, product_of_other_pairs, product_of_others
from theory.formulas.imbalance import step_terms
from theory.language.calculus import Coefficient
from theory.language.indexed import FamilySymbol
from theory.language.relations import Relation
from theory.printing.typesetting import typeset
from theory.printing.vectors import in_vectors, inner_product, norm_squared
from theory.setting.hypotheses import squared_projection
from theory.setting.symbols import X, later_layers, spectrum, u, v, y

_PRODUCT, _OTHERS = Symbol("P", real=True), IndexedBase(Symbol("P_other", real=True))
_PUT_IN = {"Q": False, "P": False, "T_a": False, "T_b": False, "P_other": True, "g": True, "z": True}
"""Letters that printing puts in, and whether they have indices."""
_TERMS = step_terms(X, y, u, v)
_GRADIENT = X.T @ ((X @ u) * v - y)
_RESIDUAL = IndexedBase(Symbol("z", real=True))

_ABBREVIATIONS: dict[Expr, Expr] = {
    spectrum.difficulty: Symbol("Q", positive=True),
    spectrum.label_norm_squared: norm_squared("y"),
    squared_projection(): norm_squared(r"\Pi_W u"),
    # Theorem 5.9, with g = X^T z.
    _GRADIENT.expression: Indexed(IndexedBase(Symbol("g", real=True)), *_GRADIENT.indices),
    _TERMS.full_batch_first: norm_squared("g"),
    _TERMS.full_batch_second.base: inner_product("u", "g"),
    _TERMS.single_sample_first: Symbol("T_a", real=True),
    _TERMS.single_sample_second: Symbol("T_b", real=True),
}


@lru_cache(maxsize=1 << 12)  # hypotheses, claims and steps share their sides
def latex(expression: Expr) -> str:
    """LaTeX of an expression, with `Q` for the difficulty, `||y||` for the norm of the labels, `z` for the residual.

    Examples:
        >>> latex(spectrum.difficulty + 1)
        'Q + 1'
    """
    return typeset(_short(expression))


def abbreviations_in(relations: Iterable[Relation]) -> dict[str, str]:
    r"""The letters that the printing of relations puts in, each with what it stands for, in LaTeX.

    Examples:
        >>> from theory.language.relations import equal
        >>> abbreviations_in([equal(spectrum.difficulty, 1)])
        {'Q': '\\sum_{i=1}^{r} \\frac{d_{i}^{2}}{s_{i}^{2}}'}
    """
    names: set[str] = set()
    own: set[str] = set()
    for relation in relations:
        for side in (relation.left, relation.right):
            short = _short(side)
            names |= {symbol.name for symbol in short.atoms(Symbol) - side.atoms(Symbol)}
            own |= {symbol.name for symbol in side.atoms(Symbol) if not symbol.is_integer}
            names |= {"[coefficient]"} if side.has(Coefficient) else set()
    used = ((letter, long) for pattern, letter, long in _legend() if any(re.search(pattern, name) for name in names))
    return {letter: long for letter, long in used if letter not in own}


def ambiguous_letters(sides: Iterable[Expr]) -> list[str]:
    """Names of letters of expressions that their printing puts in for something else too, so that none can tell which.

    Examples:
        >>> ambiguous_letters([spectrum.difficulty - Symbol("Q")]), ambiguous_letters([spectrum.difficulty])
        (['Q'], [])
    """
    sides = list(sides)
    letters = set[Symbol]().union(*(side.atoms(Symbol) for side in sides))
    own = [one for one in sorted(letters, key=str) if one.name in _PUT_IN and not one.is_integer]
    own = [one for one in own if isinstance(one, FamilySymbol) is _PUT_IN[one.name]]
    apart = {one: _apart(one, place) for place, one in enumerate(own)}
    names: set[str] = set()
    for side in (side.xreplace(apart) for side in sides if own):
        names |= {one.name for one in _short(side).atoms(Symbol) - side.atoms(Symbol)}
    return [one.name for one in own if any(re.search(rf"(?<![\w\\]){one.name}(?![\w'])", name) for name in names)]


def _apart(letter: Symbol, place: int) -> Symbol:
    """A letter in another's place that nothing is printed for."""
    name = f"apart{place}"
    if isinstance(letter, FamilySymbol):
        return FamilySymbol(name, letter.axes, letter.chain, real=True)
    return Symbol(name, real=True)


@cache
def _legend() -> list[tuple[str, str, str]]:
    """Patterns that find a letter in LaTeX, each with the letter and what it stands for."""
    full = {short: typeset(in_vectors(long)) for long, short in _ABBREVIATIONS.items()}
    norm = r"\left\|{\Pi_W u}\right\|"
    index = later_layers.indices[0]
    return [
        ("^Q$", "Q", full[Symbol("Q", positive=True)]),
        (re.escape(r"\left\|{y}\right\|"), r"\|y\|^2", full[norm_squared("y")]),
        (re.escape(norm), r"\|\Pi_W u\|^2", full[norm_squared(r"\Pi_W u")]),
        (r"(?<![a-zA-Z\\])z(?!')", "z", "f - y"),
        (r"(?<![a-zA-Z\\])g(?!')", "g", r"X^{\top} z"),
        ("^T_a$", "T_a", typeset(in_vectors(_TERMS.single_sample_first, _residual))),
        ("^T_b$", "T_b", typeset(in_vectors(_TERMS.single_sample_second, _residual))),
        ("^P$", "P", typeset(layer_product(later_layers))),
        ("^P_other$", rf"P_{{\setminus {index}}}", r"\prod_{g \neq j} v_{g}"),
        (r"^\[coefficient\]$", r"[\epsilon^k]\,p", r"\text{coefficient of } \epsilon^k \text{ in } p"),
    ]


@lru_cache(maxsize=1 << 12)
def _short(expression: Expr) -> Expr:
    """The expression with the paper's letters in place of sums and products, in vectors."""
    products = {product: _product_letter(product) for product in expression.atoms(Product)}
    return in_vectors(expression.xreplace(_ABBREVIATIONS | products), _residual)


def _residual(added: Add) -> Expr:
    """`z_n` for `v (X u)_n - y_n`, and for the same with the product of the later layers."""
    labels = [part for part in added.args if part.could_extract_minus_sign() and isinstance(-part, Indexed)]
    if len(added.args) == 2 and len(labels) == 1 and len((-labels[0]).indices) == 1:
        (index,) = (-labels[0]).indices
        output = in_vectors((X @ u).at(index))
        if -labels[0] == y.at(index) and added.args[1 - added.args.index(labels[0])] in (v * output, _PRODUCT * output):
            return Indexed(_RESIDUAL, index)
    return added


@cache
def _product_letter(product: Product) -> Expr:
    """`P` for the product of the later layers, `P_other[j]` for that of all but one, `P_other[j, k]` but two."""
    form = product.as_dummy()
    if form == layer_product(later_layers).as_dummy():
        return _PRODUCT
    indices = sorted((symbol for symbol in product.free_symbols if symbol.is_integer), key=str)
    for index in indices:
        if form == product_of_others(later_layers).at(index).as_dummy():
            return Indexed(_OTHERS, index)
    for pair in itertools.permutations(indices, 2):
        if form in {other.as_dummy() for other in product_of_other_pairs(later_layers).at(*pair).atoms(Product)}:
            return Indexed(_OTHERS, *sorted(pair, key=str))
    return product
