"""Decide a claim about the exact trajectory, raising the precision until the balls are narrow enough."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from numerics.arithmetic.ball import Ball
from numerics.exact_trajectory.claim import Claim
from numerics.exact_trajectory.decimal_record import decimal_text
from numerics.exact_trajectory.exact_loss import ExactLoss
from numerics.exact_trajectory.exact_run import ExactRun
from numerics.exact_trajectory.exact_table import ExactTable
from numerics.exact_trajectory.verdict import Judge, Verdict
from numerics.model.base import State
from theory.errors import ParameterError

__all__ = ["Decision", "Record", "Verdict", "decide", "precisions"]

Watcher = Callable[[int, int], None]

_LARGEST_EXPONENT = 20_000  # beyond every level that a claim can have


@dataclass(frozen=True)
class Record:
    """The weights, loss and sharpness after a step, as decimal texts right to half a unit in the last place."""

    step: int
    coefficients: tuple[str, ...]
    layers: tuple[str, ...]
    loss: str
    sharpness: str


@dataclass(frozen=True)
class _Question:
    run: ExactRun | ExactTable
    claim: Claim
    steps: int
    digits: int
    record_every: int


@dataclass(frozen=True)
class Decision(_Question):
    """What was found out about a claim.

    Attributes:
        run, claim, steps, digits, record_every: what was asked.
        verdict: PROVED, REFUTED or UNDECIDED.
        reason: why the claim is undecided, else empty.
        bits: the precision of the balls that decided, or the greatest that was tried.
        last_step: the step that decided, or the last one that was looked at.
        crossing_step: first step with `eta S > 2`, where the claim speaks of it.
        escape_step: first step in the escape region, from which the weights double for ever; None for none.
        records: enclosures at the recorded steps; empty where the claim is undecided.
        radii: radii of the balls of `c_i` and `v_j` at the last step.
    """

    verdict: Verdict
    reason: str
    bits: int
    last_step: int
    crossing_step: int | None = None
    escape_step: int | None = None
    records: tuple[Record, ...] = ()
    radii: tuple[Fraction, ...] = ()


class _StoppedError(Exception):
    """A step that balls of one precision do not tell enough of; or, if it is final, of any."""

    def __init__(self, step: int, reason: str, *, is_final: bool = False) -> None:
        super().__init__(reason)
        self.step, self.reason, self.is_final = step, reason, is_final


def precisions(most: int) -> Iterator[int]:
    """Give the precisions to try: 64, 128, 256, ... and at last `most`.

    Examples:
        >>> list(precisions(400))
        [64, 128, 256, 400]
    """
    bits = 64
    while bits < most:
        yield bits
        bits *= 2
    yield most


def decide(
    run: ExactRun | ExactTable,
    claim: Claim,
    steps: int,
    *,
    digits: int = 20,
    record_every: int = 100,
    max_bits: int = 16384,
    progress: Watcher | None = None,
) -> Decision:
    """Prove or refute a claim about the exact trajectory of gradient descent, or say why it is undecided.

    The trajectory is enclosed in balls, at each precision anew from the exact start, until every comparison that the
    claim needs holds or fails for all numbers in the balls, and every recorded number is known to `digits` digits.

    Args:
        run: data, start and step size.
        claim: what to decide about the steps 0 to `steps`.
        steps: the last step that the claim speaks of.
        digits: how well the recorded numbers must be known.
        record_every: record the steps 0, K, 2K, ... and the last one.
        max_bits: the most precision to try.
        progress: called with the precision and the step.

    Raises:
        ParameterError: a count out of range, or a claim about a step after the last one.

    Examples:
        >>> from numerics.exact_trajectory.claim import parse_claim
        >>> from numerics.data import load
        >>> run = ExactRun.of(load("minimal:100,5.477,0.233,0.3,1.414"), "c=0.1,0.1,v=0.5", "2.5")
        >>> found = decide(run, parse_claim("loss > 1e6"), 2000)
        >>> found.verdict.value, found.last_step, found.escape_step, found.bits
        ('PROVED', 465, 464, 512)
    """
    for value, least, name in ((steps, 0, "steps"), (digits, 2, "digits"), (record_every, 1, "record_every")):
        if not least <= value <= 10**9:
            raise ParameterError(f"{name} is {value}; give a whole number of at least {least}")
    if digits > 1000:
        raise ParameterError(f"digits is {digits}; give at most 1000")
    if claim.step is not None and claim.step > steps:
        raise ParameterError(f"the claim speaks of step {claim.step}, but there are {steps} steps; take more steps")
    if not 64 <= max_bits <= 1_000_000:
        raise ParameterError(f"max_bits is {max_bits}; give a whole number from 64 to 1000000")
    asked, exact = _Question(run, claim, steps, digits, record_every), ExactLoss(run)
    for bits in precisions(max_bits):
        try:
            return _Attempt(asked, Ball(bits), exact).decision(progress)
        except _StoppedError as stopped:
            last_step, reason = stopped.step, stopped.reason
            if stopped.is_final:
                break
            reason += f" with {max_bits} bits, the most allowed"
    return Decision(**vars(asked), verdict=Verdict.UNDECIDED, reason=reason, bits=bits, last_step=last_step)


class _Attempt:
    """One pass over the steps with balls of one precision."""

    def __init__(self, asked: _Question, ball: Ball, exact: ExactLoss) -> None:
        run, self.claim, self.asked = asked.run, asked.claim, asked
        self.ball, self.judge, self.exact = ball, Judge(self.claim), exact
        self.crossing_step: int | None = None
        self.escape_step: int | None = None
        with ball.active():
            self.enclosed = run.enclosed(ball)
            self.level = ball.number(self.claim.threshold(run.step_size))
            n_samples, self.limit = ball.number(run.n_samples), ball.number(2**_LARGEST_EXPONENT)
            self.scaled_level, self.scaled_edge = self.level * n_samples, ball.number(run.edge) * n_samples

    def decision(self, progress: Watcher | None) -> Decision:
        """Step until the claim is decided.

        Raises:
            _StoppedError: a comparison or a record needs narrower balls, or no claim gains by following such weights.
        """
        records: list[Record] = []
        with self.ball.active():
            state = self.enclosed.start
            for step in range(self.asked.steps + 1):
                if any(abs(weight) > self.limit for weight in (*state.first_layer, *state.layers)):
                    reason = f"the weights exceed 2^{_LARGEST_EXPONENT} at step {step}, and no later step is looked at"
                    raise _StoppedError(step, reason, is_final=True)
                verdict = self._verdict(step, state)
                if verdict is None and step == self.asked.steps:
                    verdict = self.judge.ended(self.crossing_step is not None)
                if verdict is not None or step % self.asked.record_every == 0:
                    records.append(self._record(step, state))
                    if progress is not None:
                        progress(self.ball.bits, step)
                if verdict is not None:
                    break
                state = self.enclosed.step(state)
            weights = self.enclosed.weights(state)
        assert verdict is not None
        undecided = verdict is Verdict.UNDECIDED
        return Decision(
            **vars(self.asked),
            verdict=verdict,
            reason=self._no_escape() if undecided else "",
            bits=self.ball.bits,
            last_step=step,
            crossing_step=self.crossing_step,
            escape_step=self.escape_step,
            records=() if undecided else tuple(records),
            radii=tuple(self.ball.radius(weight) for weight in weights),
        )

    def _no_escape(self) -> str:
        if isinstance(self.asked.run, ExactTable):
            return "that the weights never come back is shown only of data given by their spectrum"
        return (
            f"the weights are in the escape region at none of the steps 0 to {self.asked.steps}, and that they never "
            "will be does not follow from that"
        )

    def _verdict(self, step: int, state: State) -> Verdict | None:
        """Look at a step; None leaves the claim open."""
        if self.escape_step is None:
            inside = self.enclosed.escaped(state)
            if self._told(inside, step, "whether the weights are in the escape region at"):
                self.escape_step = step
        if self.claim.diverges:
            return None if self.escape_step is None else Verdict.PROVED
        if self.claim.after_crossing and self.crossing_step is None:
            if step == self.asked.steps:
                return None
            above = self.enclosed.sharpness_exceeds(state, self.scaled_edge)
            if self._told(above, step, "on which side of 2/eta the sharpness lies at"):
                self.crossing_step = step
            return None
        verdict = self.judge.saw(step, self._holds(step, state))
        if verdict is None and self.escape_step is not None:
            floor = self.enclosed.floor(self.claim.quantity, state)
            if floor is not None and floor > self.level:
                verdict = self.judge.above_for_ever()
        return verdict

    def _holds(self, step: int, state: State) -> bool:
        """Tell whether the claim's relation holds; where the loss is at its level, neither > nor < does."""
        exceeds = self._exceeds(state)
        open_loss = exceeds is None and self.claim.quantity == "loss"
        if open_loss and self.exact.at(step) == self.claim.threshold(self.asked.run.step_size):
            return False
        where = f"on which side of the level in {self.claim.text!r} the {self.claim.quantity} lies at"
        return self._told(exceeds, step, where) is self.claim.above

    def _told(self, answer: bool | None, step: int, question: str) -> bool:
        if answer is None:
            raise _StoppedError(step, f"{question} step {step} cannot be told")
        return answer

    def _exceeds(self, state: State) -> bool | None:
        """Tell whether the claim's quantity is above its level (True), below (False), or neither for sure."""
        if self.claim.quantity == "sharpness":
            return self.enclosed.sharpness_exceeds(state, self.scaled_level)
        loss = self.enclosed.loss(state)
        return True if loss > self.level else False if loss < self.level else None

    def _record(self, step: int, state: State) -> Record:
        values = (*self.enclosed.weights(state), self.enclosed.loss(state))
        texts = [decimal_text(self.ball, value, self.asked.digits) for value in values]
        texts.append(self.enclosed.sharpness_text(state, self.asked.digits))
        known = [text for text in texts if text is not None]
        if len(known) < len(texts):
            raise _StoppedError(step, f"the trajectory at step {step} is not known to {self.asked.digits} digits")
        rank = len(self.asked.run.coefficients)
        return Record(step, tuple(known[:rank]), tuple(known[rank:-2]), known[-2], known[-1])
