"""What terms and formulas mean in a finite model, by code of its own: nothing of the kernel's is used here."""
