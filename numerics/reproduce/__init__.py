"""The paper's tables and figures for the minimalist model, each a target of its own, and what goes beyond them."""
