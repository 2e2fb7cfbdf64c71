"""Subcommands that speak of proofs."""
