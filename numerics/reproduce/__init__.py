"""The paper's tables and figures for the minimalist model, each a target of its own, and what goes beyond them."""

from numerics.reproduce.shared_work import Study
from numerics.reproduce.target import Report, Target, all_targets

__all__ = ["Report", "Study", "Target", "all_targets"]
