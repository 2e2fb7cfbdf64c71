"""A combination in which expectations are worked out: linearity, and the moments of normal numbers."""

from __future__ import annotations

from dataclasses import dataclass

from proofs_check.engine.normal_form import Setting
from proofs_check.engine.proof import State
from proofs_check.engine.random_variables import with_expectations
from proofs_check.methods.combination import Combination


@dataclass(frozen=True)
class Moments(Combination):
    """As a combination, with `E[...]` opened on both sides and in the facts that the gap marks.

    Attributes:
        means: names of facts `E[f] = value` that are used for the expectation of a product that is no polynomial.
    """

    means: tuple[str, ...] = ()

    axioms: tuple[str, ...] = ("expectation", "gaussian")

    @property
    def name(self) -> str:
        """It rests on axioms, whether or not there is a gap."""
        return "axiom"

    @property
    def uses(self) -> frozenset[str]:
        """The facts of the combination, and the established expectations."""
        return super().uses | frozenset(self.means)

    def setting(self, state: State) -> Setting:
        """What the normal form may use, with expectations opened."""
        return with_expectations(super().setting(state), state, self.means)
