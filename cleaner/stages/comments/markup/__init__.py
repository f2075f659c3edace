"""Threads as the markup of an HTML page shows them, whatever its comment system.

- ``names``: what class and id names mean; ``outline``: which blocks an element holds, and what
  stands around and inside it; ``blocks``: what is known of each block; ``ranges``: what is
  known of stretches of them
- ``groups``: elements that are alike; ``upper_bounds`` and ``screen``: which of these may be
  threads at all, by a quick look and by a closer one; ``members``: which of their elements are
  comments; ``evidence``: what speaks for a thread and what against it; ``group_facts``: the
  facts about one group
- ``items``: which elements of a page are comments, which is all of the above; ``widening``:
  the boxes around them that belong to them
- ``texts``, ``writers``, ``parts``: what the blocks and texts inside comments are, who wrote
  them, and all of it together; ``places`` and ``paths``: where such texts stand; ``forms``:
  what is filled in; ``nesting``: which answers which
- ``marks``: marks of all that
"""
