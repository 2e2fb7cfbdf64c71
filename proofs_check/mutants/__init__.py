"""Wrong versions of each statement, one file for each, with the names of the statements."""
