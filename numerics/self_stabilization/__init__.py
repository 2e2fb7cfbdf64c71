"""Self-stabilization (Appendix D.3): its two constants, exactly, and its map beside true runs."""

from numerics.self_stabilization.comparison import Oscillation, Prediction, follow, predict, starting_displacement
from numerics.self_stabilization.constants import LocalConstants, local_constants

__all__ = [
    "LocalConstants",
    "Oscillation",
    "Prediction",
    "follow",
    "local_constants",
    "predict",
    "starting_displacement",
]
