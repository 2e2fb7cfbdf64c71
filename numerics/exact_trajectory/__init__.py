"""What exact arithmetic would do: rigorous enclosures of a trajectory of gradient descent, and claims decided by them.

`exact_run` holds the exact rational inputs, `ball_step` encloses one step, `inertia` tells on which side of a level
the sharpness lies, `claim` is the language of claims, `verdict` follows one claim from step to step, and `decision`
raises the precision until the claim is decided.
"""

from numerics.exact_trajectory.claim import Claim, parse_claim
from numerics.exact_trajectory.decision import Decision, Verdict, decide
from numerics.exact_trajectory.exact_run import ExactRun

__all__ = ["Claim", "Decision", "ExactRun", "Verdict", "decide", "parse_claim"]
