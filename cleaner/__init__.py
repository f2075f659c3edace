r"""Clean web pages: label every line, keep the piece, set readers' comments apart.

>>> import cleaner
>>> page = cleaner.clean("Skip to content\nThe bridge will open on Monday, they say at last.")
>>> [str(block.role) for block in page.blocks]
['navigation', 'body']
"""

from typing import TYPE_CHECKING

from cleaner.lazy_imports import offering
from cleaner.version import __version__

if TYPE_CHECKING:
    from cleaner.document import Group, Role
    from cleaner.errors import CleanerError, GoldenError, SourceError, UsageError
    from cleaner.page import Comment, LabelledBlock, Page, Quote
    from cleaner.parallel import clean_many
    from cleaner.pipeline import Record, clean
    from cleaner.settings import Settings, read_settings, read_sites
    from cleaner.workers import Limits
else:
    __getattr__ = offering(
        __name__,
        {
            "document": ("Group", "Role"),
            "errors": ("CleanerError", "GoldenError", "SourceError", "UsageError"),
            "page": ("Comment", "LabelledBlock", "Page", "Quote"),
            "parallel": ("clean_many",),
            "pipeline": ("Record", "clean"),
            "settings": ("Settings", "read_settings", "read_sites"),
            "workers": ("Limits",),
        },
        whole=("batch",),
    )

__all__ = [
    "CleanerError",
    "Comment",
    "GoldenError",
    "Group",
    "LabelledBlock",
    "Limits",
    "Page",
    "Quote",
    "Record",
    "Role",
    "Settings",
    "SourceError",
    "UsageError",
    "__version__",
    "clean",
    "clean_many",
    "read_settings",
    "read_sites",
]


def __dir__() -> list[str]:
    """What the package offers, whether it was asked for before or not."""
    return sorted({*globals(), *__all__, "batch"})
