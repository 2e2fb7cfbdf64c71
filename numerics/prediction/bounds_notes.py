"""What is to be said beside the bounds: ties, singular values that were cut or look like rounding, digits that lack."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import log10

from flint import arb

from numerics.arithmetic.true_digits import certain_digits
from numerics.prediction.bounds_report import BoundsReport, bounds_report
from theory.errors import DegenerateDataError

_GAP = 1000
"""So many times smaller than the next one is a singular value that looks like rounding."""

_DIGITS = 6


def notes(report: BoundsReport) -> Iterator[str]:
    """Give one sentence for each.

    Examples:
        >>> import numpy as np
        >>> from numerics.prediction.bounds_report import Question
        >>> from numerics.data import Dataset
        >>> report = bounds_report(Dataset("mine", np.eye(2), np.array([3.0, 4.0])), Question())
        >>> list(notes(report))
        ['2 modes share the largest singular value: d_1^2 is the squared projection of y on their space']
    """
    if report.spectrum.tied > 1:
        yield (
            f"{report.spectrum.tied} modes share the largest singular value: d_1^2 is the squared projection of y on "
            "their space"
        )
    if report.question.rank_tolerance is not None:
        yield from _what_was_cut(report)
    elif report.dataset.exact_singular_values is None:
        yield from _what_looks_rounded(report)
    found = [report.digits(ball).digits for _, ball in report.numbers()]
    if any(0 < len(digits) < report.question.digits and digits != "0" for digits in found):
        yield (
            f"numbers with fewer than {report.question.digits} digits: the others are not certain; data of this size "
            "are not decomposed in more than float64"
        )


def _what_was_cut(report: BoundsReport) -> Iterator[str]:
    question = report.question
    try:
        whole = bounds_report(report.dataset, replace(question, digits=_DIGITS, rank_tolerance=None), work=report.work)
    except DegenerateDataError:
        yield f"--rank-tolerance {question.rank_tolerance:g} left out singular values that float64 cannot tell from 0"
        return
    count = int(whole.spectrum.rank) - int(report.spectrum.rank)
    if count:
        yield (
            f"--rank-tolerance {question.rank_tolerance:g} left out {count} of {whole.spectrum.rank} singular values; "
            f"without it {_answers(whole)}"
        )


def _what_looks_rounded(report: BoundsReport) -> Iterator[str]:
    s, dataset = report.spectrum.singular_values, report.dataset
    noise = arb(max(dataset.X.shape) * dataset.storage_precision)
    for place in range(1, len(s)):
        if s[place] < s[0] * noise and s[place] * _GAP < s[place - 1]:
            between = (s[place] * s[place - 1]).sqrt() / s[0]
            tolerance = 10.0 ** round(log10(float(between.mid())))
            cut = bounds_report(
                dataset, replace(report.question, digits=_DIGITS, rank_tolerance=tolerance), work=report.work
            )
            yield (
                f"{len(s) - place} of the {len(s)} singular values may be what rounding left of 0; "
                f"with --rank-tolerance {tolerance:g} {_answers(cut)}"
            )
            return


def _answers(report: BoundsReport) -> str:
    depths = ", ".join(f"S = {certain_digits(row.exact, _DIGITS)} at depth {row.depth}" for row in report.depths)
    return f"rank {report.spectrum.rank}, Q = {certain_digits(report.spectrum.difficulty, _DIGITS)}, {depths}"
