"""Gradient descent, its stochastic forms, and gradient flow."""
