"""Figure 18: the gradient flow from random initializations on CIFAR10."""

from numerics.reproduce.flow_from_random_start import FlowFromRandomStart

TARGET = FlowFromRandomStart(
    "figure-18", "Figure 18: gradient flow from alpha-beta initializations, CIFAR10", "cifar10", stands_in=True
)
