"""What a run asks of an optimizer."""

from __future__ import annotations

import inspect
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from fractions import Fraction
from functools import cache
from typing import ClassVar, Self, cast

import numpy as np
from numpy.typing import NDArray

from numerics.arithmetic.base import Arithmetic, Number, exact_fraction
from numerics.model.base import Model, State
from theory.errors import ParameterError

ESCAPE_BITS = 100
"""A run has diverged once some layer is not finite or reaches 2 to this power."""


@dataclass(frozen=True, eq=False)
class Advance:
    """Where a stretch of steps ended.

    Attributes:
        state: the weights after the last step taken.
        steps: how many steps were taken; fewer than asked for only if the run escaped.
        escaped: whether the last step took a layer beyond 2^100 or out of the finite numbers.
        memory: what the optimizer itself carries from step to step.
    """

    state: State
    steps: int
    escaped: bool
    memory: tuple[Number, ...] = ()


@dataclass(frozen=True, eq=False)
class Visited:
    """A stretch of steps, of which each is recorded.

    Attributes:
        state: the weights after the last step taken.
        steps: how many steps were taken; fewer than asked for only if the run diverged.
        diverged: whether a layer reached 2^100, or the loss passed the loss of divergence or left the finite numbers.
        losses: shape `(K,)`, after each step; the last one is left out where a layer or the loss is beyond recording.
        weights: the `f_i` and `v_j` rounded to float64, shape `(K, r + D - 1)`.
        state_at: gives the weights themselves after one of the K steps, to be asked in ascending order.
    """

    state: State
    steps: int
    diverged: bool
    losses: NDArray[np.float64]
    weights: NDArray[np.float64]
    state_at: Callable[[int], State]


@dataclass(frozen=True)
class Options:
    """What people choose beside the optimizer's name; each optimizer takes what it needs and refuses the rest.

    Attributes:
        step_size: a decimal or a quotient, as a text that stays exact.
        batch_size: samples in a batch.
        seed: of the batches.
    """

    step_size: str | None = None
    batch_size: int | None = None
    seed: int = 0


class Optimizer(ABC):
    """A rule for the next step. It is bound to a model by `on`, which folds its constants.

    A parameter of its constructor is kept under the same name.

    Attributes:
        name: what people type.
        summary: one line of help.
        step_size: `eta`, where it is the same at every step; None where it is not.
        batch_size: how many samples a step sees; None for all.
        independent_batches: whether each batch is drawn independently of the others.
    """

    name: ClassVar[str]
    summary: ClassVar[str]
    step_size: object = None
    batch_size: int | None = None
    independent_batches: ClassVar[bool] = False

    @classmethod
    def takes_step_size(cls) -> bool:
        """Whether `eta` is one of its parameters, or it chooses its own steps."""
        return "step_size" in _parameters(cls)

    @classmethod
    def from_options(cls, options: Options) -> Self:
        """Make it from what people chose: each parameter is the option of its name.

        Raises:
            ParameterError: an option that it needs is missing, or there is one that it does not know.
        """
        parameters, make = _parameters(cls), cast(Callable[..., Self], cls)
        chosen = {name: value for name, value in asdict(options).items() if name in parameters and value is not None}
        for name, parameter in parameters.items():
            if name not in chosen and parameter.default is parameter.empty:
                flag = name.replace("_", "-")
                raise ParameterError(f"{cls.name} needs a {flag.replace('-', ' ')}; give --{flag} (in Python {name})")
        if options.step_size is not None and not cls.takes_step_size():
            raise ParameterError(f"{cls.name} chooses its own steps; leave --step-size out, or use gd")
        if options.batch_size is not None and "batch_size" not in parameters:
            raise ParameterError(f"{cls.name} uses all the samples; leave --batch-size out, or use sgd")
        return make(**chosen)

    def settings(self) -> dict[str, object]:
        """Give its name and its parameters, which determine the steps, for a record to keep."""
        found: dict[str, object] = {"optimizer": self.name}
        for name, parameter in _parameters(type(self)).items():
            value = getattr(self, name)
            found[name] = value if parameter.annotation in (int, "int") else str(value)
        return found

    @abstractmethod
    def on(self, model: Model, *, fast: bool = True) -> Stepper:
        """Bind to a model; with `fast` a compiled loop may be used that gives the same bits."""


@cache
def _parameters(optimizer: type[Optimizer]) -> Mapping[str, inspect.Parameter]:
    return inspect.signature(optimizer).parameters


class Stepper(ABC):
    """An optimizer bound to a model."""

    def __init__(self, model: Model) -> None:
        self.model = model

    @abstractmethod
    def step(self, state: State, index: int, memory: tuple[Number, ...]) -> tuple[State, tuple[Number, ...]]:
        """Take step number `index`, counted from 0. Called inside `arithmetic.active()`."""

    def advance(self, state: State, first: int, count: int, memory: tuple[Number, ...] = ()) -> Advance:
        """Take `count` steps, of which the first has the number `first`; stop where a layer escapes."""
        with self.model.arithmetic.active():
            for taken in range(count):
                state, memory = self.step(state, first + taken, memory)
                if has_escaped(self.model.arithmetic, state):
                    return Advance(state, taken + 1, True, memory)
        return Advance(state, count, False, memory)


_LEAST_STEP = Fraction(1, 10**307)


def has_escaped(arithmetic: Arithmetic, state: State) -> bool:
    """Tell whether a layer is not finite or at least 2^100 in magnitude."""
    limit = 2**ESCAPE_BITS
    return not all(arithmetic.is_finite(v) and -limit < v < limit for v in state.layers)


def check_step_size(step_size: object, what: str = "the step size") -> None:
    """Refuse a step size that is not positive, or so small or large that it or `2/eta` leaves the range of float64."""
    value = exact_fraction(step_size)
    if not value > 0:
        raise ParameterError(f"{what} is {step_size}; give a positive number")
    if not _LEAST_STEP <= value <= 1 / _LEAST_STEP:
        raise ParameterError(f"{what} is {step_size}; give one from 1e-307 to 1e307, or rescale the data")


def check_batch_size(batch_size: int, n_samples: int) -> None:
    """Refuse a batch size outside 1..N."""
    if isinstance(batch_size, bool) or not isinstance(batch_size, int) or not 1 <= batch_size <= n_samples:
        raise ParameterError(f"the batch size is {batch_size}; give a whole number from 1 to {n_samples}")


def random_generator(seed: int, index: int) -> np.random.Generator:
    """Give the random generator of one step (or epoch), which depends on nothing but seed and index."""
    if isinstance(seed, bool) or not isinstance(seed, int) or not 0 <= seed < 2**63:
        raise ParameterError(f"the seed is {seed}; give a whole number of at least 0")
    return np.random.Generator(np.random.Philox(key=seed, counter=[0, 0, 0, index]))


Batch = NDArray[np.intp]
