"""The trusted base: what the proofs use and do not prove. A closed list; every statement's row names what it uses."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Axiom:
    """A fact of mathematics that is taken from a textbook."""

    key: str
    statement: str
    reference: str


_LIST = (
    Axiom(
        "rayleigh",
        "The top eigenvalue of a real symmetric matrix is the least number U such that h^T H h <= U h^T h for all h.",
        "Horn and Johnson, Matrix Analysis, second edition, Theorem 4.2.2",
    ),
    Axiom(
        "taylor",
        "Along a line, the second derivative of a polynomial loss at 0 is twice its coefficient of order 2, "
        "and it is the quadratic form of the Hessian.",
        "Rudin, Principles of Mathematical Analysis, third edition, Theorem 5.15 and Exercise 9.30",
    ),
    Axiom(
        "decomposition",
        "Every real matrix has a singular value decomposition, and a vector in its column space is a combination of "
        "its left singular vectors.",
        "Horn and Johnson, Matrix Analysis, second edition, Theorem 2.6.3",
    ),
)

TRUSTED_BASE: dict[str, Axiom] = {axiom.key: axiom for axiom in _LIST}
"""Every axiom by its key."""
