"""Figure 19: the gradient flow from random initializations on SVHN."""

from numerics.reproduce.flow_from_random_initialization import FlowFromRandomInitialization

TARGET = FlowFromRandomInitialization(
    "figure-19", "Figure 19: gradient flow from alpha-beta initializations, SVHN", "svhn"
)
