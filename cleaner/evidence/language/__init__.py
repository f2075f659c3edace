"""The language of a page: what it says, and what its words say."""
