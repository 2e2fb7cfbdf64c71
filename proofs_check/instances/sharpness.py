"""The sharpness at exact weights: exact where it is rational, else enclosed."""

from __future__ import annotations

from proofs_check.instances.eigenvalue import enclose_top_eigenvalue, exact_top_eigenvalue
from proofs_check.instances.hessian import exact_hessian
from proofs_check.instances.instance import Instance, with_values
from theory.language.statement import Sharpness


def with_sharpness(instance: Instance, sharpness: Sharpness) -> Instance:
    """The instance with the sharpness, exact or enclosed, from the exact Hessian of the loss."""
    hessian = exact_hessian(sharpness, instance)
    exact = exact_top_eigenvalue(hessian)
    return with_values(instance, (sharpness.symbol, enclose_top_eigenvalue(hessian) if exact is None else exact))
