"""Figure 8: the effect of difficulty and depth on the final sharpness of networks."""

from numerics.reproduce.network_figure import NetworkScatter
from numerics.reproduce.reproduction import Networks

TARGET = NetworkScatter(
    "figure-8",
    "Figure 8: final sharpness of networks by depth, below and above difficulty 1",
    [
        ("cifar10", samples, name, depth, 512)
        for samples in Networks.sizes
        for name in Networks.activations
        for depth in Networks.depths
    ],
)
