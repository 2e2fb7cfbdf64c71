"""What a data source is, how the sources of this folder are found, and `load`."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from numerics.data.dataset import Dataset
from numerics.data.reading import Reading
from numerics.data.subset import Subset
from numerics.discovery import defined_in
from theory.did_you_mean import did_you_mean
from theory.errors import DataFileError, ParameterError, SharpnessError

Parameters = TypeVar("Parameters")


@dataclass(frozen=True)
class Source(Generic[Parameters]):
    """One way to name a data set, as text `scheme:parameters` or as the path of a file.

    Args:
        form: the whole text with its parameters' names, such as `digits:A,B`.
        example: a whole text that is right.
        summary: one line of help.
        parse: reads what follows `scheme:`; it raises ValueError with a reason when it cannot.
        load: makes the data set from its name, the parsed parameters and the requested subset.
        suffixes: endings of file names that need no scheme.
        options: the fields of `Reading` that this source follows; it refuses the others.
    """

    form: str
    example: str
    summary: str
    parse: Callable[[str], Parameters]
    load: Callable[[str, Parameters, Subset], Dataset]
    suffixes: tuple[str, ...] = ()
    options: tuple[str, ...] = ()

    @property
    def scheme(self) -> str:
        """The word before the first colon."""
        return self.form.partition(":")[0]

    def open(self, name: str, text: str, subset: Subset) -> Dataset:
        """Parse `text`, what follows the scheme in `name`, and load.

        Raises:
            DataFileError: the text is malformed; the message shows the form and an example.
            ParameterError: the user said something about the file that this source does not follow.
        """
        for said in subset.reading.given():
            if said not in self.options:
                raise ParameterError(f"{name}: {self.form} takes no --{said}; leave it out")
        try:
            return self.load(name, self._parameters(name, text), subset)
        except SharpnessError as error:  # names in files and paths may hold anything, line breaks too
            raise type(error)(_one_line(str(error))) from None

    def _parameters(self, name: str, text: str) -> Parameters:
        try:
            return self.parse(text)
        except ValueError as reason:
            behind = " " if str(reason).endswith("?") else "; "
            raise DataFileError(f"{name}: {reason}{behind}write {self.form}, for example {self.example}") from None


@functools.cache
def sources() -> Mapping[str, Source[Any]]:
    """Every source of this folder by its scheme, in alphabetical order.

    Examples:
        >>> "digits" in sources()
        True
    """
    return defined_in("numerics.data.known_sources", "SOURCE", lambda source: source.scheme)


def load(source: str, *, samples: int | None = None, seed: int = 0, reading: Reading | None = None) -> Dataset:
    """Read the data set that `source` names.

    Args:
        source: `scheme:parameters` (`digits:3,5`), or the path of a file that a source can read.
        samples: how many samples to draw without replacement; None takes all. From a two-class source half
            of them come from each class (one more from the first class when odd); from any other source
            they are drawn uniformly.
        seed: fixes the draw, and a synthetic source's random numbers.
        reading: how to read a file: which column is the label, what separates cells, and so on.

    Raises:
        DataFileError: no such source, malformed parameters, or a file that cannot be read as one.
        ParameterError: `samples` or `seed` is out of range, or more samples than there are.
        ShapeError, NotFiniteError, DegenerateDataError: see `Dataset`.

    Examples:
        >>> load("digits:3,5", samples=7).y.tolist()
        [-1.0, 1.0, 1.0, -1.0, 1.0, -1.0, 1.0]
    """
    subset = Subset(samples, seed, reading or Reading())
    scheme, colon, text = source.partition(":")
    if colon and scheme in sources():
        return sources()[scheme].open(source, text, subset)
    for candidate in sources().values():
        if candidate.suffixes and source.lower().endswith(candidate.suffixes):
            return candidate.open(source, source, subset)
    raise DataFileError(f"{source!r} is not a data source; give one of {_choices()}{_near(source)}")


def _one_line(message: str) -> str:
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in message)


def _near(source: str) -> str:
    """What may have been meant: a scheme before a colon, else a file of the same folder."""
    scheme, colon, _ = source.partition(":")
    if colon:
        return did_you_mean(scheme, sources())
    return did_you_mean(source, [one.example for one in sources().values() if not one.suffixes])


def _choices() -> str:
    forms = [source.form for source in sources().values() if not source.suffixes]
    endings = [suffix for source in sources().values() for suffix in source.suffixes]
    return f"{', '.join(forms)}, or a file ending in {', '.join(sorted(endings))}"
