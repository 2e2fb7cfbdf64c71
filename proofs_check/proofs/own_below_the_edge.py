"""Proof from the curvatures along single weights, which `eta S <= 2` bounds, and from what they decide."""

from proofs_check.engine.proof import Step, fact
from proofs_check.methods.combination import Combination
from proofs_check.proofs import established, taken_over
from theory.language.statement import Statement
from theory.setting.symbols import eta, layers
from theory.statements.own_shrinking_weights import STATEMENT as SHRINKING

_j = layers.index(set())


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    below = fact("below-the-edge")
    return [
        taken_over("own-curvatures", "first-layer", "first-curvature"),
        taken_over("own-curvatures", "later-layers", "later-curvatures"),
        _rate("first-layer-rate", Combination(below + eta * fact("first-curvature"))),
        _rate("later-layer-rates", Combination(below + eta * fact("later-curvatures", _j))),
        *(Step(name, claim, established("own-shrinking-weights", name)) for name, claim in statement.claims.items()),
    ]


def _rate(name: str, method: Combination) -> Step:
    claim = SHRINKING.hypotheses[name]
    return Step(name, claim, method)  # type: ignore[arg-type]  # both are relations
