"""Sentences in Coq: formulas, and that a random letter is measurable."""

from __future__ import annotations

import itertools
import re

from proofs_check.kernel.printing.names import Names, NotInCoq
from proofs_check.kernel.printing.terms import TermPrinter
from proofs_check.kernel.printing.text import ATOM
from proofs_check.kernel.printing.weights import LAYERS, WEIGHTS, Weights
from theory.language import terms
from theory.language.formulas import COMPARISONS, Formula, Kind
from theory.language.terms import OUTCOME, Axis, Letter, Sort, Term


class SentencePrinter:
    """Prints formulas in one statement's names."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._terms = TermPrinter(names)

    def formula(self, formula: Formula) -> str:
        """A sentence, for all values of its prefix."""
        inside: list[str] = []
        for sort in formula.prefix:
            inside.append(self._names.index(sort, inside))
        said = self._said(formula, inside)
        variables = list(zip(inside, formula.prefix, strict=True))
        chance = next((place for place, sort in enumerate(formula.prefix) if sort == OUTCOME), None)
        if chance is None:
            return self._for_all(variables, said)
        inner = self._for_all(variables[chance + 1 :], said)
        almost = f"almost {self._names.chance[1]} (fun {inside[chance]} => {inner})"
        return self._for_all(variables[:chance], almost)

    def _for_all(self, variables: list[tuple[str, Sort]], said: str) -> str:
        if not variables:
            return said
        ranges = [f"({name} < {self._names.axes[sort]})%nat -> " for name, sort in variables if isinstance(sort, Axis)]
        return f"forall {' '.join(name for name, _ in variables)}, {''.join(ranges)}{said}"

    def measurable(self, letter: Letter) -> str:
        """That a random letter is a random number, or a family of them."""
        outcome = self._names.index(OUTCOME, [])
        inside = [outcome]
        for sort in letter.sorts[1:]:
            inside.append(self._names.index(sort, inside))
        entry = " ".join([self._names.letters[letter], *inside])
        return self._for_all(
            list(zip(inside[1:], letter.sorts[1:], strict=True)),
            f"measurable {self._names.chance[1]} (fun {outcome} => {entry})",
        )

    def _normal(self, formula: Formula) -> str:
        """Normal numbers one after the other, as one family."""
        outcome = self._names.index(OUTCOME, [])
        sizes, values, scales = [], [], []
        for letter, scale in zip(formula.data, formula.terms, strict=True):
            if len(letter.sorts) > 2:
                raise NotInCoq("a matrix of normal numbers has no meaning in Coq yet")
            own = f"{self._names.letters[letter]} {outcome}"
            axis = next((sort for sort in letter.sorts if isinstance(sort, Axis)), None)
            sizes.append(self._names.axes[axis] if axis else "1")
            values.append(f"({own})" if axis else f"(fun _ => {own})")
            scales.append(f"(fun _ => {self._terms.term(scale, []).words})")
        size = f"({' + '.join(sizes)})%nat" if len(sizes) > 1 else sizes[0]
        family = _one_after_the_other(sizes, values)
        return (
            f"independent_normal {self._names.chance[1]} {size} (fun {outcome} => {family}) "
            f"({_one_after_the_other(sizes, scales)})"
        )

    def _said(self, formula: Formula, inside: list[str]) -> str:
        if formula.kind is Kind.EQUAL and formula.left.head == terms.DERIVATIVE:
            function, point = formula.left.arguments
            return self._derivative(function, point, formula.right, inside)
        if formula.kind in COMPARISONS:
            sign = "<>" if formula.kind is Kind.DIFFERENT else formula.kind.value
            return f" {sign} ".join(self._terms.term(one, inside).words for one in formula.terms)
        if formula.kind is Kind.HAS_DERIVATIVE:
            function, point, slope = formula.terms
            return self._derivative(function, point, slope, inside)
        if formula.kind is Kind.NORMAL:
            return self._normal(formula)
        if formula.kind in (Kind.TOP_EIGENVALUE, Kind.FLOW):
            return self._of_a_loss(formula, inside)
        raise NotInCoq(f"{formula.kind.value!r} has no meaning in Coq yet")

    def _derivative(self, function: Term, point: Term, slope: Term, inside: list[str]) -> str:
        at, value = (self._terms.term(one, inside).within(ATOM) for one in (point, slope))
        return f"is_derive {self._terms.function(function, inside)} {at} {value}"

    def _of_a_loss(self, formula: Formula, inside: list[str]) -> str:
        """The sharpness at weights, or where gradient flow leads from them."""
        sharpness = formula.kind is Kind.TOP_EIGENVALUE
        loss, *bodies = formula.terms[1:] if sharpness else formula.terms
        if any(len(sorts) > 3 or not all(isinstance(sort, Axis) for sort in sorts) for sorts in formula.data):
            raise NotInCoq("the weights of a loss are numbers, vectors, matrices and families of matrices")
        shapes = [[self._terms.size(sort) for sort in sorts] for sorts in formula.data]
        ends = [bodies] if sharpness else [bodies[: len(shapes)], bodies[len(shapes) :]]
        if len(shapes) == 2 and all(len(shape) < 2 for shape in shapes):
            weights, binder, said = WEIGHTS, " ".join(one.name for one in WEIGHTS), ""
            sizes = " ".join(shape[0] if shape else "1" for shape in shapes)
            at = " ".join(
                self._weight(sorts, body, inside, 1)
                for end in ends
                for sorts, body in zip(formula.data, end, strict=True)
            )
        else:
            counts = [shape[0] if len(shape) == 3 else "1" for shape in shapes]
            weights = tuple(Weights(LAYERS, tuple(counts[:place])) for place in range(len(shapes)))
            binder, said = LAYERS, "_of_layers"
            sizes = _in_a_row([_shape(shape) for shape in shapes], counts, "repeat {0} {1}")
            at = " ".join(
                _in_a_row(
                    [self._weight(s, body, inside, max(len(s), 2)) for s, body in zip(formula.data, end, strict=True)],
                    counts,
                    "map {0} (seq 0 {1})",
                )
                for end in ends
            )
        spoken = f"(fun {binder} => {self._terms.term(loss, inside, weights).words}) {sizes} {at}"
        if not sharpness:
            return f"flow{said}_leads {spoken}"
        return f"is_sharpness{said} {spoken} {self._terms.term(formula.terms[0], inside).within(ATOM)}"

    def _weight(self, sorts: tuple[Sort, ...], body: Term, inside: list[str], wanted: int) -> str:
        """A layer at a point, as a function of so many indices; its name alone where it is a letter."""
        names: list[str] = []
        for sort in sorts:
            names.append(self._names.index(sort, [*inside, *names]))
        said = self._terms.term(body, [*inside, *names]).words
        if len(names) == wanted and re.fullmatch(rf"\S+ {' '.join(names)}", said):
            return said.partition(" ")[0]
        return f"(fun {' '.join([*names, *'_' * (wanted - len(names))])} => {said})"


def _one_after_the_other(sizes: list[str], families: list[str]) -> str:
    """One family that has the entries of several, the first of as many as its size."""
    if len(families) == 1:
        return families[0].removeprefix("(").removesuffix(")")
    rest = _one_after_the_other(sizes[1:], families[1:])
    return f"followed_by {sizes[0]} {families[0]} ({rest})"


def _shape(shape: list[str]) -> str:
    """The rows and columns of a layer, or of each in a family of layers."""
    return f"({', '.join([*shape[-2:], '1%nat', '1%nat'][:2])})"


def _in_a_row(parts: list[str], counts: list[str], several: str) -> str:
    """A list of what each layer is, where a part is of one layer or says it of several."""
    pieces: list[str] = []
    for alone, group in itertools.groupby(zip(parts, counts, strict=True), key=lambda pair: pair[1] == "1"):
        if alone:
            pieces.append("[" + "; ".join(part for part, _ in group) + "]")
        else:
            pieces += [several.format(part, count) for part, count in group]
    return pieces[0] if counts == ["1"] * len(counts) else f"({' ++ '.join(pieces)})"
