"""A training run and what is kept of it."""

from numerics.trajectory.result import Outcome, Trajectory
from numerics.trajectory.training import train

__all__ = ["Outcome", "Trajectory", "train"]
