"""Check a certificate of an exact trajectory anew, with nothing but Python's integers.

Nothing here shares code with what makes certificates, or needs a library: `enclosure` is the arithmetic, `descent`
and `trajectory` the steps and comparisons, `claim` and `record` what a certificate says, `findings` runs it, `limits`
says how far, and `file` reads it. `python -m proofs_check.trajectory_certificate.checker FILE` prints the sentence that
FILE proves, or says why it is refused.

Every number in a certificate is checked: the inputs and the claim stand in the sentence that is printed, the verdict
and its steps are found anew, recorded numbers must be what the enclosures round to, and the digest holds it together.
"""

from proofs_check.trajectory_certificate.checker.file import check, read
from proofs_check.trajectory_certificate.checker.refused import Refused

__all__ = ["Refused", "check", "read"]
