"""How expressions are printed: the paper's abbreviations for sums that it has a letter for."""

from __future__ import annotations

import re

import sympy
from sympy import Expr, Indexed, IndexedBase, Product, Symbol

from theory.deep_model import layer_product, product_of_others
from theory.hypotheses import squared_projection
from theory.imbalance import step_terms
from theory.symbols import X, later_layers, spectrum, u, v, y

_PRODUCT, _OTHERS = Symbol("P", real=True), IndexedBase(Symbol("P_other", real=True))
_TERMS = step_terms(X, y, u, v)
_GRADIENT = X.T @ ((X @ u) * v - y)


def _norm_squared(name: str) -> Expr:
    return Symbol(rf"\left\|{{{name}}}\right\|", positive=True) ** 2


_ABBREVIATIONS: dict[Expr, Expr] = {
    spectrum.difficulty: Symbol("Q", positive=True),
    spectrum.label_norm_squared: _norm_squared("y"),
    squared_projection(): _norm_squared(r"\Pi_W u"),
    # Theorem 5.9, with g = X^T z.
    _GRADIENT.expression: Indexed(IndexedBase(Symbol("g", real=True)), *_GRADIENT.indices),
    _TERMS.full_batch_first: _norm_squared("g"),
    _TERMS.full_batch_second.base: Symbol("{u^T g}", real=True),
    _TERMS.single_sample_first: Symbol("T_a", real=True),
    _TERMS.single_sample_second: Symbol("T_b", real=True),
}


def latex(expression: Expr) -> str:
    """LaTeX of an expression, with `Q` for the difficulty and `||y||` for the norm of the labels.

    Examples:
        >>> latex(spectrum.difficulty + 1)
        'Q + 1'
    """
    return str(sympy.latex(_short(expression)))


def plain_text(expression: Expr) -> str:
    """The same as plain text."""
    text = re.sub(r"\\left\\\|\{(.*?)\}\\right\\\|", r"||\1||", str(_short(expression)))
    return re.sub(r"\{(.*?)\}", r"(\1)", text).replace("\\", "")


def _short(expression: Expr) -> Expr:
    """The expression with the paper's letters in place of sums and products."""
    products = {product: _product_letter(product) for product in expression.atoms(Product)}
    return expression.xreplace(_ABBREVIATIONS | products)


def _product_letter(product: Product) -> Expr:
    """`P` for the product of the later layers, `P_other[j]` for that of all but one; any other product as it is."""
    form = product.as_dummy()
    if form == layer_product(later_layers).as_dummy():
        return _PRODUCT
    for index in product.free_symbols:
        if index.is_integer and form == product_of_others(later_layers).at(index).as_dummy():
            return Indexed(_OTHERS, index)
    return product
