"""Learned models of every make: loading, asking, and why they say what they say."""
