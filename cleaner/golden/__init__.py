"""Golden files: what is right, written by hand, and the program held against it."""
