"""What is true of the minimalist model: closed forms, each in one place, for every kind of number.

>>> from theory import Spectrum
>>> from theory.bounds import two_layer_minimizer
>>> two_layer_minimizer(Spectrum.from_data([[5.0, 0.0], [0.0, 4.0]], [0.0, 15.0]))
Bounds(lower=46.875, upper=76.875)
"""

from theory.bounds import Bounds
from theory.spectrum import Spectrum

__all__ = ["Bounds", "Spectrum"]
