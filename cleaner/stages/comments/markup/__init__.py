"""Threads as the markup of an HTML page shows them, whatever its comment system.

- ``names``: what class and id names mean; ``outline``: which blocks an element
  holds, and what stands around and inside it; ``blocks``: what is known of each block
- ``groups``: elements that are alike; ``hopes`` and ``screen``: which of these may be threads
  at all, by a quick look and by a closer one;
  ``members``: which of their elements are comments; ``evidence``: what speaks for a
  thread and what against it; ``closely``: the facts about one group
- ``items``: which elements of a page are comments, which is all of the above
- ``parts``: what the blocks and texts inside comments are; ``nesting``: which answers
  which; ``marks``: marks of all that
"""
