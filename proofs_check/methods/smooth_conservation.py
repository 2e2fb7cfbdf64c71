"""What does not change along gradient flow, for quantities and losses that are no polynomials."""

from __future__ import annotations

from dataclasses import dataclass

from proofs_check.methods.conservation import Conservation
from theory.language.directional_derivative import smooth_gradient_is, smooth_rate_is_zero


@dataclass(frozen=True)
class SmoothConservation(Conservation):
    """As for polynomials, with derivatives along lines in place of coefficients."""

    gradient_is = staticmethod(smooth_gradient_is)
    rate_is_zero = staticmethod(smooth_rate_is_zero)
    axioms: tuple[str, ...] = ("calculus", "constant")
