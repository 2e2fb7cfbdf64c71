"""A study's problem in its folder: float64's linear algebra has other last bits with another number of threads."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from numerics.data.dataset import Dataset
from numerics.finite_precision.problem import Problem
from numerics.work.files import replace_file, seal, unseal
from theory import Spectrum

FILE_NAME = "problem.json"


def kept_problem(problem: Problem, dataset: Dataset, folder: Path) -> Problem:
    """Give the problem with the numbers that a folder keeps of these data, or keep those that it has.

    Raises:
        OSError: the folder cannot be written.
    """
    if dataset.exact_singular_values is not None:
        return problem
    path = folder / FILE_NAME
    content = unseal(path) if path.exists() else None
    fields = None if content is None else json.loads(content)
    if fields is None or fields["data"] != dataset.digest:
        folder.mkdir(parents=True, exist_ok=True)
        replace_file(path, seal(json.dumps({"data": dataset.digest, **_plain(problem)}).encode()))
        return problem
    spectrum = Spectrum(
        np.array(fields["singular_values"]),
        np.array(fields["label_coefficients"]),
        n_samples=dataset.n_samples,
        label_residual_share=fields["label_residual_share"],
    )
    return replace(
        problem, spectrum=spectrum, coefficients=_read(fields["coefficients"]), layers=_read(fields["layers"])
    )


def _plain(problem: Problem) -> dict[str, Any]:
    spectrum = problem.spectrum
    return {
        "singular_values": np.asarray(spectrum.singular_values).tolist(),
        "label_coefficients": np.asarray(spectrum.label_coefficients).tolist(),
        "label_residual_share": float(spectrum.label_residual_share),
        "coefficients": list(np.asarray(problem.coefficients).tolist()),
        "layers": list(np.asarray(problem.layers).tolist()),
    }


def _read(values: list[Any]) -> Any:
    """Floats as an array, as they were; texts stay texts, which are exact."""
    return values if isinstance(values[0], str) else np.array(values)
