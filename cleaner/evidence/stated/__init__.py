"""What a page states of itself: in its head, its markup and its address."""
