"""Lines as arrays: their characters, words and n-grams, and what stands around them."""
