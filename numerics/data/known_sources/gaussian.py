"""`gaussian:N,d`: independent standard normal features and labels."""

from __future__ import annotations

import numpy as np

from numerics.data.dataset import Dataset
from numerics.data.source import Source
from numerics.data.subset import Subset

_LARGEST = 2**30  # numbers: 8 GiB of float64


def _parse(text: str) -> tuple[int, int]:
    parts = [part.strip() for part in text.split(",")]
    if len(parts) != 2 or not all(part.isascii() and part.isdigit() and len(part) < 12 for part in parts):
        raise ValueError(f"{text!r} is not two whole numbers")
    n_samples, n_features = map(int, parts)
    if n_samples < 1 or n_features < 1:
        raise ValueError(f"{text!r} has no samples or no features")
    if n_samples * n_features > _LARGEST:
        raise ValueError(f"{n_samples} x {n_features} numbers need more than 8 GiB")
    return n_samples, n_features


def _load(name: str, shape: tuple[int, int], subset: Subset) -> Dataset:
    generator = np.random.default_rng(subset.seed)
    X = generator.standard_normal(shape)
    y = generator.standard_normal(shape[0])
    rows = subset.rows(name, shape[0])
    return Dataset(name, X[rows], y[rows], f"standard normal features and labels, seed {subset.seed}")


SOURCE = Source(
    form="gaussian:N,d",
    example="gaussian:100,200",
    summary="N samples of d standard normal features, standard normal labels, drawn from --seed",
    parse=_parse,
    load=_load,
)
