"""Hessian-vector products of anybody's model: this house's networks, PyTorch's modules, JAX's functions."""
