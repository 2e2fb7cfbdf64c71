"""LaTeX of the names of scalars and families, and the label of a matrix applied to a vector."""

from __future__ import annotations

from sympy import Symbol


class Composite(Symbol):  # type: ignore[misc]
    """Label of a family that is a matrix applied to a vector.

    Attributes:
        latex: the vector as a whole; empty where only its entries are written.
        matrix: the matrix's label.
        vector: what it is applied to, in LaTeX.
        chain: whether there is one entry more, as the matrix is a chain of rows.
    """

    latex: str
    matrix: Symbol
    vector: str
    chain: bool

    @property
    def by_rows(self) -> bool:
        """Whether entries are written as products of a row, `w_i^T u`, not as entries of a product, `(X u)_n`."""
        return not self.latex


_GREEK = {
    *("alpha", "beta", "gamma", "delta", "epsilon", "eta", "theta", "kappa", "lambda", "mu", "nu", "pi", "rho"),
    *("sigma", "tau", "phi", "omega", "Omega", "Phi"),
}


def letter(name: str) -> str:
    r"""LaTeX of a scalar's or an index's name: `x_t` is `x_{t}`, `k1` is `k_{1}`, `y_1` is `y^{(1)}`.

    Examples:
        >>> letter("x_t"), letter("k1"), letter("eta"), letter("S_deep")
        ('x_{t}', 'k_{1}', '\\eta', 'S_{\\mathrm{deep}}')
    """
    base, subscript = _parts(name)
    if "_" in name and subscript.isdigit() and subscript != "0":  # `y_{1}` is the first entry of a family
        return f"{base}^{{({subscript})}}"
    return base if not subscript else f"{base}_{{{subscript}}}"


def family_letter(name: str) -> str:
    r"""LaTeX of a family's name, to which indices are added: what follows an underscore stands raised in parentheses.

    Examples:
        >>> family_letter("u_0"), family_letter("X'")
        ('u^{(0)}', "X'")
    """
    base, subscript = _parts(name)
    return base if not subscript else f"{base}^{{({subscript})}}"


def _parts(name: str) -> tuple[str, str]:
    stem = name.rstrip("'")
    primes = name[len(stem) :]
    base, _, subscript = stem.partition("_")
    if not subscript and len(base) > 1 and base not in _GREEK:
        subscript = base.lstrip("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
        base = base[: len(base) - len(subscript)]
    shown = rf"\{base}" if base in _GREEK else base if len(base) == 1 else rf"\mathrm{{{base}}}"
    if len(subscript) > 1 and not subscript.isdigit():
        subscript = rf"\{subscript}" if subscript in _GREEK else rf"\mathrm{{{subscript}}}"
    return shown + primes, subscript
