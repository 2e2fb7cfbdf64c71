"""Section 3: the Hessian of the two-layer loss, in the weights themselves."""

from sympy import Symbol

from theory.formulas import model
from theory.language.calculus import along_line, coefficient
from theory.language.indexed import IndexedArray
from theory.language.relations import equal
from theory.language.statement import Statement
from theory.setting.symbols import X, features, u, v, y

FIRST, SECOND = IndexedArray.named("a", features), Symbol("b", real=True)
_first, _border, _corner = model.two_layer_hessian_blocks(X, y, u, v)
_moved = model.loss(X, y, *along_line((u, v), (FIRST, SECOND)))

STATEMENT = Statement(
    id="sec-3.hessian-two-layer",
    title="Hessian of the two-layer loss",
    source="Section 3.1; the Hessian in the proof of Lemma B.3",
    hypotheses={},
    claims={
        "quadratic-form": equal(
            2 * coefficient(_moved, 2),
            FIRST @ (_first @ FIRST) + 2 * SECOND * (_border @ FIRST) + SECOND**2 * _corner,
        ),
    },
    variables={"a, b": "any direction in the weights (u, v)", "epsilon": "step along it"},
    remark="The quadratic form along every direction is the Hessian's; any data, labels and weights.",
)
