"""What the theory predicts of a run, beside what the run did."""
