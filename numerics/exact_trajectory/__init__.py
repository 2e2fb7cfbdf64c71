"""What exact arithmetic would do: rigorous enclosures of a trajectory of gradient descent, and claims decided by them.

`exact_run` holds the exact rational inputs of data given by their spectrum, `exact_table` those of a table of numbers;
`enclosed_run` and `table_run` enclose the run of either, step by step; `exact_loss` is the loss where it is at a level;
`claim` is the language of claims, `verdict` follows one claim from step to step, and `decision` raises the precision
until the claim is decided.
"""

from numerics.exact_trajectory.claim import Claim, parse_claim
from numerics.exact_trajectory.decision import Decision, Verdict, decide
from numerics.exact_trajectory.exact_run import ExactRun
from numerics.exact_trajectory.exact_table import ExactTable

__all__ = ["Claim", "Decision", "ExactRun", "ExactTable", "Verdict", "decide", "parse_claim"]
