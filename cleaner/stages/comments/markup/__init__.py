"""Threads as the markup of an HTML page shows them, whatever its comment system.

``names`` says what class and id names mean, ``outline`` which blocks an element
holds, ``items`` which elements are comments, ``parts`` what the blocks and texts
inside them are, ``marks`` makes marks of all that.
"""
