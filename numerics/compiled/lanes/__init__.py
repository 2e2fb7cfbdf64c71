"""Correctly rounded arithmetic of any precision on eight numbers at once, compiled when it is first needed.

The bits are those of MPFR and mpmath: every sum and product is rounded to nearest, ties to even.
"""

MOST_BITS = 2000
"""Above this a product, written out limb by limb, takes seconds to minutes to compile, and gains little."""
