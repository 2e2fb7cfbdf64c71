"""Proof: `lambda_1 rho = R <= eta S <= 4`, and then the ball is kept."""

from proofs_check.engine.proof import Step, fact
from proofs_check.methods.combination import Combination
from proofs_check.proofs import established
from proofs_check.proofs.own_size_sharpness import zero_coefficients
from theory.language.relations import at_most
from theory.language.statement import Statement
from theory.setting.symbols import s, v
from theory.statements.own_radius_sharpness import COEFFICIENTS, PULL
from theory.statements.own_radius_sharpness import STATEMENT as RADIUS


def proof(statement: Statement) -> list[Step]:
    """Steps from the hypotheses to every claim."""
    claims = statement.claims
    return [
        zero_coefficients(),
        Step(
            "pull",
            at_most(0, PULL),
            Combination(s[0] * v**2 * COEFFICIENTS[0] ** 2, rewrite=("zero-coefficients",)),
        ),
        Step("radius", RADIUS.claims["lower"], established("own-radius-sharpness", "lower")),
        Step(
            "inside",
            claims["inside"],
            Combination(fact("radius") + fact("below-four"), rewrite=("weights-in-top-mode",)),
        ),
        *(Step(name, claims[name], established("own-zero-labels", name)) for name in ("never-grows", "kept")),
    ]
