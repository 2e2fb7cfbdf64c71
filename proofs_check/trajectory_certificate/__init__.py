"""Certificates of exact trajectories: the writer, and beside it a checker; neither knows the other, only the format."""
