"""Many documents: each cleaned by itself, each with one outcome and a name of its own."""

from typing import TYPE_CHECKING

from cleaner.lazy_imports import offering

if TYPE_CHECKING:
    from cleaner.batch.account import Account
    from cleaner.batch.cleaning import clean_items
    from cleaner.batch.names import page_names
    from cleaner.batch.outcomes import BAD, OUTCOMES, Result, StoppedError
    from cleaner.batch.plan import TABLES, Plan
    from cleaner.batch.report import REPORT, Report, read_report
    from cleaner.batch.run import Progress, run_batch
    from cleaner.batch.task import Wanted
    from cleaner.batch.writing import PageFolder
else:
    __getattr__ = offering(
        __name__,
        {
            "account": ("Account",),
            "cleaning": ("clean_items",),
            "names": ("page_names",),
            "outcomes": ("BAD", "OUTCOMES", "Result", "StoppedError"),
            "plan": ("TABLES", "Plan"),
            "report": ("REPORT", "Report", "read_report"),
            "run": ("Progress", "run_batch"),
            "task": ("Wanted",),
            "writing": ("PageFolder",),
        },
    )

__all__ = [
    "BAD",
    "OUTCOMES",
    "REPORT",
    "TABLES",
    "Account",
    "PageFolder",
    "Plan",
    "Progress",
    "Report",
    "Result",
    "StoppedError",
    "Wanted",
    "clean_items",
    "page_names",
    "read_report",
    "run_batch",
]
