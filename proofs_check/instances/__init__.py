"""Exact instances at which statements are evaluated, and the evaluation."""
