"""Why the oscillations at the edge of stability decay: the ceiling of the sharpness, and the law of its peaks."""
