"""Proof: `lambda_1 rho = R <= eta S <= 4`, and then the ball is kept."""

from proofs_check.engine.proof import Step, fact
from proofs_check.methods.combination import Combination
from proofs_check.proofs import claims_of, established, taken_over
from proofs_check.proofs.own_size_sharpness import zero_coefficients
from theory.language.relations import at_most
from theory.language.statement import Statement
from theory.setting.symbols import s, v
from theory.statements.own_radius_sharpness import COEFFICIENTS, PULL


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claim = claims_of(statement)
    return [
        zero_coefficients(),
        Step(
            "pull",
            at_most(0, PULL),
            Combination(s[0] * v**2 * COEFFICIENTS[0] ** 2, rewrite=("zero-coefficients",)),
        ),
        taken_over("own-radius-sharpness", "lower", "radius"),
        claim("inside", Combination(fact("radius") + fact("below-four"), rewrite=("weights-in-top-mode",))),
        *(claim(name, established("own-zero-labels", name)) for name in ("never-grows", "kept")),
    ]
