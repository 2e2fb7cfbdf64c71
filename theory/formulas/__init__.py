"""Closed forms of the minimalist model, each in one place, for every kind of number."""
