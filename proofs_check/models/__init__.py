"""Finite models of hypotheses, found by drawing small rational numbers and solving: where a claim fails is seen there.

Nothing here is believed. A model is looked at by `proofs_check.instances.evaluation`, which evaluates every hypothesis
and every claim anew.
"""
