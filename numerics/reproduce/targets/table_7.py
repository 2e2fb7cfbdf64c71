"""Table 7: predicted and final sharpness of networks of several widths, depths and activations, on speech commands."""

from numerics.reproduce.network_table import NetworkTable

TARGET = NetworkTable(
    "table-7", "Table 7: final sharpness of networks against the predicted, speech commands", "speech", (100,)
)
