"""Tables 5 to 7 and Figures 7 and 8: predicted and final sharpness of networks of several widths and depths."""

from numerics.reproduce.network_figure import NetworkScatter
from numerics.reproduce.network_table import NetworkTable
from numerics.reproduce.reproduction import Networks

TARGETS = (
    NetworkTable(
        "table-5", "Table 5: final sharpness of networks against the predicted, CIFAR-10", "cifar10", (100, 300)
    ),
    NetworkTable("table-6", "Table 6: final sharpness of networks against the predicted, SVHN", "svhn", (100,)),
    NetworkTable(
        "table-7", "Table 7: final sharpness of networks against the predicted, speech commands", "speech", (100,)
    ),
    NetworkScatter(
        "figure-7",
        "Figure 7: final against predicted sharpness of two networks",
        [("cifar10", 100, "identity", 5, 2048), ("svhn", 100, "tanh", 4, 1024)],
    ),
    NetworkScatter(
        "figure-8",
        "Figure 8: final sharpness of networks by depth, below and above difficulty 1",
        [
            ("cifar10", samples, name, depth, 512)
            for samples in Networks.sizes
            for name in Networks.activations
            for depth in Networks.depths
        ],
    ),
)
