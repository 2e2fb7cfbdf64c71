"""Unsound changes of the kernel, at least two for every rule; the trials must notice each."""

from proofs_check.soundness.copies import WrongKernel
from proofs_check.soundness.wrong_kernels import calculus, equality, expectation, induction, logic, normal_form, order
from proofs_check.soundness.wrong_kernels import sharpness as top_eigenvalue

WRONG_KERNELS: tuple[WrongKernel, ...] = (
    *logic.WRONG,
    *equality.WRONG,
    *normal_form.WRONG,
    *order.WRONG,
    *induction.WRONG,
    *calculus.WRONG,
    *expectation.WRONG,
    *top_eigenvalue.WRONG,
)
"""Every one."""
