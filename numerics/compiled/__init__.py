"""Every compiled fast path."""
