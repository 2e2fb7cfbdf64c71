"""Terms in Coq.

The language is total, and so is Coq's: `/ 0 = 0` and `sqrt x = 0` for `x < 0` in both. Indices begin at 0 in Coq.
"""

from __future__ import annotations

from fractions import Fraction

from proofs_check.kernel.printing.names import Names, NotInCoq
from proofs_check.kernel.printing.text import APPLIED, ATOM, OPPOSITE, PRODUCT, RAISED, Text, number, sum_of, whole
from proofs_check.kernel.printing.weights import Weights
from theory.language import terms
from theory.language.terms import OUTCOME, REAL, Axis, Sort, Term


class TermPrinter:
    """Prints terms in one statement's names."""

    def __init__(self, names: Names) -> None:
        self.names = names

    def term(self, term: Term, inside: list[str], weights: tuple[Weights, ...] = ()) -> Text:
        """A term inside binders of these names, the innermost last; a loss also in its weights."""

        def sub(one: Term) -> Text:
            return self.term(one, inside, weights)

        head, arguments = term.head, term.arguments
        if head == terms.NUMBER:
            return number(term.data)
        if head == terms.SIZE:
            return Text(f"INR {self.names.axes[term.data]}", APPLIED)
        if head == terms.BOUND:
            return Text(inside[-1 - term.data])
        if head == terms.FIRST:
            return Text("0%nat")
        if head == terms.END:
            return Text(f"({self.size(term.sort)} - 1)%nat")
        if head == terms.ENTRY:
            return self._entry(term, inside, weights)
        if head == terms.ADD:
            return sum_of([sub(one) for one in arguments])
        if head == terms.MULTIPLY:
            return self._product(arguments, inside, weights)
        if head == terms.POWER:
            return Text(f"{sub(arguments[0]).within(APPLIED)} ^ {term.data}", RAISED)
        if head == terms.INVERSE:
            return Text(f"/ {sub(arguments[0]).within(RAISED)}", OPPOSITE)
        if head == terms.REAL_POWER:
            base, exponent = (sub(one).within(ATOM) for one in arguments)
            if arguments[1] == terms.number(Fraction(1, 2)):
                return Text(f"sqrt {base}", APPLIED)
            return Text(f"real_power {base} {exponent}", APPLIED)
        if head == terms.APPLY:
            name = {"exp": "exp", "log": "ln"}.get(term.data) or self.names.functions[term.data]
            return Text(f"{name} {sub(arguments[0]).within(ATOM)}", APPLIED)
        if head == terms.DELTA:
            return Text("delta " + " ".join(sub(one).within(ATOM) for one in arguments), APPLIED)
        if head in (terms.SUM, terms.PRODUCT):
            name = self.names.index(term.data, inside)
            body = self.term(arguments[0], [*inside, name], weights)
            size = self.names.axes[term.data]
            if head == terms.SUM:
                return Text(f"(∑ {name} < {size}, {body.within(PRODUCT)})")
            return Text(f"Prod {size} (fun {name} => {body.words})", APPLIED)
        if head == terms.COEFFICIENT:
            return Text(f"coefficient {term.data} {self.function(arguments[0], inside, weights)}", APPLIED)
        if head == terms.MEAN:
            name = self.names.index(OUTCOME, inside)
            body = self.term(arguments[0], [*inside, name], weights)
            return Text(f"expected_value {self.names.chance[1]} (fun {name} => {body.words})", APPLIED)
        if head == terms.DERIVATIVE:
            function = self.function(arguments[0], inside, weights)
            return Text(f"Derive {function} {sub(arguments[1]).within(ATOM)}", APPLIED)
        raise NotInCoq(f"{head} has no meaning in Coq yet")

    def function(self, body: Term, inside: list[str], weights: tuple[Weights, ...] = ()) -> str:
        """A term as a function of the real number that is bound in it."""
        name = self.names.index(REAL, inside)
        return f"(fun {name} => {self.term(body, [*inside, name], weights).words})"

    def _entry(self, term: Term, inside: list[str], weights: tuple[Weights, ...]) -> Text:
        letter = term.data
        places = [self.term(one, inside, weights).within(ATOM) for one in term.arguments]
        if letter.kind == "weight":
            return weights[int(letter.name)].at(places)
        if letter.kind == "next":
            at_end = term.arguments[0].head == terms.END
            places[0] = self.size(letter.sorts[0]) if at_end else whole(["1", places[0]])
        name = self.names.letters[terms.family(letter)]
        return Text(" ".join([name, *places]), APPLIED if places else ATOM)

    def size(self, sort: Sort) -> str:
        """What the size of an axis is called."""
        assert isinstance(sort, Axis)
        return self.names.axes[sort]

    def _product(self, factors: tuple[Term, ...], inside: list[str], weights: tuple[Weights, ...]) -> Text:
        constant = next((one.data for one in factors if one.head == terms.NUMBER), Fraction(1))
        above, below = [], []
        for one in factors:
            if one.head == terms.INVERSE:
                below.append(self.term(one.arguments[0], inside, weights).within(RAISED))
            elif one.head != terms.NUMBER:
                above.append(self.term(one, inside, weights).within(RAISED))
        if abs(constant.numerator) != 1 or not above:
            above.insert(0, str(abs(constant.numerator)))
        if constant.denominator != 1:
            below.append(str(constant.denominator))
        said = " * ".join(above) + "".join(f" / {one}" for one in below)
        if constant > 0:
            return Text(said, PRODUCT)
        return Text(f"- {said}" if len(above) + len(below) == 1 else f"- ({said})", OPPOSITE)
