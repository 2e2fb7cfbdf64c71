"""How relations are printed, in LaTeX and as text; only the book and the command line ask."""
