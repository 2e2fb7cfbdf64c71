"""Derivations of the ledger's kernel, replayed in Coq: each step as a lemma, by the lemma that its rule is in Coq."""
