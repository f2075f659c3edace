"""The ordered stages: a source in, a page out."""

from typing import TYPE_CHECKING

from cleaner.lazy_imports import offering

if TYPE_CHECKING:
    from cleaner.pipeline.cleaning import clean, clean_many, clean_timed
    from cleaner.pipeline.reading import read_document
    from cleaner.pipeline.records import Record
    from cleaner.pipeline.stages import STAGES, check_settings
else:
    __getattr__ = offering(
        __name__,
        {
            "cleaning": ("clean", "clean_many", "clean_timed"),
            "reading": ("read_document",),
            "records": ("Record",),
            "stages": ("STAGES", "check_settings"),
        },
    )

__all__ = [
    "STAGES",
    "Record",
    "check_settings",
    "clean",
    "clean_many",
    "clean_timed",
    "read_document",
]
