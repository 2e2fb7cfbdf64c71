"""d_1, read as a number of the data: where the largest singular value is tied, it is one of the chosen basis."""

from theory.language.erratum import Erratum
from theory.language.indexed import IndexedArray
from theory.language.relations import equal
from theory.language.statement import Orthonormal, Statement
from theory.setting.hypotheses import DECOMPOSITION
from theory.setting.symbols import X, features, label_coefficients, modes, s, samples, y

OTHER_E = IndexedArray.named("e'", modes, samples)
OTHER_W = IndexedArray.named("w'", modes, features)
OTHER_D = IndexedArray.named("d'", modes)

LITERAL = Statement(
    id="err-4.3",
    title="The lower bound's d_1 is a number of the data",
    source="Theorem 4.3, the lower bound; likewise Theorems 4.6 and 5.7",
    hypotheses={
        **DECOMPOSITION,
        "other-svd": equal(X, OTHER_E.T @ OTHER_W.scaled_rows(s)),
        "other-labels": equal(y, OTHER_D @ OTHER_E),
        "other-left-orthonormal": Orthonormal(OTHER_E),
        "other-right-orthonormal": Orthonormal(OTHER_W),
    },
    claims={"one-value": equal(label_coefficients[0] ** 2, OTHER_D[0] ** 2)},
    variables={
        "e', w'": "another singular value decomposition of the same data",
        "d'": "the label coefficients in it",
    },
)

ERRATUM = Erratum(
    literal=LITERAL,
    sentence="d_1 is the projection of the labels on the first left singular vector.",
    true_form=("thm-4.3", "thm-4.6", "thm-5.7"),
    remark=(
        "True where s_1 > s_2. Where s_1 is tied there are as many d_1 as bases of its space; the bounds hold for "
        "each, and the best of them has as d_1^2 the squared length of the projection of y on that space, which is a "
        "number of the data. That is the d_1^2 that is computed here."
    ),
)
