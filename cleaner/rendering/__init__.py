"""A page as output: text, Markdown, JSON records, labels, an explanation."""
