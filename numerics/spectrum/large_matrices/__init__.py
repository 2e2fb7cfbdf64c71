"""Matrices of many rows, reduced a block of rows at a time by whoever is at hand."""
