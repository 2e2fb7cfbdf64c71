"""The ledger's statements in Coq: what a Coq theorem has to say to count as evidence for a claim.

Each statement becomes a file `statements/*.v` with its hypotheses as a record and each claim as a proposition. A
theorem counts for a claim if its type is that proposition, so that nobody has to compare two formulations by eye.
Written anew by `python -m proofs_check.kernel.printing`.

The language is total, and so is Coq's: `/ 0 = 0` and `sqrt x = 0` for `x < 0` in both. Indices begin at 0 in Coq.
"""

from __future__ import annotations

import itertools
import re
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from proofs_check.kernel.table import STATEMENTS
from theory.errata import all_errata
from theory.errors import StatementError
from theory.language import terms
from theory.language.formulas import COMPARISONS, Formula, Kind
from theory.language.statement import Statement, file_name
from theory.language.statement_reader import read
from theory.language.terms import OUTCOME, REAL, Axis, Letter, Sort, Term
from theory.statements import all_statements

WIDTH = 110
_VOCABULARY = """
    R nat INR Sum Prod delta sqrt exp ln real_power coefficient Derive is_derive is_sharpness flow_leads
    repeat map seq is_sharpness_of_layers flow_of_layers_leads hypotheses
    expectation expected_value almost measurable independent_normal followed_by
"""
_KEYWORDS = """
    Axiom CoFixpoint Definition Fixpoint Hypothesis Parameter Prop SProp Set Theorem Type Variable
    as at by cofix else end exists exists2 fix for forall fun if in is let match of return then using where with
"""
RESERVED = frozenset([*_VOCABULARY.split(), *_KEYWORDS.split()])
"""Names that the printed text itself uses, and those that Coq has taken."""

INDICES = {"N": "nmq", "d": "klp", "r": "ijh", "M": "jgt"}
"""What the indices of the common axes are called; those of others are a, b, c."""

SUM, PRODUCT, OPPOSITE, RAISED, APPLIED, ATOM = range(6)
"""How tightly a piece of text holds together."""

IMPORTS = {
    "∑|Prod|delta": "finite_sums",
    "is_sharpness": "sharpness",
    "real_power|coefficient|flow_leads": "language_of_statements",
    "is_sharpness_of_layers|flow_of_layers_leads": "layers_of_weights",
    "expectation": "expectation",
    "independent_normal|followed_by": "normal_numbers",
}
"""The file that has what these words mean."""


class NotInCoq(StatementError):  # noqa: N818 - no fault of the statement
    """A statement that speaks of what has no meaning in Coq yet."""


@dataclass(frozen=True)
class Text:
    """A piece of Coq and how tightly it holds together."""

    words: str
    level: int = ATOM

    def within(self, level: int) -> str:
        """The text where something of this level is needed."""
        return self.words if self.level >= level else f"({self.words})"


@dataclass(frozen=True)
class Weights:
    """What weights of a loss are called: a vector, or matrices in a row of them, with numbers of those before."""

    name: str
    before: tuple[str, ...] | None = None

    def at(self, places: list[str]) -> Text:
        """The entry at indices: the layer first in a family of matrices."""
        if self.before is None:
            return Text(f"{self.name} {places[0] if places else '0%nat'}", APPLIED)  # a number is a vector of one
        layers, inside = places[:-2], (places[-2:] + ["0%nat"] * 2)[:2]  # a vector is a matrix of one column
        return Text(" ".join([self.name, whole([*self.before, *layers]), *inside]), APPLIED)


WEIGHTS: tuple[Weights, ...] = (Weights("u_"), Weights("v_"))
"""What binds the weights of a loss, a first layer and a row of later layers: no letter is called so."""

LAYERS = "w_"
"""What binds the weights of a loss of matrices; its layers are `w_ 0%nat`, `w_ 1%nat`, ..."""


class Names:
    """Coq names of the letters, axes and functions of one statement."""

    def __init__(self, formulas: Iterable[Formula]) -> None:
        every = list(formulas)
        letters = {letter for formula in every for letter in formula.free_letters()}
        self.letters: dict[Letter, str] = {}
        self.axes: dict[Axis, str] = {}
        self.functions: dict[str, str] = {}
        self.taken = {*RESERVED, *(one.name for one in WEIGHTS), LAYERS}
        self.chance = [self._new("Omega"), self._new("E")] if any(map(speaks_of_chance, every)) else []
        axes = {axis for formula in every for axis in formula.axes()}
        axes |= {sort for letter in letters for sort in letter.sorts if isinstance(sort, Axis)}
        for axis in sorted(axes):
            self.axes[axis] = self._new(axis.size)
        for letter in sorted(letters, key=lambda one: one.key):
            self.letters[letter] = self._new(letter.name)
        applied = {
            part.data
            for formula in every
            for term in formula.terms
            for part in terms.parts(term)
            if part.head == terms.APPLY
        }
        for function in sorted(applied - {"exp", "log"}):
            self.functions[function] = self._new(function)

    def _new(self, name: str) -> str:
        plain = re.sub(r"[^\w']+", "_", name).strip("_")
        while plain in self.taken:
            plain += "_"
        self.taken.add(plain)
        return plain

    def binders(self) -> str:
        """All of them, with their types."""
        kinds = self._by_kind()
        for name in self.functions.values():
            kinds.setdefault("R -> R", []).append(name)
        return " ".join(f"({' '.join(names)} : {kind})" for kind, names in kinds.items())

    def arguments(self) -> str:
        """All of them, as the arguments of the hypotheses."""
        return " ".join(name for names in [*self._by_kind().values(), self.functions.values()] for name in names)

    def _by_kind(self) -> dict[str, list[str]]:
        """The probability space, then sizes and letters, by their types."""
        kinds: dict[str, list[str]] = {}
        for name, kind in zip(self.chance, ("Type", f"expectation {' '.join(self.chance[:1])}"), strict=False):
            kinds[kind] = [name]
        for name in self.axes.values():
            kinds.setdefault("nat", []).append(name)
        for letter, name in self.letters.items():
            places = ["nat" if sort != OUTCOME else self.chance[0] for sort in letter.sorts]
            kinds.setdefault(" -> ".join([*places, "R"]), []).append(name)
        return kinds

    def index(self, sort: Sort, inside: list[str]) -> str:
        """A name for a variable inside binders of these names."""
        letters: Iterable[str] = INDICES.get(sort.size, "abc") if isinstance(sort, Axis) else "tsx"
        letters = ["omega"] if sort == OUTCOME else letters
        for suffix in ["", *map(str, range(1, 9))]:
            for letter in letters:
                if letter + suffix not in self.taken and letter + suffix not in inside:
                    return letter + suffix
        raise NotInCoq("too many binders inside each other")


class Printer:
    """Prints terms and formulas in one statement's names."""

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
            return Text(f"({self._size(term.sort)} - 1)%nat")
        if head == terms.ENTRY:
            return self._entry(term, inside, weights)
        if head == terms.ADD:
            return _sum([sub(one) for one in arguments])
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
            return Text(f"coefficient {term.data} {self._function(arguments[0], inside, weights)}", APPLIED)
        if head == terms.MEAN:
            name = self.names.index(OUTCOME, inside)
            body = self.term(arguments[0], [*inside, name], weights)
            return Text(f"expected_value {self.names.chance[1]} (fun {name} => {body.words})", APPLIED)
        if head == terms.DERIVATIVE:
            function = self._function(arguments[0], inside, weights)
            return Text(f"Derive {function} {sub(arguments[1]).within(ATOM)}", APPLIED)
        raise NotInCoq(f"{head} has no meaning in Coq yet")

    def _function(self, body: Term, inside: list[str], weights: tuple[Weights, ...]) -> str:
        name = self.names.index(REAL, inside)
        return f"(fun {name} => {self.term(body, [*inside, name], weights).words})"

    def _entry(self, term: Term, inside: list[str], weights: tuple[Weights, ...]) -> Text:
        letter = term.data
        places = [self.term(one, inside, weights).within(ATOM) for one in term.arguments]
        if letter.kind == "weight":
            return weights[int(letter.name)].at(places)
        if letter.kind == "next":
            at_end = term.arguments[0].head == terms.END
            places[0] = self._size(letter.sorts[0]) if at_end else whole(["1", places[0]])
        name = self.names.letters[terms.family(letter)]
        return Text(" ".join([name, *places]), APPLIED if places else ATOM)

    def _size(self, sort: Sort) -> str:
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

    def formula(self, formula: Formula) -> str:
        """A sentence, for all values of its prefix."""
        inside: list[str] = []
        for sort in formula.prefix:
            inside.append(self.names.index(sort, inside))
        said = self._said(formula, inside)
        variables = list(zip(inside, formula.prefix, strict=True))
        chance = next((place for place, sort in enumerate(formula.prefix) if sort == OUTCOME), None)
        if chance is None:
            return self._for_all(variables, said)
        inner = self._for_all(variables[chance + 1 :], said)
        almost = f"almost {self.names.chance[1]} (fun {inside[chance]} => {inner})"
        return self._for_all(variables[:chance], almost)

    def _for_all(self, variables: list[tuple[str, Sort]], said: str) -> str:
        if not variables:
            return said
        ranges = [f"({name} < {self.names.axes[sort]})%nat -> " for name, sort in variables if isinstance(sort, Axis)]
        return f"forall {' '.join(name for name, _ in variables)}, {''.join(ranges)}{said}"

    def measurable(self, letter: Letter) -> str:
        """That a random letter is a random number, or a family of them."""
        outcome = self.names.index(OUTCOME, [])
        inside = [outcome]
        for sort in letter.sorts[1:]:
            inside.append(self.names.index(sort, inside))
        entry = " ".join([self.names.letters[letter], *inside])
        return self._for_all(
            list(zip(inside[1:], letter.sorts[1:], strict=True)),
            f"measurable {self.names.chance[1]} (fun {outcome} => {entry})",
        )

    def _normal(self, formula: Formula) -> str:
        """Normal numbers one after the other, as one family."""
        outcome = self.names.index(OUTCOME, [])
        sizes, values, scales = [], [], []
        for letter, scale in zip(formula.data, formula.terms, strict=True):
            if len(letter.sorts) > 2:
                raise NotInCoq("a matrix of normal numbers has no meaning in Coq yet")
            own = f"{self.names.letters[letter]} {outcome}"
            axis = next((sort for sort in letter.sorts if isinstance(sort, Axis)), None)
            sizes.append(self.names.axes[axis] if axis else "1")
            values.append(f"({own})" if axis else f"(fun _ => {own})")
            scales.append(f"(fun _ => {self.term(scale, []).words})")
        size = f"({' + '.join(sizes)})%nat" if len(sizes) > 1 else sizes[0]
        family = _one_after_the_other(sizes, values)
        return (
            f"independent_normal {self.names.chance[1]} {size} (fun {outcome} => {family}) "
            f"({_one_after_the_other(sizes, scales)})"
        )

    def _said(self, formula: Formula, inside: list[str]) -> str:
        if formula.kind is Kind.EQUAL and formula.left.head == terms.DERIVATIVE:
            function, point = formula.left.arguments
            return self._derivative(function, point, formula.right, inside)
        if formula.kind in COMPARISONS:
            sign = "<>" if formula.kind is Kind.DIFFERENT else formula.kind.value
            return f" {sign} ".join(self.term(one, inside).words for one in formula.terms)
        if formula.kind is Kind.HAS_DERIVATIVE:
            function, point, slope = formula.terms
            return self._derivative(function, point, slope, inside)
        if formula.kind is Kind.NORMAL:
            return self._normal(formula)
        if formula.kind in (Kind.TOP_EIGENVALUE, Kind.FLOW):
            return self._of_a_loss(formula, inside)
        raise NotInCoq(f"{formula.kind.value!r} has no meaning in Coq yet")

    def _derivative(self, function: Term, point: Term, slope: Term, inside: list[str]) -> str:
        at, value = (self.term(one, inside).within(ATOM) for one in (point, slope))
        return f"is_derive {self._function(function, inside, ())} {at} {value}"

    def _of_a_loss(self, formula: Formula, inside: list[str]) -> str:
        """The sharpness at weights, or where gradient flow leads from them."""
        sharpness = formula.kind is Kind.TOP_EIGENVALUE
        loss, *bodies = formula.terms[1:] if sharpness else formula.terms
        if any(len(sorts) > 3 or not all(isinstance(sort, Axis) for sort in sorts) for sorts in formula.data):
            raise NotInCoq("the weights of a loss are numbers, vectors, matrices and families of matrices")
        shapes = [[self._size(sort) for sort in sorts] for sorts in formula.data]
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
        spoken = f"(fun {binder} => {self.term(loss, inside, weights).words}) {sizes} {at}"
        if not sharpness:
            return f"flow{said}_leads {spoken}"
        return f"is_sharpness{said} {spoken} {self.term(formula.terms[0], inside).within(ATOM)}"

    def _weight(self, sorts: tuple[Sort, ...], body: Term, inside: list[str], wanted: int) -> str:
        """A layer at a point, as a function of so many indices; its name alone where it is a letter."""
        names: list[str] = []
        for sort in sorts:
            names.append(self.names.index(sort, [*inside, *names]))
        said = self.term(body, [*inside, *names]).words
        if len(names) == wanted and re.fullmatch(rf"\S+ {' '.join(names)}", said):
            return said.partition(" ")[0]
        return f"(fun {' '.join([*names, *'_' * (wanted - len(names))])} => {said})"


def speaks_of_chance(formula: Formula) -> bool:
    """Whether a formula speaks of outcomes."""
    random = any(OUTCOME in letter.sorts for letter in formula.free_letters())
    means = any(part.head == terms.MEAN for term in formula.terms for part in terms.parts(term))
    return random or means or OUTCOME in formula.prefix


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


def whole(parts: Iterable[str]) -> str:
    """A sum of numbers and names of whole numbers.

    >>> whole(["1", "0%nat"]), whole(["1", "L", "1"]), whole(["a"])
    ('1%nat', '(2 + L)%nat', 'a')
    """
    plain = [part.removesuffix("%nat") for part in parts]
    known = sum(int(one) for one in plain if one.isdigit())
    names = [one for one in plain if not one.isdigit()]
    said = " + ".join([*([str(known)] if known or not names else []), *names])
    if said in names and not said.startswith("("):
        return said
    return f"{said}%nat" if said in names or said.isdigit() else f"({said})%nat"


def number(value: Fraction) -> Text:
    """A rational number.

    >>> number(Fraction(-3, 2)).words
    '- (3 / 2)'
    """
    plain = str(abs(value.numerator)) + (f" / {value.denominator}" if value.denominator != 1 else "")
    level = ATOM if value.denominator == 1 else PRODUCT
    return Text(plain, level) if value >= 0 else Text(f"- {Text(plain, level).within(ATOM)}", OPPOSITE)


def _sum(parts: list[Text]) -> Text:
    said = ""
    for part in sorted(parts, key=lambda one: one.words.startswith("- ")):
        if said and part.words.startswith("- ") and part.level == OPPOSITE:
            bare = part.words[2:]
            said += f" - {bare[1:-1]}" if _one_bracket(bare) else f" - {bare}"
        else:
            said += (" + " if said else "") + part.within(PRODUCT)
    return Text(said, SUM)


def _one_bracket(text: str) -> bool:
    """Whether a bracket that opens at the beginning closes at the end."""
    depth = 0
    for place, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            return sign == ")" and place == len(text) - 1
    return False


def identifier(name: str) -> str:
    """The Coq name of a hypothesis or a claim.

    >>> identifier("later-layers"), identifier("2-layers"), identifier("end")
    ('later_layers', 'the_2_layers', 'the_end')
    """
    name = re.sub(r"[^\w']+", "_", name)
    return f"the_{name}" if name in RESERVED or not re.match(r"[^\W\d]", name) else name


def in_coq(statement: Statement) -> str:
    """A statement as a Coq file.

    Raises:
        NotInCoq: something in it has no meaning in Coq yet, such as a matrix of normal numbers.
    """
    said = read(statement)
    assumed = {**said.domains, **said.hypotheses}
    names = Names([*assumed.values(), *said.claims.values()])
    printer = Printer(names)
    fields = [(f"size_{name}", f"(0 < {name})%nat") for name in names.axes.values()]
    random = [letter for letter in names.letters if OUTCOME in letter.sorts]
    fields += [(f"random_{names.letters[letter]}", printer.measurable(letter)) for letter in random]
    fields += [(identifier(name), printer.formula(one)) for name, one in assumed.items()]
    lines = _wrapped(f"Record hypotheses {names.binders()} : Prop := {{", "  ")
    lines += [line for name, one in fields for line in _wrapped(f"  {name} : {one};", "    ")]
    lines += ["}."]
    for name, claim in said.claims.items():
        lines += ["", *_wrapped(f"Definition {identifier(name)} : Prop := forall {names.binders()},", "  ")]
        lines += _wrapped(f"  hypotheses {names.arguments()} ->", "    ")
        lines += _wrapped(f"  {printer.formula(claim)}.", "    ")
    body = "\n".join(lines) + "\n"
    return f"(** {_comment(f'{statement.id}. {statement.title}')}. *)\n\n{_imports(body)}\n{body}"


def _comment(text: str) -> str:
    """Text inside a comment of Coq, which can neither end it nor open another or a string."""
    return re.sub(r"\s+", " ", text.replace("(*", "( *").replace("*)", "* )").replace('"', "'"))


def _imports(body: str) -> str:
    """What a file requires before it can say this."""
    ours = [module for words, module in IMPORTS.items() if re.search(rf"(?<!\w)({words})(?!\w)", body)]
    lines = ["From Coq Require Import Reals."]
    if re.search(r"(?<!\w)(Derive|is_derive)(?!\w)", body):
        lines.append("From Coquelicot Require Import Coquelicot.")
    if ours:
        lines.append(f"From Kernel Require Import {' '.join(ours)}.")
    if "[" in body:
        lines[0] = "From Coq Require Import Reals List."
        lines.append("Import ListNotations.")
    return "\n".join([*lines, "Local Open Scope R_scope."]) + "\n"


def _wrapped(line: str, indent: str) -> list[str]:
    return textwrap.wrap(line, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def every_statement() -> dict[str, Statement]:
    """The statements of the ledger and the literal readings of the errata, by the name of their files."""
    errata = {one.literal.id: one.literal for one in all_errata().values()}
    return {file_name(name): one for name, one in {**all_statements(), **errata}.items()}


def every_file() -> dict[str, str]:
    """What stands in `statements/`, by file name, of every statement that has a meaning in Coq."""
    files: dict[str, str] = {}
    for name, statement in every_statement().items():
        try:
            files[f"{name}.v"] = in_coq(statement)
        except (NotInCoq, StatementError):
            continue
    return files


def write(folder: Path = STATEMENTS) -> None:
    """Write every file anew, and take away those of statements that are gone."""
    files = every_file()
    folder.mkdir(exist_ok=True)
    for gone in {path.name for path in folder.glob("*.v")} - files.keys():
        (folder / gone).unlink()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
