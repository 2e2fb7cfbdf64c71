"""The minimalist model in reduced coordinates, and the network that the paper compares it with."""
