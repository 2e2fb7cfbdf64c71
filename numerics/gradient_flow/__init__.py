"""Gradient flow of the minimalist model: a step that stiffness cannot stop, its limit, and its way to the edge."""
