"""Every compiled fast path, with the bits of what it replaces but for one; `numerics.fast` is the one door.

`descent` with `modes` is gradient descent, `float64_sharpness` the reference itself as numba compiles it,
`many_bit_sharpness` with `many_bit_root` the sharpness in any precision. `lanes` is the arithmetic under them: numbers
of any precision, several side by side in the lanes of the processor's vectors.
`few_bit_descent` is what the law of precision follows, in float64 (`reals`), up to the order of sums.
`recorded_descent` records every step, in single numbers (`numbers_in_memory`) that MPFR or the processor computes with;
of many bits the losses by `leading_loss`. `quickest_numbers` has the processor compute for MPFR while the bits are the
same.
"""
