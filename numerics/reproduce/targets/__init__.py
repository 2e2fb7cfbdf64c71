"""One file for each target; a new target is a new file that defines `TARGET`."""
