"""Certificates of exact trajectories: the writer, and beside it a checker that shares no code with what made them."""
