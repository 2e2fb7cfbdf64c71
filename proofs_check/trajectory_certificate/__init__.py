"""Certificates of exact trajectories: a writer and a checker that know only the format, and what asks them both."""
