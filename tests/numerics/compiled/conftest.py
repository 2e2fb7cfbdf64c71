"""These are the tests of `numerics/compiled` itself: where the folder is deleted, they go with it."""

from importlib.util import find_spec

collect_ignore_glob = [] if find_spec("numerics.compiled") else ["test_*.py"]
