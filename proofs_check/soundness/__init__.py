"""Whether every rule of the kernel keeps truth: tried on random instances in random models, and on wrong rules."""
