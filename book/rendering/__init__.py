"""What the pages of the book print: statements, proofs, evidence and figures, each taken from the objects themselves.

`show("thm-4.3")` gives a card with the theorem's own hypotheses and claims, its evidence and links to its files.
"""

from book.rendering.cards import erratum, proof, show
from book.rendering.formulas import formula, number

__all__ = ["erratum", "formula", "number", "proof", "show"]
