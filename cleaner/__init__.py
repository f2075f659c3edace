r"""Clean web pages: label every line, keep the piece, set readers' comments apart.

>>> import cleaner
>>> page = cleaner.clean("Skip to content\nThe bridge will open on Monday, they say at last.")
>>> [str(block.role) for block in page.blocks]
['navigation', 'body']
"""

from cleaner.document import Group, Role
from cleaner.errors import CleanerError, GoldenError, SourceError, UsageError
from cleaner.page import Comment, LabelledBlock, Page, Quote
from cleaner.parallel import clean_many
from cleaner.pipeline import Record, clean
from cleaner.settings import Settings, read_settings, read_sites
from cleaner.version import __version__
from cleaner.workers import Limits

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
