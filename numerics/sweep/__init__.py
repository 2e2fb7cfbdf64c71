"""Many independent tasks: on every core or on a cluster, each finished one kept by its content."""

from numerics.sweep.run import sweep
from numerics.sweep.store import Store
from numerics.sweep.task import Arrays, Task
from numerics.sweep.workers import LocalWorkers, Workers

__all__ = ["Arrays", "LocalWorkers", "Store", "Task", "Workers", "sweep"]
