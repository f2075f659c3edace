"""Worker processes: results in order, limits kept by killing, a process that dies is replaced."""

from cleaner.workers.limits import Limits
from cleaner.workers.pool import Lost, Pool, Worked, usable_cores

__all__ = ["Limits", "Lost", "Pool", "Worked", "usable_cores"]
