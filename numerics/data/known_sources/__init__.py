"""The sources of data sets: one file is one source, and defines `SOURCE`."""
