"""Data sets by name: `load("digits:3,5")` gives the features and labels that the theorems speak about.

One file of the folder `known_sources` is one source; a new source is one new file that defines `SOURCE`.
"""

from numerics.data.dataset import Dataset
from numerics.data.reading import Reading
from numerics.data.source import Source, load, sources
from numerics.data.subset import Subset

__all__ = ["Dataset", "Reading", "Source", "Subset", "load", "sources"]
