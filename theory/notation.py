"""How expressions are printed: the paper's abbreviations for sums that it has a letter for."""

from __future__ import annotations

import sympy
from sympy import Expr, Indexed, IndexedBase, Product, Symbol

from theory.deep_model import layer_product, product_of_others
from theory.symbols import later_layers, spectrum

_PRODUCT, _OTHERS = Symbol("P", real=True), IndexedBase(Symbol("P_other", real=True))

_ABBREVIATIONS: dict[Expr, Expr] = {
    spectrum.difficulty: Symbol("Q", positive=True),
    spectrum.label_norm_squared: Symbol(r"\left\|y\right\|", positive=True) ** 2,
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
    shown = _short(expression)
    return str(shown).replace(r"\left\|y\right\|", "||y||")


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
