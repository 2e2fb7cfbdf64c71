"""One file for each idea; a new target is in the `TARGETS` of a new file, or of one that is there."""
