"""The front door: one function for each question, for arrays, frames, tensors and the texts of the commands.

`given` reads the data; `study`, `training`, `precision` and `network` each hold one question and its answer. The
commands of the same names print these answers.
"""
