"""Correctly rounded arithmetic of any precision on eight numbers at once, compiled when it is first needed.

The bits are those of MPFR and mpmath: every sum and product is rounded to nearest, ties to even.
"""
