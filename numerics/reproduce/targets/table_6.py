"""Table 6: predicted and final sharpness of networks of several widths, depths and activations, on SVHN."""

from numerics.reproduce.network_table import NetworkTable

TARGET = NetworkTable("table-6", "Table 6: final sharpness of networks against the predicted, SVHN", "svhn", (100,))
