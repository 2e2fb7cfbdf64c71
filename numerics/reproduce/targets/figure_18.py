"""Figure 18: the gradient flow from random initializations on CIFAR10."""

from numerics.reproduce.flow_from_random_initialization import FlowFromRandomInitialization

TARGET = FlowFromRandomInitialization(
    "figure-18", "Figure 18: gradient flow from alpha-beta initializations, CIFAR10", "cifar10", stands_in=True
)
