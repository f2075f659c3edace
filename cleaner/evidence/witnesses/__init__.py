"""Witnesses: other extractors, asked for their opinion of a page (off unless asked for)."""
