"""Fully connected networks of any widths: their passes, starts, curvature, gradient flow, and the law of its end."""
