"""Random terms, formulas and theorems, with random finite models in which they are judged."""
