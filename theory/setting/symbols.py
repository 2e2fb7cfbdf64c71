"""The paper's letters: symbols and indexed families that every statement speaks in.

Sizes: `N` samples, `d` features, `r` modes (the rank), `M = D - 1` later layers. The label coefficients `d_i` share
their letter with the number of features, as in the paper; the one has an index, the other does not.
"""

from __future__ import annotations

from sympy import Symbol

from theory.language.indexed import Axis, IndexedArray
from theory.spectrum import Spectrum

N = Symbol("N", integer=True, positive=True)
n_features = Symbol("d", integer=True, positive=True)
rank = Symbol("r", integer=True, positive=True)
n_later_layers = Symbol("M", integer=True, positive=True)

samples, features, modes = Axis(N, "nmq"), Axis(n_features, "klp"), Axis(rank, "ijh")
layers = Axis(n_later_layers, "jgt")

X = IndexedArray.named("X", samples, features)
"""Data matrix, shape (N, d)."""
y = IndexedArray.named("y", samples)
"""Labels, shape (N,)."""
u = IndexedArray.named("u", features)
"""First layer, shape (d,)."""
v = Symbol("v", real=True)
"""Second layer of the two-layer model."""
later_layers = IndexedArray.named("v", layers)
"""Later layers v_1 .. v_(D-1) of the model of any depth, shape (D-1,)."""
e = IndexedArray.named("e", modes, samples)
"""Left singular vectors as rows, shape (r, N)."""
w = IndexedArray.named("w", modes, features)
"""Right singular vectors as rows, shape (r, d)."""
s = IndexedArray.named("s", modes, positive=True)
"""Singular values in descending order, shape (r,)."""
label_coefficients = IndexedArray.named("d", modes)
"""Label coefficients d_i, shape (r,)."""
C = Symbol("C", real=True)
"""Layer imbalance."""
S = Symbol("S", real=True)
"""Sharpness."""
D = Symbol("D", integer=True, positive=True)
"""Depth."""
eta = Symbol("eta", positive=True)
"""Step size."""

spectrum = Spectrum(s, label_coefficients, n_samples=N, right_singular_vectors=w)
"""A data set of any size and any rank."""
