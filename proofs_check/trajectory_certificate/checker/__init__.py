"""Check a certificate of an exact trajectory anew, with nothing but Python's integers.

Nothing here shares code with what makes certificates, or needs a library: `enclosure` is the arithmetic, `trajectory`
the steps and comparisons, `claim` and `record` what a certificate says, `findings` runs it, and `file` reads it.
`python -m proofs_check.trajectory_certificate.checker FILE` prints the sentence that FILE proves, or says why it is
refused.

Every number in a certificate is checked: the inputs and the claim stand in the sentence, steps and radii are computed
anew, recorded numbers must be what the enclosures round to, and the digest holds it all together.
"""

from proofs_check.trajectory_certificate.checker.file import FORMAT, check, digest
from proofs_check.trajectory_certificate.checker.findings import Findings, follow, sentence
from proofs_check.trajectory_certificate.checker.refused import Refused

__all__ = ["FORMAT", "Findings", "Refused", "check", "digest", "follow", "sentence"]
