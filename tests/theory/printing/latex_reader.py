"""Reads printed formulas back: a small parser of the LaTeX that they use, and their value at an instance.

It knows nothing of the printer. Vectors are columns, and shapes are checked, so that a transpose that is missing or
too many is an error. What an abbreviation stands for is written here a second time.
"""

import re
from dataclasses import dataclass, field

import numpy as np
from flint import arb, arb_series, ctx, fmpq

TOKEN = re.compile(r"\\[a-zA-Z]+|\\\||\d+|[a-zA-Z]|[-+=<(){}\[\]|^_/,.']")
GREEK = {
    *("alpha", "beta", "gamma", "delta", "epsilon", "eta", "theta", "kappa", "lambda", "mu"),
    *("nu", "pi", "rho", "sigma", "tau", "omega", "Omega"),
}
SKIPPED = {r"\quad"}


class UnreadableError(Exception):
    """The text is not in the language of printed formulas."""


@dataclass
class Values:
    """What letters stand for, by their plain names."""

    scalars: dict = field(default_factory=dict)
    families: dict = field(default_factory=dict)
    functions: dict = field(default_factory=dict)
    mean: "Values | None" = None
    indices: dict = field(default_factory=dict)

    def at(self, **indices):
        mean = self.mean.at(**indices) if self.mean else None
        return Values(self.scalars, self.families, self.functions, mean, {**self.indices, **indices})

    def put(self, name, value):
        return Values({**self.scalars, name: value}, self.families, self.functions, self.mean, self.indices)


def tokens(text):
    found = TOKEN.findall(text)
    if "".join(found) != re.sub(r"\s+", "", text):
        raise UnreadableError(f"characters outside the language in {text}")
    return [token for token in found if token not in SKIPPED]


def read(text):
    """Both sides of a relation as functions of values, the sign between them, and the indices it holds for."""
    body, _, quantifier = text.partition(r"\quad \forall ")
    parts = re.split(r" (=|\\le|<) ", body)
    sides = [(at, part) for at, part in enumerate(parts) if at % 2 == 0]
    # An equality sign inside a subscript has no blanks around it, so that the sides are whole.
    if len(sides) != 2:
        raise UnreadableError(f"{len(sides)} sides in {text}")
    names = [re.sub(r" \\le L$", "", name) for name in quantifier.split(", ")] if quantifier else []
    indices = [index_name(tokens(name)) for name in names]
    return expression(parts[0]), parts[1], expression(parts[2]), indices


def index_name(found):
    reader = Reader(found)
    name = reader.name()
    reader.end()
    return name


def expression(text):
    reader = Reader(tokens(text))
    value = reader.sum()
    reader.end()
    return lambda values: scalar(value(values))


def scalar(value):
    if isinstance(value, np.ndarray):
        if value.shape != (1, 1):
            raise UnreadableError(f"an array of shape {value.shape} where a number is needed")
        return value[0, 0]
    return value


def times(left, right):
    if isinstance(left, np.ndarray) and isinstance(right, np.ndarray):
        if left.shape == (1, 1) or right.shape == (1, 1):
            return times(scalar(left), right) if left.shape == (1, 1) else times(left, scalar(right))
        if left.shape[1] != right.shape[0]:
            raise UnreadableError(f"a product of shapes {left.shape} and {right.shape}")
        return left @ right
    if isinstance(left, np.ndarray) or isinstance(right, np.ndarray):
        array, factor = (left, right) if isinstance(left, np.ndarray) else (right, left)
        return np.vectorize(lambda one: one * factor, otypes=[object])(array)  # a series would take an array for one
    return left * right


def plus(left, right):
    shapes = {value.shape if isinstance(value, np.ndarray) else () for value in (left, right)}
    if len(shapes) > 1:
        left, right = scalar(left), scalar(right)
    return left + right


class Reader:
    """Recursive descent; every method gives a function of values."""

    def __init__(self, found):
        self.found, self.place, self.place_before = found, 0, 0

    def peek(self, ahead=0):
        return self.found[self.place + ahead] if self.place + ahead < len(self.found) else ""

    def take(self, *expected):
        token = self.peek()
        if expected and token not in expected:
            raise UnreadableError(f"{token!r} where {expected} should stand: {' '.join(self.found)}")
        self.place += 1
        return token

    def end(self):
        if self.place != len(self.found):
            raise UnreadableError(f"{self.peek()!r} is left over in {' '.join(self.found)}")

    def sum(self):
        negative = self.peek() == "-" and bool(self.take())
        value = self.term()
        if negative:
            value = (lambda first: lambda v: -first(v))(value)
        while self.peek() in ("+", "-"):
            sign = self.take()
            value = (lambda first, second, s: lambda v: plus(first(v), second(v) if s == "+" else -second(v)))(
                value, self.term(), sign
            )
        return value

    def term(self):
        value = self.factor()
        while self.peek() and self.peek() not in ("+", "-", ")", "]", "}", r"\right", ",", "="):
            if self.peek() == r"\cdot":
                self.take()
            divide = self.peek() == "/" and bool(self.take())
            value = (
                lambda first, second, d: lambda v: first(v) / scalar(second(v)) if d else times(first(v), second(v))
            )(value, self.factor(), divide)
        return value

    def factor(self):
        value = self.atom()
        while self.peek() in ("^", "_"):
            if self.take() == "_":
                index = self.braced(self.index)
                value = (lambda base, i: lambda v: entry(base(v), i(v)))(value, index)
            elif self.peek() == "{" and self.peek(1) == r"\top":
                self.take(), self.take(), self.take("}")
                value = (lambda base: lambda v: base(v).T)(value)
            else:
                value = (lambda base, e: lambda v: power(scalar(base(v)), scalar(e(v))))(value, self.braced(self.sum))
        return value

    def braced(self, inner):
        self.take("{")
        value = inner()
        self.take("}")
        return value

    def atom(self):
        token = self.peek()
        if token.isdigit():
            self.take()
            return lambda v: fmpq(int(token))
        if token == "{":
            return self.braced(self.sum)
        if token == "(":
            self.take()
            value = self.sum()
            self.take(")")
            return value
        if token == r"\left":
            return self.bracketed()
        if token == r"\frac":
            return self.fraction()
        if token == r"\sqrt":
            self.take()
            return (lambda inner: lambda v: root(scalar(inner(v))))(self.braced(self.sum))
        if token in (r"\sum", r"\prod"):
            return self.range()
        if token == r"\mathbb":
            self.take(), self.take("{"), self.take("E"), self.take("}"), self.take(r"\left"), self.take("[")
            inner = self.sum()
            self.take(r"\right"), self.take("]")
            return lambda v: scalar(inner(Values(**{**vars(v.mean), "mean": None})))
        if token in (r"\exp", r"\log", r"\tanh", r"\sinh", r"\phi", r"\Phi"):
            return self.function()
        return self.letter()

    def parenthesis(self):
        self.take(r"\left"), self.take("(")
        value = self.sum()
        self.take(r"\right"), self.take(")")
        return value

    def bracketed(self):
        opening = self.peek(1)
        if opening == "(":
            return self.parenthesis()
        if opening == r"\|":
            self.take(), self.take()
            inner = self.braced(self.norm_of)
            self.take(r"\right"), self.take(r"\|")
            return lambda v: root(inner(v))
        if opening == "[":  # the coefficient of a power of epsilon
            self.take(), self.take(), self.take(r"\epsilon")
            order = 1
            if self.peek() == "^":
                self.take(), self.take("{")
                order = int(self.take())
                self.take("}")
            self.take(r"\right"), self.take("]")
            return self.along_line(self.parenthesis(), order, 1)
        if opening == ".":  # the derivative at a value of epsilon
            self.take(), self.take()
            variable, order = self.differential()
            self.take(r"\right"), self.take("|"), self.take("_"), self.take("{"), self.take(r"\epsilon")
            self.take("="), self.take("0"), self.take("}")
            assert (variable, order) == ("epsilon", 1)
            return self.along_line(self.parenthesis(), 1, 1)
        raise UnreadableError(f"no bracket {opening!r}")

    def along_line(self, inner, order, factor):
        def value(v):
            variable = arb_series([0, 1])
            result = scalar(inner(v.put("epsilon", variable)))
            return factor * coefficient(result, order)

        return value

    def norm_of(self):
        if self.peek() == r"\Pi":
            for expected in (r"\Pi", "_", "W", "u"):
                self.take(expected)
            return lambda v: squared(PROJECTION(v))
        if self.peek() == "y" and self.peek(1) == "}":
            self.take()
            return lambda v: squared(v.families["d"].reshape(-1, 1))
        return (lambda inner: lambda v: squared(inner(v)))(self.sum())

    def differential(self):
        self.take(r"\frac")
        order = 1
        self.take("{"), self.d()
        if self.peek() == "^":
            self.take(), self.take("{")
            order = int(self.take())
            self.take("}")
        self.take("}"), self.take("{"), self.d()
        variable = self.name()
        if self.peek() == "^":
            self.take(), self.take("{"), self.take(str(order)), self.take("}")
        self.take("}")
        return variable, order

    def d(self):
        self.take(r"\mathrm"), self.take("{"), self.take("d"), self.take("}")

    def fraction(self):
        if self.peek(1) == "{" and self.peek(2) == r"\mathrm" and self.peek(4) == "d":
            variable, order = self.differential()
            inner = self.parenthesis()

            def derivative(v):
                at = arb_series([arb(v.scalars[variable]), 1])
                return coefficient(scalar(inner(v.put(variable, at))), order) * (2 if order == 2 else 1)

            return derivative
        self.take(r"\frac")
        above, below = self.braced(self.sum), self.braced(self.sum)
        return lambda v: above(v) / scalar(below(v))

    def range(self):
        sign = self.take()
        self.take("_"), self.take("{")
        index = self.name()
        self.take("="), self.take("1"), self.take("}"), self.take("^")
        size = self.braced(self.sum)
        body = self.term()

        def value(v):
            found = [body(v.at(**{index: i})) for i in range(1, int(scalar(size(v)).p) + 1)]
            result = found[0]
            for one in found[1:]:
                result = plus(result, one) if sign == r"\sum" else times(result, one)
            return result

        return value

    def function(self):
        name = self.take()
        if name == r"\phi" and self.peek() == "'":
            self.take()
            name = "phi'"
        elif name == r"\Phi" and self.found[self.place : self.place + 8] == [
            r"\left", "(", r"\phi", "^", "{", "-", "1", "}"
        ]:  # fmt: skip
            self.place += 8
            inner = self.parenthesis()
            self.take(r"\right"), self.take(")")
            return lambda v: v.functions["Phi(phi^-1)"](scalar(inner(v)))
        inner = self.parenthesis()
        if name in (r"\phi", "phi'", r"\Phi"):
            return lambda v: v.functions[name.lstrip("\\")](scalar(inner(v)))
        return lambda v: elementary(name.lstrip("\\"), scalar(inner(v)))

    def name(self):
        """A letter with its subscript, by its plain name."""
        token = self.take()
        base = token.lstrip("\\")
        if len(base) > 1 and base not in GREEK:
            raise UnreadableError(f"{token!r} is no letter")
        while self.peek() == "'":
            base += self.take()
        if self.peek() == "_":
            self.take()
            digits = self.braced(self.plain)
            base += digits if digits.isdigit() and base in "abcdefghijklmnopqrstuvwxyz" else f"_{digits}"
        return base

    def plain(self):
        if self.peek() == r"\mathrm":
            self.take()
            return self.braced(self.plain)
        text = ""
        while self.peek().isalnum():
            text += self.take()
        return text

    def index(self):
        """Indices between commas: letters, numbers, sizes of axes, or what comes next to one of these."""
        found = [self.one_index()]
        while self.peek() == ",":
            self.take()
            found.append(self.one_index())
        return lambda v: [one(v) for one in found]

    def one_index(self):
        name = self.take() if self.peek().isdigit() else self.name()
        further = self.peek() == "+" and bool(self.take()) and int(self.take("1"))
        return lambda v: further + int(name if name.isdigit() else v.indices.get(name) or v.scalars[name].p)

    def letter(self):
        start = self.place
        token = self.take()
        base = token.lstrip("\\")
        if len(base) > 1 and base not in GREEK:
            raise UnreadableError(f"{token!r} is no letter: {' '.join(self.found)}")
        while self.peek() == "'":
            base += self.take()
        if [self.peek(), self.peek(1), self.peek(2)] == ["^", "{", "("]:
            mark, stop = self.attempt(self.place + 3, self.raised_mark)
            self.place = stop or self.place_before
            if stop:
                return self.raised(f"{base}_{mark}")
        if self.peek() != "_":
            return lambda v: whole(base, v)
        if base == "P" and self.peek(2) == r"\setminus":
            self.take(), self.take("{"), self.take()
            indices = self.index()
            self.take("}")
            return lambda v: product_without(v, indices(v))
        after = self.place
        self.take()
        if base == r"delta" or token == r"\delta":
            return self.delta(after)
        # A subscript is a letter's own, as in C_a, or an index of a family: the values tell which there is.
        as_indices, stop = self.attempt(after + 1, lambda: self.braced(self.index))
        as_name, other_stop = self.attempt(start, self.name)
        self.place = stop or other_stop
        if not self.place or (stop and other_stop and stop != other_stop):
            raise UnreadableError(f"a subscript of {base}")

        def value(v):
            # `y_{1}` is an entry; a number called y_1 is `y^{(1)}`, one called v_0 is `v_{0}`.
            for name in (as_name, f"{base}_0" if as_name == f"{base}0" else ""):
                if name in v.scalars and not re.search("_[1-9]", name):
                    return v.scalars[name]
            if as_name in ABBREVIATIONS:
                return ABBREVIATIONS[as_name](v)
            return family_entry(base, as_indices(v), v)

        return value

    def raised(self, base):
        """A letter with a mark above: a whole vector, a number, or an entry."""
        if self.peek() != "_":
            return lambda v: whole(base, v)
        self.take()
        indices = self.braced(self.index)
        return lambda v: family_entry(base, indices(v), v)

    def raised_mark(self):
        """What stands in `u^{(0)}`; `Q^{(D - 1)/D}` is a power."""
        mark = self.plain()
        self.take(")"), self.take("}")
        return mark

    def delta(self, after):
        """Kronecker's delta has two indices; with one subscript it is a letter."""
        if "," not in self.found[after : self.found.index("}", after)]:
            self.place = after - 1
            name = self.name()
            return lambda v: v.scalars[name]
        pair = self.braced(self.index)
        return lambda v: fmpq(int(len(set(pair(v))) == 1))

    def attempt(self, place, action):
        self.place_before, self.place = self.place, place
        try:
            return action(), self.place
        except UnreadableError:
            return None, 0


def entry(value, indices):
    if not isinstance(value, np.ndarray) or value.shape[1] != 1 or len(indices) != 1:
        raise UnreadableError("one index is the entry of a column")
    return value[indices[0] - 1, 0]


def whole(base, v):
    if base in v.scalars:
        return v.scalars[base]
    if base in v.families:
        array = v.families[base]
        return array.reshape(-1, 1) if array.ndim == 1 else array
    if base in v.indices:
        return fmpq(v.indices[base])
    if base in ABBREVIATIONS:
        return ABBREVIATIONS[base](v)
    raise UnreadableError(f"nothing is called {base}")


def family_entry(base, indices, v):
    if base in v.families:
        array = v.families[base]
        if array.ndim == 2 and len(indices) == 1:
            return array[indices[0] - 1].reshape(-1, 1)
        if array.ndim != len(indices):
            raise UnreadableError(f"{base} has {array.ndim} axes, not {len(indices)}")
        return array[tuple(i - 1 for i in indices)]
    return entry(ABBREVIATIONS[base](v), indices)


def squared(column):
    return scalar(times(column.T, column))


def power(base, exponent):
    if isinstance(exponent, fmpq) and exponent.q == 1:
        n = int(exponent.p)
        result = fmpq(1)
        for _ in range(abs(n)):
            result = result * base
        return result if n >= 0 else 1 / result
    if isinstance(base, arb_series):
        return elementary("exp", elementary("log", base) * exponent)
    return arb(base) ** arb(exponent)


def root(value):
    return value.sqrt() if isinstance(value, arb_series) else arb(value).sqrt()


def elementary(name, value):
    if isinstance(value, arb_series):
        if name in ("exp", "log"):
            return getattr(value, name)()
        up, down = value.exp(), (-value).exp()
        return (up - down) / 2 if name == "sinh" else (up - down) / (up + down)
    return getattr(arb(value), name)()


def coefficient(value, order):
    return value[order] if isinstance(value, arb_series) else fmpq(0)


def output(v):
    return v.families["X"] @ v.families["u"].reshape(-1, 1)


def product(v):
    result = fmpq(1)
    for factor in v.families["v"]:
        result = result * factor
    return result


def product_without(v, left_out):
    result = fmpq(1)
    for place, factor in enumerate(v.families["v"], start=1):
        if place not in left_out:
            result = result * factor
    return result


def residual(v):
    second = v.scalars["v"] if "v" in v.scalars else whole("P", v)
    return output(v) * second - v.families["y"].reshape(-1, 1)


def single_samples(v, weights):
    return sum((z * z * weight for z, weight in zip(residual(v)[:, 0], weights, strict=True)), fmpq(0))


PROJECTION = lambda v: v.families["w"] @ v.families["u"].reshape(-1, 1)  # noqa: E731
ABBREVIATIONS = {
    "Q": lambda v: sum((d * d / (s * s) for d, s in zip(v.families["d"], v.families["s"], strict=True)), fmpq(0)),
    "P": product,
    "z": residual,
    "g": lambda v: v.families["X"].T @ residual(v),
    "T_a": lambda v: single_samples(v, [squared(row.reshape(-1, 1)) for row in v.families["X"]]),
    "T_b": lambda v: single_samples(v, [value * value for value in output(v)[:, 0]]),
}

ctx.cap = 6
