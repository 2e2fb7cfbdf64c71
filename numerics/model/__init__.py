"""The minimalist model in full, reduced and nonlinear coordinates."""
