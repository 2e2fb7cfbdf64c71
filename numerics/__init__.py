"""What happens: data sets, training runs and the command line. Imports `theory`, never `proofs_check`."""
