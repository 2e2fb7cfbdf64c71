"""What can be wrong with an input, one exception per cause.

Every message is one line: what is wrong, and what to do about it. The command line prints it and exits
with status 2.
"""


class SharpnessError(ValueError):
    """Any input that the package refuses. Catch this one to catch them all."""


class ShapeError(SharpnessError):
    """An array has the wrong number of dimensions, or two arrays do not fit together."""


class NotFiniteError(SharpnessError):
    """An array holds NaN or infinity."""


class NotConvergedError(SharpnessError):
    """An iteration did not reach the accuracy asked for, so that there is no number to give."""


class DegenerateDataError(SharpnessError):
    """The data admit no statement: no rows, rank 0, y = 0, or y orthogonal to the columns of X."""


class NoZeroLossError(SharpnessError):
    """Part of y lies outside the column space of X, and the caller asked for zero loss."""


class ParameterError(SharpnessError):
    """A parameter lies outside its domain: depth below 2, a standard deviation that is not positive, ..."""


class NumberKindError(SharpnessError):
    """A kind of number that the formula cannot be evaluated in."""


class DataFileError(SharpnessError):
    """A data file or a data source's name that cannot be read as what it claims to be."""


class StatementError(SharpnessError):
    """A statement or a proof that is not well formed, or an id that no statement has."""
