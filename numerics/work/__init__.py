"""Long work: tasks on every core or on a cluster, progress, interrupts, checkpoints, and what is kept."""
