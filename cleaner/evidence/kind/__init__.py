"""The models of page kinds."""
