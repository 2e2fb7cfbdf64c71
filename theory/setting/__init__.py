"""The paper's symbols, and the hypotheses that many of its statements share."""
