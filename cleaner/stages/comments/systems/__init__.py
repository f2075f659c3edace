"""The grammars of comment systems, one TOML file each."""
