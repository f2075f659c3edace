"""A page with a piece about a bridge, to put threads and their look-alikes under."""

from __future__ import annotations

BODY = [
    "The town council voted on Monday to build a second bridge across the river, although "
    "nobody had asked for it and the first one is hardly used by anybody at all.",
    "The first bridge, built in 1911, carries forty carts a day and could carry four thousand, "
    "its keeper said, and he has counted them every day since he took the post.",
    "Work will begin in the spring, when the floods are over, and is to end before the next "
    "winter, the council said in a statement that it sent to all the papers of the valley.",
]
ARTICLE = (
    "<!doctype html><html><head><title>The bridge that nobody wanted</title></head><body>"
    "<article><h1>The bridge that nobody wanted</h1>"
    + "".join(f"<p>{paragraph}</p>" for paragraph in BODY)
    + "</article>"
)

END = "</body></html>"
