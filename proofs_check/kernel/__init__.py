"""The paper's theorems as Coq proofs for data of any size, and the check of what they assume."""
