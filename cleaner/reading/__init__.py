"""From arguments to documents: files, folders, standard input; archives and tables of pages."""

from cleaner.reading.documents import read_items
from cleaner.reading.items import Fields, Item, Reading
from cleaner.reading.sources import Filter, Missed, Source, find_sources, read_list

__all__ = [
    "Fields",
    "Filter",
    "Item",
    "Missed",
    "Reading",
    "Source",
    "find_sources",
    "read_items",
    "read_list",
]
