"""Table 5: predicted and final sharpness of networks of several widths, depths and activations, on CIFAR-10."""

from numerics.reproduce.network_table import NetworkTable

TARGET = NetworkTable(
    "table-5", "Table 5: final sharpness of networks against the predicted, CIFAR-10", "cifar10", (100, 300)
)
