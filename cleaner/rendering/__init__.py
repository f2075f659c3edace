"""A page as output: text, Markdown, JSON records, labels, an explanation."""

from cleaner.rendering.choosing import Comments, check_choice, parse_roles
from cleaner.rendering.formats import Format, render

__all__ = ["Comments", "Format", "check_choice", "parse_roles", "render"]
