"""Ways to establish a step, one file each."""
