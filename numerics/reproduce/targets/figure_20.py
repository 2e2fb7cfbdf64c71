"""Figure 20: the gradient flow from random initializations on Google speech commands."""

from numerics.reproduce.flow_from_random_initialization import FlowFromRandomInitialization

TARGET = FlowFromRandomInitialization(
    "figure-20", "Figure 20: gradient flow from alpha-beta initializations, Google speech commands", "speech"
)
