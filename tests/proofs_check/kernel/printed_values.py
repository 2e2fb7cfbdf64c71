"""What a printed statement says of given numbers: a reader of its own for sums, products, quotients and functions."""

import math
import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import partial
from typing import Any

Values = dict[str, Any]
Meaning = Callable[[Values], Any]
"""From values for the letters to that of a piece of text."""

_TOKEN = re.compile(r"\s*(∑|<=|<>|=>|\d+%nat|%nat|\d+|[A-Za-z_][\w']*|\+\+|[-+*/^()=<,;\[\]])")
_SIGNS = {"=", "<=", "<", "<>"}


def coefficient(order: Fraction, function: Callable[[Fraction], Fraction]) -> Fraction:
    """That of a polynomial, which is read off its values; the degree is doubled until one more value agrees."""
    degree = 4
    while True:
        places = [Fraction(place) for place in range(degree + 1)]
        differences = [function(place) for place in places]
        for level in range(1, degree + 1):
            for place in range(degree, level - 1, -1):
                differences[place] = (differences[place] - differences[place - 1]) / level
        if differences[-1] == 0:
            break
        degree *= 2
        assert degree < 100
    powers = [Fraction(0)]
    for place in range(degree, -1, -1):  # Newton's form, multiplied out from the inside
        shifted = [Fraction(0), *powers]
        powers = [one - place * two for one, two in zip(shifted, [*powers, Fraction(0)], strict=True)]
        powers[0] += differences[place]
    return powers[int(order)]


FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "sqrt": math.sqrt,
    "exp": math.exp,
    "ln": math.log,
    "real_power": lambda base, exponent: float(base) ** float(exponent),
    "INR": Fraction,
    "delta": lambda i, j: Fraction(int(i == j)),
    "coefficient": coefficient,
    "repeat": lambda value, count: [value] * int(count),
    "seq": lambda start, count: range(int(start), int(start + count)),
    "map": lambda family, places: [partial(family, i) if callable(family) else family[i] for i in places],
}
"""Functions of numbers: what has a root is a float from there on."""


class Reader:
    """Reads one sentence, once, into functions of the values for what it speaks of.

    Values are whole numbers for sizes and indices, which count from 0; numbers; and for families and functions
    whatever takes one index or number after the other.
    """

    def __init__(self, text: str) -> None:
        self.words, place = [], 0
        while match := _TOKEN.match(text, place):
            self.words.append(match[1])
            place = match.end()
        assert not text[place:].strip(), text[place:]
        self.words.reverse()

    def _next(self) -> str:
        return self.words[-1] if self.words else ""

    def _take(self, *expected: str) -> str:
        word = self.words.pop()
        assert not expected or word in expected, (word, expected)
        return word

    def comparison(self) -> tuple[Meaning, str, Meaning]:
        """The left side, the sign, and the right side."""
        left, sign = self.sum(), self._take(*_SIGNS)
        right = self.sum()
        assert not self.words
        return left, sign, right

    def predicate(self) -> tuple[str, list[Meaning]]:
        """A name and all that it is said of."""
        name, arguments = self._take(), self._arguments()
        assert not self.words
        return name, arguments

    def sum(self) -> Meaning:
        """Terms, added and subtracted, or lists, one after the other."""
        terms = [(1, self.product())]
        if self._next() == "++":
            self._take()
            first, rest = terms[0][1], self.sum()
            return lambda values: [*first(values), *rest(values)]
        while self._next() in ("+", "-"):
            terms.append((1 if self._take() == "+" else -1, self.product()))
        if len(terms) == 1:
            return terms[0][1]
        return lambda values: sum(sign * term(values) for sign, term in terms)

    def product(self) -> Meaning:
        """Factors, multiplied and divided by; a sign in front takes the first factor alone."""
        first = self.signed()
        rest = []
        while self._next() in ("*", "/"):
            rest.append((self._take(), self.signed()))

        def meaning(values: Values) -> Any:
            value = first(values)
            for sign, factor in rest:
                value = value * factor(values) if sign == "*" else value / factor(values)
            return value

        return meaning if rest else first

    def signed(self) -> Meaning:
        """A sum over an axis, or a power, with a sign, or below 1."""
        if self._next() == "∑":
            return self.over_an_axis()
        if self._next() in ("-", "/"):
            sign, below = self._take(), self.signed()
            return (lambda values: -below(values)) if sign == "-" else lambda values: 1 / below(values)
        base = self.applied()
        if self._next() != "^":
            return base
        self._take()
        exponent = int(self._take())
        return lambda values: base(values) ** exponent

    def applied(self) -> Meaning:
        """A name with what it is applied to, or what stands alone."""
        if self._next() == "Prod":
            return self._product_over_an_axis()
        if not re.match(r"[A-Za-z_]", self._next()) or self._next() == "fun":
            return self.alone()
        name, arguments = self._take(), self._arguments()
        if name in FUNCTIONS:
            function = FUNCTIONS[name]
            return lambda values: function(*(one(values) for one in arguments))

        def meaning(values: Values) -> Any:
            value = values[name]
            for one in arguments:
                value = value(one(values)) if callable(value) else value[int(one(values))]
            return value

        return meaning

    def _arguments(self) -> list[Meaning]:
        found = []
        while re.match(r"[A-Za-z_\d(\[]", self._next()):
            found.append(self.alone())
        return found

    def alone(self) -> Meaning:
        """A number, a name, or what stands in brackets."""
        word = self._take()
        if word == "(":
            return self._in_brackets()
        if word == "[":
            parts = [self.sum()]
            while self._take(";", "]") == ";":
                parts.append(self.sum())
            return lambda values: [part(values) for part in parts]
        if word[0].isdigit():
            value = int(word.removesuffix("%nat")) if word.endswith("%nat") else Fraction(word)
            return lambda values: value
        return lambda values: values[word]

    def _in_brackets(self) -> Meaning:
        if self._next() == "fun":
            self._take()
            names = []
            while self._next() != "=>":
                names.append(self._take())
            self._take()
            body = self.sum()
            self._take(")")
            return lambda values: lambda *places: body({**values, **dict(zip(names, places, strict=True))})
        inner = self.sum()
        if self._take(")", ",") == ")":
            if self._next() == "%nat":
                self._take()
            return inner
        second = self.sum()
        self._take(")")
        return lambda values: (inner(values), second(values))

    def _product_over_an_axis(self) -> Meaning:
        """`Prod n (fun i => body)`."""
        self._take("Prod")
        size, body = self._take(), self.alone()
        return lambda values: math.prod((body(values)(i) for i in range(values[size])), start=Fraction(1))

    def over_an_axis(self) -> Meaning:
        """`∑ i < n, body`."""
        _, name, _, size, _ = (self._take() for _ in range(5))
        body = self.product()

        def meaning(values: Values) -> Any:
            inside = dict(values)
            total = Fraction(0)
            for index in range(values[size]):
                inside[name] = index
                total += body(inside)
            return total

        return meaning


def claimed(text: str, name: str) -> str:
    """What a printed file claims under a name."""
    found = re.search(rf"Definition {name} : Prop := forall [^,]*,\s*hypotheses [^>]*->\s*(.*?)\.\n", text, re.DOTALL)
    assert found, text
    return found[1]
