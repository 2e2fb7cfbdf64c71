"""Theorem 5.6: expected sharpness at a random initialization of the two-layer model."""

from sympy import Symbol

from theory.bounds import initialization
from theory.language.expectation import Mean
from theory.language.relations import at_most
from theory.language.statement import Initialization, Statement
from theory.setting.hypotheses import DECOMPOSITION, two_layer_sharpness
from theory.setting.symbols import S, spectrum, u, v

ALPHA, BETA = Symbol("alpha", positive=True), Symbol("beta", positive=True)
BOUNDS = initialization(spectrum, ALPHA, BETA)

STATEMENT = Statement(
    id="thm-5.6",
    title="Expected sharpness at initialization",
    source="Theorem 5.6, proof in Appendix B.6; Assumption 5.5",
    hypotheses={
        **DECOMPOSITION,
        "sharpness": two_layer_sharpness(),
        "initialization": Initialization(((u, ALPHA), (v, BETA)), functions=(S,)),
    },
    claims={"lower": at_most(BOUNDS.lower, Mean(S)), "upper": at_most(Mean(S), BOUNDS.upper)},
    depends=("lem-b.3",),
    variables={"alpha": "standard deviation of the entries of u", "beta": "standard deviation of v"},
    remark=(
        "The lower bound with its last term, (alpha beta / (alpha + beta))^2, which the paper's proof allows itself to "
        "drop; without it the bound is weaker and holds too. Labels may be zero."
    ),
)
