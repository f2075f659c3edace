"""Evidence that stages share: what can be seen of a block from its text alone."""
