"""What `sharpness bounds` finds out about one data set: balls, narrow enough for the digits that are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from fractions import Fraction

from flint import arb

from numerics.arithmetic.ball import Ball
from numerics.arithmetic.true_digits import Digits, certain_digits
from numerics.data import Dataset
from numerics.data.enclosures import enclosures
from numerics.data.first_look import in_words
from numerics.spectrum.enclosed_spectrum import EnclosedSpectrum, NearbySpectrum
from numerics.spectrum.large_matrices.block_work import BlockWork
from theory import Spectrum
from theory.bounds import (
    Bounds,
    balanced_minimizer,
    convergence,
    initialization,
    minimizer_sharpness,
    predicted_sharpness,
    two_layer_minimizer,
)
from theory.errors import NotFiniteError, NoZeroLossError
from theory.language.numbers import Number

_FLOAT64_DIGITS = 17


@dataclass(frozen=True)
class Question:
    """What is asked about the data.

    Args:
        depths: numbers of layers.
        imbalance: C, for two layers alone; None is balanced.
        alpha: of the initialization of Assumption 5.5, with beta or not at all.
        beta: likewise.
        digits: how many digits are wanted of every number.
        rank_tolerance: singular values up to so much of the largest are left out.
    """

    depths: tuple[int, ...] = (2,)
    imbalance: Fraction | None = None
    alpha: Fraction | None = None
    beta: Fraction | None = None
    digits: int = 10
    rank_tolerance: float | None = None


@dataclass(frozen=True)
class DepthBounds:
    """The sharpness at the minimizer of one depth: `S` itself, with the factor 1/N."""

    depth: int
    predicted: Number
    lower: Number
    upper: Number
    exact: Number


@dataclass(frozen=True)
class BoundsReport:
    """Every number that the command shows, as a ball that holds it."""

    dataset: Dataset
    question: Question
    spectrum: EnclosedSpectrum
    depths: tuple[DepthBounds, ...]
    expected: Mapping[str, Bounds]
    """Bounds on the expected sharpness at `initialization` and at `convergence`, where alpha and beta are given."""
    work: BlockWork

    def digits(self, ball: arb) -> Digits:
        """Give the digits of a number that are certain, up to those that are asked for."""
        return certain_digits(ball, self.question.digits)

    def text(self, ball: arb) -> str:
        """Write the digits of a number, zeros at the end only where they are the last that are certain."""
        found = self.digits(ball)
        return str(found.shortened() if len(found.digits) >= self.question.digits else found)

    @property
    def rank_evidence(self) -> str:
        """How the rank is known."""
        dataset, rank = self.dataset, int(self.spectrum.rank)
        if self.question.rank_tolerance is not None:
            return f"as --rank-tolerance {self.question.rank_tolerance:g} has it"
        if dataset.exact_singular_values is not None:
            return "given"
        if rank == min(dataset.X.shape):
            return "no singular value is 0"
        return "exact" if dataset.numbers.rank_is_proved(rank) else "modulo the prime 2^61 - 1"

    def numbers(self) -> Iterator[tuple[str, arb]]:
        """Give every number with its name."""
        yield "the share of y outside the column space", self.spectrum.label_residual_share
        yield "the difficulty Q", self.spectrum.difficulty
        yield "the imbalance threshold T_1", self.spectrum.imbalance_threshold
        for row in self.depths:
            for field in fields(row)[1:]:
                yield f"the sharpness at depth {row.depth} ({field.name})", getattr(row, field.name)
        for place, bounds in self.expected.items():
            yield f"the lower bound at {place}", bounds.lower
            yield f"the upper bound at {place}", bounds.upper

    def data_record(self, notes: Sequence[str]) -> dict[str, object]:
        """Give what the JSON record says of the data: certain digits only."""
        return {
            "dataset": self.dataset.name,
            "understood": in_words(self.dataset),
            "notes": list(notes),
            "n_samples": self.dataset.n_samples,
            "n_features": self.dataset.n_features,
            "rank": int(self.spectrum.rank),
            "rank_evidence": self.rank_evidence,
            "label_residual_share": certain_float(self.spectrum.label_residual_share),
            "difficulty": certain_float(self.spectrum.difficulty),
        }

    def record(self, notes: Sequence[str] = ()) -> dict[str, object]:
        """Give the JSON record, its keys in the order in which people read it: certain digits only."""
        return {
            **self.data_record(notes),
            "imbalance_threshold": certain_float(self.spectrum.imbalance_threshold),
            "depths": [
                {"depth": row.depth, **{name: certain_float(getattr(row, name)) for name in _NUMBERS}}
                for row in self.depths
            ],
            **{
                place: {"lower": certain_float(bounds.lower), "upper": certain_float(bounds.upper)}
                for place, bounds in self.expected.items()
            },
        }


_NUMBERS = tuple(field.name for field in fields(DepthBounds)[1:])


def bounds_report(
    dataset: Dataset, question: Question, *, require_zero_loss: bool = False, work: BlockWork | None = None
) -> BoundsReport:
    """Answer a question, with more and more bits until all digits that are asked for are certain, or no more are had.

    Raises:
        NoZeroLossError: `require_zero_loss` and a part of y lies outside `col(X)`.
        NotFiniteError: a number leaves the range of float64.
        DegenerateDataError: see `numerics.data.enclosures`.
        ParameterError: alpha or beta is not positive, or a depth below 2.

    Examples:
        >>> from numerics.data import load
        >>> report = bounds_report(load("minimal:4,2,1,0,1"), Question())
        >>> report.text(report.depths[0].exact)
        '1'
    """
    report = None
    work = work or BlockWork()
    for spectrum in enclosures(dataset, question.rank_tolerance, work):
        if require_zero_loss and spectrum.label_residual_share > 0:
            raise NoZeroLossError(
                f"{certain_digits(100 * spectrum.label_residual_share, 3)} % of ||y||^2 lies outside the column space "
                "of X, so no weights reach zero loss: drop --require-zero-loss to leave that constant part out"
            )
        with Ball(spectrum.bits).active():
            report = _evaluated(dataset, question, spectrum, work)
        if all(_is_enough(ball, question.digits, spectrum.bits) for _, ball in report.numbers()):
            break
    assert report is not None  # enclosures gives one or raises
    for name, ball in report.numbers():
        _require_float64(name, ball)
    return report


def at_depth(spectrum: Spectrum, depth: int, imbalance: Number = 0) -> DepthBounds:
    """Definition 5.8, Theorem 4.3 (two layers) or 4.6 (more), and the exact sharpness.

    Raises:
        ParameterError: depth below 2, or an imbalance with more than two layers.

    Examples:
        >>> at_depth(Spectrum([2.0], [6.0], n_samples=1), 2)
        DepthBounds(depth=2, predicted=12.0, lower=24.0, upper=24.0, exact=24.0)
    """
    bounds = two_layer_minimizer(spectrum, imbalance) if depth == 2 else balanced_minimizer(spectrum, depth)
    exact = minimizer_sharpness(spectrum, depth=depth, imbalance=imbalance)
    if isinstance(spectrum, EnclosedSpectrum) and spectrum.nearby is not None:
        exact = exact.intersection(_from_nearby(spectrum, spectrum.nearby, depth, imbalance, bounds))
    return DepthBounds(depth, predicted_sharpness(spectrum, depth), bounds.lower, bounds.upper, exact)


def _from_nearby(
    spectrum: EnclosedSpectrum, nearby: NearbySpectrum, depth: int, imbalance: Number, bounds: Bounds
) -> arb:
    """Enclose the exact sharpness by that of a matrix near X.

    It is the norm of `(A X X^T + B p p^T) / N` with p the part of y in the column space. Another matrix at the relative
    distance e changes the first term by at most `2 e + e^2` of itself, which is below the lower bound; another column
    space at the angle a changes the second by at most `2 a l + (a l)^2` of itself with `l = ||y|| / ||p||`, which is
    below the upper bound.
    """
    there = minimizer_sharpness(nearby, depth=depth, imbalance=imbalance)
    first = (2 * arb(nearby.distance) + arb(nearby.distance) ** 2) * bounds.lower
    turned = arb(nearby.angle) / (1 - spectrum.label_residual_share).sqrt()
    enclosure: arb = there + arb(0, (first + (2 * turned + turned**2) * bounds.upper).upper())
    return enclosure


def _evaluated(dataset: Dataset, question: Question, spectrum: EnclosedSpectrum, work: BlockWork) -> BoundsReport:
    alpha, beta = question.alpha, question.beta
    depths = tuple(at_depth(spectrum, depth, question.imbalance or Fraction(0)) for depth in question.depths)
    expected = {}
    if alpha is not None and beta is not None:
        expected["initialization"] = initialization(spectrum, alpha, beta)
        expected["convergence"] = convergence(spectrum, alpha, beta)
    return BoundsReport(dataset, question, spectrum, depths, expected, work)


def _is_enough(ball: arb, digits: int, bits: int) -> bool:
    """Whether a number has its digits, or is as good as 0."""
    found = certain_digits(ball, digits)
    nothing = not found.digits and found.bound is not None and ball.rad() < arb(2) ** -(bits // 2)
    return len(found.digits) >= digits or found.digits == "0" or nothing


def _require_float64(name: str, ball: arb) -> None:
    found = certain_digits(ball, 6)
    if found.digits and found.digits != "0" and not -307 < found.exponent <= 308:
        raise NotFiniteError(f"{name} is {found}, out of the range of float64; rescale the data or the parameters")


def certain_float(ball: arb) -> float:
    """The float64 of the digits that are certain."""
    found = certain_digits(ball, _FLOAT64_DIGITS)
    return float(str(found)) if found.digits else 0.0
