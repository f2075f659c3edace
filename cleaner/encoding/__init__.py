"""From bytes to sound text: name the charset, decode, repair line by line."""
