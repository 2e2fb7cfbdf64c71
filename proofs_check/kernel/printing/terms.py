"""Terms in Coq.

The language is total, and so is Coq's: `/ 0 = 0` and `sqrt x = 0` for `x < 0` in both. Indices begin at 0 in Coq.
"""

from __future__ import annotations

from proofs_check.kernel.printing.names import Names, NotInCoq
from proofs_check.kernel.printing.text import APPLIED, ATOM, OPPOSITE, PRODUCT, RAISED, SUM, Text, whole
from proofs_check.kernel.printing.trees import Tree, tree_of
from proofs_check.kernel.printing.weights import Weights
from theory.language.terms import END, FIRST, OUTCOME, REAL, Axis, Sort, Term, family


class TermPrinter:
    """Prints terms in one statement's names."""

    def __init__(self, names: Names) -> None:
        self.names = names

    def term(self, term: Term, inside: list[str], weights: tuple[Weights, ...] = ()) -> Text:
        """A term inside binders of these names, the innermost last; a loss also in its weights.

        Raises:
            NotInCoq: something in it has no meaning in Coq yet.
        """
        return self._tree(tree_of(term), inside, weights)

    def _tree(self, tree: Tree, inside: list[str], weights: tuple[Weights, ...]) -> Text:
        def part(level: int, place: int = 0) -> str:
            return self._tree(tree.parts[place], inside, weights).within(level)

        data = tree.data
        match tree.constructor:
            case "Num" if data.denominator == 1:
                return Text(str(data))
            case "Num":
                return Text(f"{data.numerator} / {data.denominator}", PRODUCT)
            case "Size":
                return Text(f"INR {self.names.axes[data]}", APPLIED)
            case "bound":
                return Text(inside[-1 - data])
            case "Entry" | "next entry":
                return self._entry(tree, inside, weights)
            case "Add":
                return Text(f"{part(SUM)} + {part(PRODUCT, 1)}", SUM)
            case "Sub":
                right = part(PRODUCT, 1)  # a sum over an axis reaches as far as a product does
                return Text(f"{part(SUM)} - {right[1:-1] if tree.parts[1].constructor == 'Total' else right}", SUM)
            case "Mul":
                return Text(f"{part(PRODUCT)} * {part(RAISED, 1)}", PRODUCT)
            case "Div":
                return Text(f"{part(PRODUCT)} / {part(RAISED, 1)}", PRODUCT)
            case "Opp":
                return Text(f"- {part(RAISED)}", OPPOSITE)
            case "Pow":
                return Text(f"{part(APPLIED)} ^ {data}", RAISED)
            case "Inv":
                return Text(f"/ {part(RAISED)}", OPPOSITE)
            case "Root":
                return Text(f"sqrt {part(ATOM)}", APPLIED)
            case "RealPower":
                return Text(f"real_power {part(ATOM)} {part(ATOM, 1)}", APPLIED)
            case "Apply":
                name = {"exp": "exp", "log": "ln"}.get(data) or self.names.functions[data]
                return Text(f"{name} {part(ATOM)}", APPLIED)
            case "Delta":
                return Text(" ".join(["delta", *(self._place(one, inside) for one in tree.indices)]), APPLIED)
            case "Total":
                name, body = self._bound(tree, data, inside, weights)
                return Text(f"(∑ {name} < {self.names.axes[data]}, {body.within(PRODUCT)})")
            case "Product":
                name, body = self._bound(tree, data, inside, weights)
                return Text(f"Prod {self.names.axes[data]} (fun {name} => {body.words})", APPLIED)
            case "coefficient" | "derivative":
                name, body = self._bound(tree, REAL, inside, weights)
                function = f"(fun {name} => {body.words})"
                if tree.constructor == "coefficient":
                    return Text(f"coefficient {data} {function}", APPLIED)
                return Text(f"Derive {function} {part(ATOM, 1)}", APPLIED)
            case "mean":
                name, body = self._bound(tree, OUTCOME, inside, weights)
                return Text(f"expected_value {self.names.chance[1]} (fun {name} => {body.words})", APPLIED)
        raise NotInCoq(f"{tree.constructor} has no meaning in Coq yet")

    def _bound(self, tree: Tree, sort: Sort, inside: list[str], weights: tuple[Weights, ...]) -> tuple[str, Text]:
        """A name for the variable that an operator binds, and its body."""
        name = self.names.index(sort, inside)
        return name, self._tree(tree.parts[0], [*inside, name], weights)

    def function(self, body: Term, inside: list[str]) -> str:
        """A term as a function of the real number that is bound in it."""
        name = self.names.index(REAL, inside)
        return f"(fun {name} => {self.term(body, [*inside, name]).words})"

    def _place(self, index: int | Term, inside: list[str]) -> str:
        """An index of an entry or a delta, which is bound or at an end."""
        if isinstance(index, int):
            return inside[-1 - index]
        return "0%nat" if index.head == FIRST else f"({self.size(index.sort)} - 1)%nat"

    def _entry(self, tree: Tree, inside: list[str], weights: tuple[Weights, ...]) -> Text:
        letter, places = tree.data, [self._place(one, inside) for one in tree.indices]
        if letter.kind == "weight":
            return weights[int(letter.name)].at(places)
        if letter.kind == "next":
            at_end = isinstance(tree.indices[0], Term) and tree.indices[0].head == END
            places[0] = self.size(letter.sorts[0]) if at_end else whole(["1", places[0]])
        return Text(" ".join([self.names.letters[family(letter)], *places]), APPLIED if places else ATOM)

    def size(self, sort: Sort) -> str:
        """What the size of an axis is called."""
        assert isinstance(sort, Axis)
        return self.names.axes[sort]
