"""Worker processes: results in order, limits kept by killing, a process that dies is replaced."""

from typing import TYPE_CHECKING

from cleaner.lazy_imports import offering
from cleaner.workers.limits import Limits, usable_cores
from cleaner.workers.results import Lost, Worked

if TYPE_CHECKING:
    from cleaner.workers.pool import Pool
else:
    __getattr__ = offering(__name__, {"pool": ("Pool",)})

__all__ = ["Limits", "Lost", "Pool", "Worked", "usable_cores"]
