"""Steps that the proofs of several statements share."""
