"""Claims about exact trajectories of gradient descent: proved or refuted, with a certificate that a checker re-ran."""

from __future__ import annotations

import decimal
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from numerics.arithmetic.whole_numbers import whole
from numerics.data import Reading
from numerics.exact_trajectory import Claim, Decision, ExactRun, ExactTable, Verdict, decide, parse_claim
from numerics.interface.given import Given, given
from numerics.work.files import replace_file
from numerics.work.progress import bar
from proofs_check.trajectory_certificate.checker import Refused, check
from proofs_check.trajectory_certificate.writer import certificate, text_of
from theory.errors import ParameterError


@dataclass(frozen=True, eq=False, repr=False)
class Certificate:
    """The answer to a claim.

    Attributes:
        decision: how the balls decided.
        sentence: what the certificate proves, by the checker's word; empty where the claim is undecided.
        text: the certificate; likewise.
    """

    decision: Decision
    sentence: str
    text: str

    @property
    def verdict(self) -> Verdict:
        """PROVED, REFUTED or UNDECIDED."""
        return self.decision.verdict

    def save(self, path: str | Path) -> None:
        """Write the certificate; `sharpness certify --check FILE` re-runs it.

        Raises:
            ParameterError: the claim is undecided.
            OSError: the file cannot be written; a former one is untouched.
        """
        if not self.text:
            raise ParameterError(f"an undecided claim has no certificate: {self.decision.reason}")
        replace_file(Path(path), self.text.encode())

    def record(self) -> dict[str, object]:
        """Give what JSON can hold."""
        decision, rank = self.decision, len(self.decision.run.coefficients)
        radii = [rounded_up(radius) for radius in decision.radii]
        return {
            "claim": decision.claim.text,
            "verdict": decision.verdict.value,
            "sentence": self.sentence or None,
            "reason": decision.reason or None,
            "bits": decision.bits,
            "last_step": decision.last_step,
            "crossing_step": decision.crossing_step,
            "escape_step": decision.escape_step,
            "radii": {"coefficients": radii[:rank], "layers": radii[rank:]} if radii else None,
        }

    def facts(self) -> Iterator[tuple[str, str]]:
        """Say it in words, each with what it is about."""
        decision = self.decision
        if decision.verdict is Verdict.UNDECIDED:
            yield "UNDECIDED", decision.reason
            return
        yield decision.verdict.value, self.sentence
        yield "precision", f"{decision.bits} bits"
        letter, rank = decision.run.letter, len(decision.run.coefficients)
        names = [f"{letter}_{i + 1}" for i in range(rank)] + [f"v_{j + 1}" for j in range(decision.run.depth - 1)]
        radii = ", ".join(f"{name} {rounded_up(r)}" for name, r in zip(names, decision.radii, strict=True))
        yield "radii", f"{radii} at step {decision.last_step}"

    def __repr__(self) -> str:
        (verdict, sentence), *others = self.facts()
        return "\n".join([f"{verdict}: {sentence}", *(f"{what:<9}  {text}" for what, text in others)])

    def _repr_html_(self) -> str:
        from theory.printing.tables import listing

        return listing(self.facts())


def certify(
    data: Any,
    y: Any = None,
    *,
    step_size: object,
    claim: str,
    steps: int,
    init: str = "default",
    depth: int = 2,
    digits: int = 20,
    record_every: int = 100,
    max_bits: int = 16384,
    samples: int | None = None,
    seed: int = 0,
    reading: Reading | None = None,
) -> Certificate:
    """Prove or refute a claim about gradient descent as exact arithmetic would run it.

    The trajectory is enclosed in balls, with more and more bits until every comparison that the claim needs is certain;
    the certificate is then re-run by a checker that shares no code with what made it.

    Args:
        data: as `numerics.study` takes them. Data given by their spectrum are followed in it, a table in one weight for
            each feature.
        y: likewise.
        step_size: `eta`, exact; a float is the decimal that it prints as.
        claim: such as `"loss > 1e6"`, `"sharpness < 2/eta after crossing"` or `"diverges"`.
        steps: the last step that the claim speaks of.
        init: as `numerics.train` takes it; on a table `u=U1,...,v=V1` too.
        depth: `D >= 2`.
        digits: how well every recorded number is to be known.
        record_every: record every so many steps.
        max_bits: the most precision to try.
        samples: how many samples to draw, of data named by a text.
        seed: fixes every random choice.
        reading: how to read a file.

    Raises:
        ParameterError: the claim is none, an argument outside its domain, or a certificate beyond the checker's limits.
        ShapeError, NotFiniteError, DegenerateDataError, DataFileError: the data; the message says where.

    Examples:
        >>> found = certify("minimal:2,2,1,1,1", step_size="0.1", claim="loss < 0.1", steps=50, init="c=1,1,v=1")
        >>> found.verdict
        <Verdict.PROVED: 'PROVED'>
    """
    if not isinstance(claim, str):
        raise ParameterError(f"a claim is a text such as 'loss > 1e6', not {type(claim).__name__}")
    said, steps, digits = parse_claim(claim), whole(steps, "steps", 0), whole(digits, "digits", 2)
    record_every, max_bits = whole(record_every, "record_every"), whole(max_bits, "max_bits")
    read = given(data, y, samples=samples, seed=seed, reading=reading)
    run = exact_run(read, init, step_size, depth)
    return certified(run, said, steps, digits=digits, record_every=record_every, max_bits=max_bits)


def exact_run(data: Given, init: str, step_size: object, depth: int) -> ExactRun | ExactTable:
    """Take data as exact rationals: those given by their spectrum as that, others as a table."""
    by_spectrum = data.dataset.exact_singular_values is not None
    return (ExactRun if by_spectrum else ExactTable).of(data.dataset, init, str(step_size), depth, data.seed)


def certified(
    run: ExactRun | ExactTable, claim: Claim, steps: int, *, digits: int, record_every: int, max_bits: int
) -> Certificate:
    """Decide a claim and check the certificate.

    Raises:
        ParameterError: the certificate is beyond the checker's limits.
    """
    with bar("enclosing", steps) as update:
        decision = decide(
            run,
            claim,
            steps,
            digits=digits,
            record_every=record_every,
            max_bits=max_bits,
            progress=lambda bits, step: update(step, f"{bits} bits"),
        )
    if decision.verdict is Verdict.UNDECIDED:
        return Certificate(decision, "", "")
    text = text_of(certificate(decision))
    try:
        with bar("checking") as update:
            return Certificate(decision, check(text, lambda step, last: update(step, total=last)), text)
    except Refused as error:
        raise ParameterError(
            f"the balls say {decision.verdict.value}, but the certificate is refused: {error}"
        ) from None


def rounded_up(radius: Fraction) -> str:
    """Round a radius up to three digits, however small it is.

    >>> rounded_up(Fraction(1, 3)), rounded_up(Fraction(0))
    ('3.34e-1', '0')
    """
    exact = decimal.Context(3, decimal.ROUND_CEILING, decimal.MIN_EMIN, decimal.MAX_EMAX)
    value = exact.divide(decimal.Decimal(radius.numerator), decimal.Decimal(radius.denominator))
    return f"{value:.2e}".replace("e+", "e") if value else "0"
