"""Proofs of the paper's items, one file each, with the names of the statements."""
