"""What exact arithmetic would do: rigorous enclosures of a trajectory of gradient descent, and claims decided by them.

`exact_run` holds the exact rational inputs, `ball_step` encloses one step, `inertia` tells on which side of a level
the sharpness lies, `claim` is the language of claims, `judge` follows one claim from step to step, and `decision`
raises the precision until the claim is decided.
"""

from numerics.certified.claim import Claim, parse_claim
from numerics.certified.decision import Decision, Verdict, decide
from numerics.certified.exact_run import ExactRun

__all__ = ["Claim", "Decision", "ExactRun", "Verdict", "decide", "parse_claim"]
