"""The paper's theorems as Coq proofs for data of any size, and the check of what they assume.

`statements/` has what the ledger states, written by `statement_files`, and `claims_*.v` the theorems whose
types these are.

How to read a statement that is written by hand:

- Vectors are functions of an index that starts at 0, with their length given apart: the paper's `s_1` is `s 0`.
- `svd N d r X s e w` is the thin singular value decomposition; `svd_exists` proves that every matrix has one.
- The weights are `u` and the `D - 1` scalars `v 0, v 1, ...`; `loss N d (D - 1) X y u v` is the training loss.
- `is_sharpness F d m u v S`: `S` is the least upper bound of the second derivative of `F` at `(u, v)` along the unit
  directions. `hessian_is_the_second_derivative` computes that derivative from the Hessian's entries, and
  `sharpness_is_an_eigenvalue` shows that `S` is an eigenvalue of it, the largest.
- An `expectation` is a probability space by what it does: which functions of the outcome are integrable, what their
  `expected_value` is, and what holds for `almost` all outcomes; `has_mean E f a` says that `f` is integrable with mean
  `a`. `independent_normal` says that expectations of continuous functions of given random numbers are the Gaussian
  integrals of `gaussian_law`: improper Riemann integrals, one coordinate after the other.

Beside these proofs, which are written by hand, there is a replay of the ledger's own: `terms` and `meaning` say what
the kernel's terms are, `normal_form` decides equalities of polynomials in finite sums over ranges of any size and is
proved sound in `normal_form_sound`, and each lemma of `rules_of_logic`, `rules_of_equality` and `rules_of_order` is a
rule.
`python -m proofs_check.kernel.replay.ledger` proves the claims of the ledger by them in the words of `statements/`.

What the theorems take as hypotheses beyond the paper's own: what depends on chance is measurable; the gradient flow has
a solution for all times and, in 5.3, 5.4 and 5.7, converges to a minimizer (Assumption 5.1), in 5.7 from almost every
start, and in the theorem written by hand from every one.
"""
