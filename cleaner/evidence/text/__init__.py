"""The model of flattened text: features of lines, and what it says of them."""
