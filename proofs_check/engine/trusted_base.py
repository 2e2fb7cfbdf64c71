"""The trusted base: what the proofs use and do not prove. A closed list; every statement's row names what it uses."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Axiom:
    """A fact of mathematics that is taken from a textbook.

    Attributes:
        key: short name.
        statement: one sentence.
        reference: where it is proved.
        kernel: item of the kernel's table whose theorems prove it in Coq for what the ledger uses it on; empty where
            there is none.
    """

    key: str
    statement: str
    reference: str
    kernel: str = ""


_LIST = (
    Axiom(
        "rayleigh",
        "The top eigenvalue of a real symmetric matrix is the least number U such that h^T H h <= U h^T h for all h.",
        "Horn and Johnson, Matrix Analysis, second edition, Theorem 4.2.2",
        kernel="sharpness",
    ),
    Axiom(
        "taylor",
        "Along a line, the second derivative of a polynomial loss at 0 is twice its coefficient of order 2, "
        "and it is the quadratic form of the Hessian.",
        "Rudin, Principles of Mathematical Analysis, third edition, Theorem 5.15 and Exercise 9.30",
        kernel="hessian",
    ),
    Axiom(
        "decomposition",
        "Every real matrix has a singular value decomposition, and a vector in its column space is a combination of "
        "its left singular vectors.",
        "Horn and Johnson, Matrix Analysis, second edition, Theorem 2.6.3",
        kernel="svd",
    ),
    Axiom(
        "expectation",
        "Expectation is linear and monotone on integrable random numbers, and what lies between two of them is one.",
        "Billingsley, Probability and Measure, third edition, Theorem 16.1",
    ),
    Axiom(
        "gaussian",
        "Of independent centred normal numbers, all polynomials are integrable and no nonzero one vanishes with "
        "positive probability, changing one's sign keeps the joint law, and the mean of a product is the sum over its "
        "pairings of the products of their covariances.",
        "Janson, Gaussian Hilbert Spaces, Theorems 1.6 and 1.28",
    ),
    Axiom(
        "harmonic",
        "For uncorrelated linear forms X and Y of independent centred normal numbers, of standard deviations a and b, "
        "the mean of X^2 Y^2 / (X^2 + Y^2) is (a b / (a + b))^2.",
        "the integral over t >= 0 of a^2 (1 + 2 a^2 t)^(-3/2) b^2 (1 + 2 b^2 t)^(-3/2), by Fubini's theorem; "
        "Billingsley, Probability and Measure, third edition, Theorem 18.3",
    ),
    Axiom(
        "calculus",
        "Sums, products, quotients, powers and chains are differentiated by the rules of calculus.",
        "Rudin, Principles of Mathematical Analysis, third edition, Theorems 5.3 and 5.5",
    ),
    Axiom(
        "constant",
        "A differentiable function of the weights changes along a trajectory at the rate of its derivative along the "
        "velocity, for a polynomial its coefficient of order 1; where that rate is zero throughout, its value at every "
        "time, and in the limit, is the first one.",
        "Rudin, Principles of Mathematical Analysis, third edition, Theorems 4.7, 5.11 and 9.15",
    ),
)

TRUSTED_BASE: dict[str, Axiom] = {axiom.key: axiom for axiom in _LIST}
"""Every axiom by its key."""
