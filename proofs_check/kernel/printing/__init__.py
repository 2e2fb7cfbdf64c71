"""Terms and formulas in Coq, in the words that a person reads there."""
