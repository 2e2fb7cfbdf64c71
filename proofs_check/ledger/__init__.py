"""The ledger: every statement checked, and what it rests on."""
