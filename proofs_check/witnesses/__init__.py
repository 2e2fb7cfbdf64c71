"""Exact rational instances that refute the literal readings listed as errata, one file each, named like the errata."""
