"""What binds the weights of a loss, and how their entries are spoken of."""

from __future__ import annotations

from dataclasses import dataclass

from proofs_check.kernel.printing.text import APPLIED, Text, whole


@dataclass(frozen=True)
class Weights:
    """What weights of a loss are called: a vector, or matrices in a row of them, with numbers of those before."""

    name: str
    before: tuple[str, ...] | None = None

    def at(self, places: list[str]) -> Text:
        """The entry at indices: the layer first in a family of matrices."""
        if self.before is None:
            return Text(f"{self.name} {places[0] if places else '0%nat'}", APPLIED)  # a number is a vector of one
        layers, inside = places[:-2], (places[-2:] + ["0%nat"] * 2)[:2]  # a vector is a matrix of one column
        return Text(" ".join([self.name, whole([*self.before, *layers]), *inside]), APPLIED)


WEIGHTS: tuple[Weights, ...] = (Weights("u_"), Weights("v_"))
"""What binds the weights of a loss, a first layer and a row of later layers: no letter is called so."""

LAYERS = "w_"
"""What binds the weights of a loss of matrices; its layers are `w_ 0%nat`, `w_ 1%nat`, ..."""
