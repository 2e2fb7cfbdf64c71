"""What checks a step of a proof; no word of the paper."""
