"""Figure 7: final against predicted sharpness, draw by draw."""

from numerics.reproduce.network_figure import NetworkScatter

TARGET = NetworkScatter(
    "figure-7",
    "Figure 7: final against predicted sharpness of two networks",
    [("cifar10", 100, "identity", 5, 2048), ("svhn", 100, "tanh", 4, 1024)],
)
