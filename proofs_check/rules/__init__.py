"""The kernel: every rule by which a theorem is made, and nothing else.

`theorem` has the values, `logic` what holds of every formula, `normal_form` and `equality` when two terms are equal,
`order` signs and comparisons, `induction` on the size of an axis, `chains` from each entry to the next, `calculus`
derivatives and gradient flow, `expectation` chance, `sharpness` the top eigenvalue of a Hessian.
"""

from proofs_check.rules import calculus, chains, equality, expectation, induction, logic, order, sharpness
from proofs_check.rules.theorem import RuleError, Theorem, rules
from theory.language import sealed

sealed.close(*(f"{__name__}.{one}" for one in ("theorem", "logic", "normal_form", "equality", "order", "induction")))
sealed.close(*(f"{__name__}.{one}" for one in ("chains", "calculus", "expectation", "sharpness")))
sealed.close(*(f"theory.language.{one}" for one in ("terms", "substitution", "formulas")), sealed.__name__, __name__)

__all__ = [
    "RuleError",
    "Theorem",
    "calculus",
    "chains",
    "equality",
    "expectation",
    "induction",
    "logic",
    "order",
    "rules",
    "sharpness",
]
