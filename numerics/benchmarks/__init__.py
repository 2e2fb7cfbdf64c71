"""How fast the simulator is, as ratios of runs made side by side."""
