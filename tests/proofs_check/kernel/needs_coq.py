"""Coq is a package of the system, which a developer may lack; where changes land it must be there."""

import os

import pytest

from proofs_check.kernel import coq

needs_coq = pytest.mark.skipif(
    not coq.installed() and not os.environ.get("CI"), reason="Coq is not installed (coq, libcoq-coquelicot)"
)
