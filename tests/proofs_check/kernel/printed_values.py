"""What a printed statement says of given numbers: a reader of its own for sums, products and quotients."""

import math
import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

_TOKEN = re.compile(r"\s*(∑|<=|<>|=>|\d+%nat|\d+|[A-Za-z_][\w']*|[-+*/^()=<,])")
_FUNCTIONS: Mapping[str, tuple[int, Callable[..., Any]]] = {
    "sqrt": (1, math.sqrt),
    "exp": (1, math.exp),
    "ln": (1, math.log),
    "real_power": (2, lambda base, exponent: float(base) ** float(exponent)),
}
"""Functions of numbers, with how many arguments they take: what has a root is a float from there on."""


class Reader:
    """Reads one comparison, with values for what it speaks of.

    Attributes:
        words: what is left to read.
        values: sizes as whole numbers, families as functions of indices that count from 0, numbers.
    """

    def __init__(self, text: str, values: Mapping[str, Any]) -> None:
        self.words, place = [], 0
        while match := _TOKEN.match(text, place):
            self.words.append(match[1])
            place = match.end()
        assert not text[place:].strip(), text[place:]
        self.values = dict(values)

    def comparison(self) -> tuple[Any, str, Any]:
        """The left side, the sign, and the right side."""
        left, sign = self.sum(), self.words.pop(0)
        right = self.sum()
        assert not self.words
        return left, sign, right

    def sum(self) -> Any:
        """Terms, added and subtracted."""
        total = self.product()
        while self.words and self.words[0] in "+-":
            total += self.product() if self.words.pop(0) == "+" else -self.product()
        return total

    def product(self) -> Any:
        """Factors, multiplied and divided by; a sign in front takes the first factor alone."""
        total = self.signed()
        while self.words and self.words[0] in "*/":
            total = total * self.signed() if self.words.pop(0) == "*" else total / self.signed()
        return total

    def signed(self) -> Any:
        """A sum over an axis, or a power, with a sign, or below 1."""
        if self.words[0] == "∑":
            return self.over_an_axis()
        if self.words[0] == "-":
            self.words.pop(0)
            return -self.signed()
        if self.words[0] == "/":
            self.words.pop(0)
            return 1 / self.signed()
        base = self.applied()
        if self.words and self.words[0] == "^":
            self.words.pop(0)
            return base ** int(self.words.pop(0))
        return base

    def applied(self) -> Any:
        """A number, a letter with its indices, or what stands in brackets."""
        word = self.words.pop(0)
        if word == "(":
            inner = self.sum()
            assert self.words.pop(0) == ")"
            return inner
        if word.isdigit():
            return Fraction(word)
        if word == "Prod":
            return self.product_over_an_axis()
        if word in _FUNCTIONS:
            count, function = _FUNCTIONS[word]
            return function(*(self.argument() for _ in range(count)))
        value = self.values[self.words.pop(0)] if word == "INR" else self.values[word]
        while callable(value):
            value = self._partly(value, self.words.pop(0))
        return value if isinstance(value, float) else Fraction(value)

    def argument(self) -> Any:
        """What stands alone behind a function."""
        if self.words[0] == "(" or self.words[0].isdigit():
            return self.applied()
        return self.values[self.words.pop(0)]

    def _partly(self, value: Callable[..., Any], index: str) -> Any:
        return value(int(index.removesuffix("%nat")) if index[0].isdigit() else self.values[index])

    def product_over_an_axis(self) -> Any:
        """`Prod n (fun i => body)`."""
        size, _, _, name, _ = (self.words.pop(0) for _ in range(5))
        body, total = list(self.words), Fraction(1)
        for index in range(self.values[size]):
            self.words, self.values[name] = list(body), index
            total = total * self.sum()
        assert self.words.pop(0) == ")"
        return total

    def over_an_axis(self) -> Any:
        """`∑ i < n, body`, the body once for each index."""
        _, name, _, size, _ = (self.words.pop(0) for _ in range(5))
        body, total = list(self.words), Fraction(0)
        for index in range(self.values[size]):
            self.words, self.values[name] = list(body), index
            total += self.product()
        return total


def claimed(text: str, name: str) -> str:
    """What a printed file claims under a name."""
    found = re.search(rf"Definition {name} : Prop := forall [^,]*,\s*hypotheses [^>]*->\s*(.*?)\.\n", text, re.DOTALL)
    assert found, text
    return found[1]
