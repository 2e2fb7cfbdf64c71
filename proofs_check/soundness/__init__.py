"""Whether every rule of the kernel keeps truth: tried on random instances in random models, and on wrong rules.

`semantics` says what a formula means in a finite model, `random_terms` and `generators` make instances of the rules,
`trial` judges them, and `wrong_kernels` asks whether the trials would notice.
"""
