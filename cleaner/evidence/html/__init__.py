"""The model of HTML: features of blocks, and what it says of them."""
