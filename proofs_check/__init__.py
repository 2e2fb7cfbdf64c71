"""Why it is true: proofs in small mechanical steps, the methods that check them, and the ledger."""
