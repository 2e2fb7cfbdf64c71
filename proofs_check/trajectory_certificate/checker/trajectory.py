"""The trajectory on data given by their spectrum, in weights c_i along the right singular vectors: `A = diag(s)`."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from proofs_check.trajectory_certificate.checker.descent import Descent, Number, dot


@dataclass
class Trajectory(Descent):
    """The weights of one run on a spectrum: singular values s and label coefficients d."""

    s: list[Number]
    d: list[Number]

    def look(self) -> None:
        """Multiply P, the `s_i c_i`, and the outputs `s_i c_i P`."""
        super().look()
        self.f = [s * c for s, c in zip(self.s, self.c, strict=True)]
        self.outputs = [f * self.P for f in self.f]

    def forms(self) -> tuple[Number, Number]:
        """`sum_i (s_i c_i)^2` and `sum_i s_i c_i d_i`."""
        return dot(self.f, self.f), dot(self.f, self.d)

    def squares(self) -> Number:
        """`sum_i (s_i c_i P - d_i)^2`."""
        residuals = [output - d for output, d in zip(self.outputs, self.d, strict=True)]
        return dot(residuals, residuals)

    def escape_side(self) -> int:
        """Tell by its sign whether the weights are in the region that they never leave again.

        There `h (b^2 - sum_i d_i^2) > 6 w^2` for w = c_1 and every w = v_j, with `b = s_1 c_1 P`; every later step at
        least doubles these weights (`theory/formulas/escape.py`; for two layers the statement own-escape).
        """
        b, least = self.outputs[0], 1
        room = self.h * (b * b - self.label_norm_squared)
        for w in (*self.v, self.c[0]):
            least = min(least, (room - (w * w).times(6)).sign())
            if least < 0:
                break
        return least

    def floor_exceeds(self, quantity: str, level: Fraction) -> bool:
        """Whether, in the escape region, the quantity is above the level now and for ever.

        The loss is at least `(b^2/2 - sum_i d_i^2) / (2N)`, the sharpness at least `s_1^2 P^2 / N`, and both grow.
        """
        if quantity == "sharpness":
            floor = self.s[0] * self.s[0] * self.P * self.P * self.of(Fraction(1, self.n))
        else:
            b = self.outputs[0]
            floor = (b * b * self.of(Fraction(1, 2)) - self.label_norm_squared) * self.of(Fraction(1, 2 * self.n))
        return bool((floor - self.of(level)).sign() > 0)
